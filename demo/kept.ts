// A small JSON file that survives a crash: written beside itself, synced, then renamed over.
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

export type Kept<T> = { value: T; save(): void }

export function kept<T>(path: string, first: T): Kept<T> {
  const value = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as T) : first
  return { value, save: () => replace(path, JSON.stringify(value, null, 2)) }
}

/** The whole file anew: after a crash it is the old one or the new one. */
export function replace(path: string, text: string) {
  mkdirSync(dirname(path), { recursive: true })
  const beside = `${path}.new`
  // Only the owner reads it: one of these files holds the shop's secret.
  const file = openSync(beside, 'w', 0o600)
  writeFileSync(file, text)
  fsyncSync(file)
  closeSync(file)
  renameSync(beside, path)
}
