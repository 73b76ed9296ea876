// A visit: a fresh context, a processor and a line as slow as asked for, and one widget's page. The browser's own counters are read
// before and after, and nothing of ours runs in the page until it has settled.
import type { Browser, CDPSession, Page } from 'playwright-core'
import { install } from './probe.ts'
import type { Site } from './site.ts'

interface Slowness {
  /** How many times slower than this machine the processor is. */
  cpu: number
  /** Chromium's own slow 4G: 562 ms to an answer, 1.4 Mbit/s. */
  line?: boolean
}

/** One of a page's requests, without those for its own document. */
export interface Asked {
  url: string
  /** Script or style sheet. */
  isCode: boolean
  /** Bytes of the answer's body, as they travelled. */
  bytes: number
}

export interface Visit {
  page: Page
  cdp: CDPSession
  /** Everything asked for until now. */
  asked: Asked[]
  /** Seconds the main thread has worked since the page began, and in scripts, by its own clock. */
  spent(): Promise<{ script: number; all: number }>
  /** Waits until nothing is under way any more. */
  settle(): Promise<void>
  close(): Promise<void>
}

const SLOW_4G = { offline: false, latency: 562.5, downloadThroughput: 180_000, uploadThroughput: 84_375 }
/** The time in which everything has begun that a widget does by itself, in milliseconds. */
const REST = 1_000

/** Opens a page and stays until it has loaded. With `probe` the probe is there from the beginning, in place of being installed later. */
export async function visit(browser: Browser, site: Site, path: string, { cpu, line }: Slowness, probe = false): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: 'no-preference', locale: 'en' })
  const page = await context.newPage()
  const cdp = await context.newCDPSession(page)
  // The process that the page will have is slowed down before it has any work.
  await page.goto(`${site.url}/empty`)
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' })
  await cdp.send('Network.enable')
  const slow = () => cdp.send('Emulation.setCPUThrottlingRate', { rate: cpu })
  await slow()
  if (line) await cdp.send('Network.emulateNetworkConditions', SLOW_4G)
  const asked = watched(cdp)
  const counters = async () => {
    const { metrics } = await cdp.send('Performance.getMetrics')
    const of = (wanted: string) => metrics.find(({ name }) => name === wanted)?.value ?? Number.NaN
    return { script: of('ScriptDuration'), all: of('TaskDuration') }
  }
  if (probe) await page.addInitScript(install)
  const before = await counters()
  await page.goto(path, { waitUntil: 'commit' })
  // Should it have another process after all, this one is slowed down, too.
  await slow()
  await page.waitForLoadState('load')
  return {
    ...{ page, cdp, asked },
    async spent() {
      const { script, all } = await counters()
      return { script: script - before.script, all: all - before.all }
    },
    async settle() {
      await new Promise((done) => setTimeout(done, REST))
      await page.waitForLoadState('networkidle')
    },
    close: () => context.close(),
  }
}

function watched(cdp: CDPSession): Asked[] {
  const asked: Asked[] = []
  const open = new Map<string, Asked>()
  cdp.on('Network.requestWillBeSent', ({ requestId, request, type = 'Other' }) => {
    // A preflight is the browser's own question, and a picture written into an address no question at all.
    if (type === 'Document' || request.method === 'OPTIONS' || request.url.startsWith('data:')) return
    const one = { url: request.url, isCode: type === 'Script' || type === 'Stylesheet', bytes: 0 }
    asked.push(one)
    open.set(requestId, one)
  })
  cdp.on('Network.responseReceived', ({ requestId, response }) => {
    const one = open.get(requestId)
    const length = Object.entries(response.headers).find(([name]) => name.toLowerCase() === 'content-length')?.[1]
    if (one && length) one.bytes = Number(length)
  })
  return asked
}
