// The demonstration over a folder of its own: opened before a test, closed and gone after it.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import { openDemo } from '../demo/open.ts'

export type Here = { data: string; shop: Awaited<ReturnType<typeof openDemo>> }
type Prepare = () => unknown

/** One for each test of a file. What `prepare` does is done as soon as it is open. */
export const demoOfEach = (prepare?: Prepare) => demo(beforeEach, afterEach, prepare)

/** One for all tests of a file. */
export const demoOfAll = (prepare?: Prepare) => demo(beforeAll, afterAll, prepare)

/** Opens it once more over the same data, once it is closed. */
export async function openAgain(here: Here, port = 0) {
  here.shop = await openDemo({ port, data: here.data })
}

function demo(before: typeof beforeAll, after: typeof afterAll, prepare: Prepare | undefined): Here {
  const here = {} as Here
  before(async () => {
    here.data = mkdtempSync(join(tmpdir(), 'muse-demo-'))
    await openAgain(here)
    await prepare?.()
  })
  after(async () => {
    await here.shop.close()
    rmSync(here.data, { recursive: true })
  })
  return here
}
