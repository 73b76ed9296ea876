// A folder of a test's own.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** Somewhere for a server's books, which is gone after the test. */
export function folder(): string {
  const data = mkdtempSync(join(tmpdir(), 'muse-test-'))
  // What has just ended may still be closing its files.
  onTestFinished(() => rmSync(data, { recursive: true, force: true, maxRetries: 5 }))
  return data
}
