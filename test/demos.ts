// The demonstration over a folder of its own: opened before a test, closed and gone after it.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import { openDemo } from '../demo/open.ts'

export type Here = {
  data: string
  /** Whoever opens the demonstration once more over the same data puts it here. */
  shop: Awaited<ReturnType<typeof openDemo>>
}

/** One for each test. `prepare` runs once it is open. */
export const demoOfEach = (prepare?: (here: Here) => unknown) => demo(beforeEach, afterEach, prepare)

/** One for all tests of a file. */
export const demoOfAll = (prepare?: (here: Here) => unknown) => demo(beforeAll, afterAll, prepare)

function demo(before: typeof beforeAll, after: typeof afterAll, prepare: ((here: Here) => unknown) | undefined): Here {
  const here = {} as Here
  before(async () => {
    here.data = mkdtempSync(join(tmpdir(), 'muse-demo-'))
    here.shop = await openDemo({ port: 0, data: here.data })
    await prepare?.(here)
  })
  after(async () => {
    await here.shop.close()
    rmSync(here.data, { recursive: true })
  })
  return here
}
