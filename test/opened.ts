// What the browser tests of a file share: a Chromium, and what is opened for it to look at, from before the first test to after the last.
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { launch } from './chromium.ts'

type Openings = Record<string, () => Promise<{ close(): unknown }>>

/** The browser, and under its name here whatever is opened beside it; none of it is there before the tests. */
export function opened<All extends Openings>(openings: All, start: () => Promise<Browser> = launch) {
  const here = {} as { browser: Browser } & { [Name in keyof All]: Awaited<ReturnType<All[Name]>> }
  const keep = async (name: string, open: () => Promise<unknown>) => Object.assign(here, { [name]: await open() })
  beforeAll(() => Promise.all([keep('browser', start), ...Object.entries(openings).map(([name, open]) => keep(name, open))]))
  afterAll(async () => {
    await here.browser?.close()
    for (const name of Object.keys(openings)) await here[name]?.close()
  })
  return here
}
