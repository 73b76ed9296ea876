// The operator key: given, or made once and kept beside the books.
import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeFolder } from './node/files.ts'
import { unready } from './settings.ts'

/**
 * The key, and whether it was made just now and so has to be shown. `data` null keeps nothing. Throws a sentence where the key is one
 * that no request can carry, or cannot be read or kept.
 */
export function operatorKey(data: string | null, given: string | undefined): { value: string; isNew: boolean } {
  if (given) return { value: sendable(given.trim(), 'MUSE_OPERATOR_KEY'), isNew: false }
  if (data === null) return { value: made(), isNew: true }
  const file = join(data, 'operator-key')
  const kept = read(file)
  if (kept) return { value: sendable(kept, file), isNew: false }
  const value = made()
  keep(data, file, value)
  return { value, isNew: true }
}

const made = () => `op_${randomBytes(32).toString('base64url')}`

// It goes over the wire in a header, as one word, and must not look like a member's token. With one that cannot, the operator would be
// shut out and told nothing.
function sendable(key: string, from: string): string {
  if (!/^(?!eyJ)[\x21-\x7e]+$/.test(key))
    throw unready(`${from} is no key: that is one word of visible ASCII which does not begin with eyJ.`)
  return key
}

// A file that is empty was left so by a disk that was full or a machine that stopped: no key was ever shown.
function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim() || undefined
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return undefined
    throw unready(`The operator key cannot be read: ${(error as Error).message}`)
  }
}

function keep(data: string, file: string, value: string): void {
  try {
    makeFolder(data)
    writeFileSync(file, `${value}\n`, { mode: 0o600, flush: true })
  } catch (error) {
    throw unready(`The operator key cannot be kept: ${(error as Error).message}`)
  }
}
