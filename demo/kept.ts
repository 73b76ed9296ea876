// A small JSON file that survives a crash: written beside itself, synced, then renamed over.
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

export type Kept<T> = { value: T; save(): void }

export function kept<T>(path: string, first: T): Kept<T> {
  const value = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as T) : first
  return { value, save: () => write(path, value) }
}

function write(path: string, value: unknown) {
  mkdirSync(dirname(path), { recursive: true })
  const beside = `${path}.new`
  // Only the owner reads it: one of these files holds the shop's secret.
  const file = openSync(beside, 'w', 0o600)
  writeFileSync(file, JSON.stringify(value, null, 2))
  fsyncSync(file)
  closeSync(file)
  renameSync(beside, path)
}
