// The operator key: given, or made once and kept beside the books.
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The key, and whether it was made just now and so has to be shown. `data` null keeps nothing. */
export function operatorKey(data: string | null, given: string | undefined): { value: string; isNew: boolean } {
  if (given) return { value: given, isNew: false }
  const file = data === null ? null : join(data, 'operator-key')
  if (file && existsSync(file)) return { value: readFileSync(file, 'utf8').trim(), isNew: false }
  const value = `op_${randomBytes(32).toString('base64url')}`
  if (data !== null && file) {
    mkdirSync(data, { recursive: true })
    writeFileSync(file, `${value}\n`, { mode: 0o600, flush: true })
  }
  return { value, isNew: true }
}
