// The browser of the browser tests.
import { chromium } from 'playwright-core'
import { findChromium } from '../bin/browser.js'

/** It makes no connection of its own, so that what a test sees on the network is the page's. `less` of what Playwright would have. */
export async function launch(more: string[] = [], less: string[] = []) {
  const executablePath = await findChromium()
  if (!executablePath) throw new Error('No Chromium: `node bin/ready.js browser` installs one')
  return chromium.launch({
    executablePath,
    ignoreDefaultArgs: less,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...more,
    ],
  })
}
