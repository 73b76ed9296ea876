// The bench without a mouse: each stop from the top to the end, and a designer's whole job; and with a thumb, on a narrow page.
import type { CDPSession, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, onTestFailed } from 'vitest'
import { read } from '../demo/bench/formats/read.ts'
import { failures } from '../demo/bench/theme/gate.ts'
import { colourOf, keep, openDesigner, rgb, set } from './designer.ts'

let designer: Awaited<ReturnType<typeof openDesigner>>
beforeAll(async () => {
  designer = await openDesigner()
})
afterAll(() => designer?.close())

const visit = async (options: Parameters<typeof designer.visit>[0]) => {
  const bench = await designer.visit(options)
  onTestFailed(() => keep(bench))
  return bench
}

describe('stop by stop', () => {
  for (const [width, height] of [
    [1440, 900],
    [390, 844],
  ] as const)
    it(`each is in sight, in order, has a ring and a name, at ${width} pixels`, { timeout: 180_000 }, async () => {
      const { page, context } = await visit({ viewport: { width, height } })
      await page.locator('.cast summary').click()
      // A key first, so that the ring is that of keys.
      await page.keyboard.press('Tab')
      await page.locator('.skip').first().focus()
      const session = await context.newCDPSession(page)
      const stops = await stopsOf(page, session)
      expect(stops.length).toBeGreaterThan(100)
      expect(stops.filter(({ name }) => !name)).toEqual([])
      expect(stops.filter(({ isInSight }) => !isInSight)).toEqual([])
      expect(stops.filter(({ hasRing }) => !hasRing)).toEqual([])
      const steps = stops.slice(1).map((stop, at) => [stops[at]!, stop] as const)
      // Within a part of the page nothing lies above the one before it, but to the right.
      const back = steps.filter(([one, next]) => one.part === next.part && next.bottom <= one.top && next.left < one.right)
      expect(back).toEqual([])
      expect([...new Set(stops.map(({ part }) => part))]).toEqual(
        width > 700 ? ['skip', 'header', 'left', 'gallery', 'right'] : ['skip', 'header', 'gallery', 'left', 'right'],
      )
      await context.close()
    })
})

describe('a designer’s whole job', () => {
  it('is done by keys alone', { timeout: 120_000 }, async () => {
    const { page, context, troubles } = await visit({
      viewport: { width: 1440, height: 900 },
      permissions: ['clipboard-read', 'clipboard-write'],
    })
    const { keyboard } = page
    const passes = page.getByText('All 78 pairs pass WCAG 2.2 AA')
    const pasted = () => page.evaluate(() => navigator.clipboard.readText())
    await set(page, 'guest')
    await page.evaluate(() => scrollTo(0, 0))

    // A brand's colour.
    await reach(page, 'As text')
    await keyboard.press('Control+a')
    await keyboard.type('#0a5f7d')
    await keyboard.press('Enter')
    await passes.waitFor()
    // Three tokens.
    await reach(page, 'Density')
    await keyboard.press('ArrowRight')
    await reach(page, 'Radius of the panel')
    for (let times = 0; times < 3; times++) await keyboard.press('ArrowLeft')
    await reach(page, 'Quiet text, Day')
    await keyboard.press('Enter')
    await reach(page, 'As text')
    await keyboard.press('Control+a')
    await keyboard.type('#d0d8dc')
    await keyboard.press('Enter')
    await page.getByText('6 pairs fail WCAG 2.2 AA').waitFor()
    await keyboard.press('Escape')
    expect(await nameOf(page)).toBe('Quiet text, Day')
    // Mended, undone, done again.
    await page.evaluate(() => (document.activeElement as HTMLElement).blur())
    await page.locator('.skip').first().focus()
    await reach(page, 'To contrast and export')
    await keyboard.press('Enter')
    await reach(page, /^Fix: Quiet text/)
    await keyboard.press('Enter')
    await passes.waitFor()
    await keyboard.press('Control+z')
    await page.getByText('6 pairs fail WCAG 2.2 AA').waitFor()
    await keyboard.press('Control+Shift+z')
    await passes.waitFor()
    // Exported, and the tag copied.
    await reach(page, 'The whole tag')
    await keyboard.press('ArrowRight')
    await keyboard.press('ArrowRight')
    await reach(page, 'Copy')
    await keyboard.press('Enter')
    await page.getByText('Copied.').waitFor()
    const sheet = read(await pasted())
    await reach(page, 'Stylesheet', 'Shift+Tab')
    await keyboard.press('ArrowLeft')
    await keyboard.press('ArrowLeft')
    await reach(page, 'Copy')
    await keyboard.press('Enter')
    await expect.poll(pasted).toContain('<script')
    const { theme } = read(await pasted())
    expect(sheet.theme).toEqual(theme)
    expect(failures(theme)).toEqual([])
    expect(Object.keys(theme)).toEqual(expect.arrayContaining(['brand', 'space', 'radius', 'ink-soft']))
    await expect.poll(() => colourOf(page, 'guest', '.main')).toBe(rgb(/light-dark\((#\w+)/.exec(theme.accent!)![1]!))
    // Saved.
    await page.locator('.skip').first().focus()
    await reach(page, 'Save as')
    await keyboard.type('Lagoon')
    await keyboard.press('Enter')
    await page.getByText('Saved in this browser.').waitFor()
    expect(await page.locator('.saves [aria-pressed="true"]').allTextContents()).toEqual(['Lagoon'])
    expect(troubles).toEqual([])
    await context.close()
  })
})

describe('on a narrow page', () => {
  for (const [width, height] of [
    [320, 568],
    [390, 844],
    [768, 1024],
  ] as const)
    it(`a preview is in sight of each tool, at ${width} pixels`, async () => {
      const { page, context } = await visit({ viewport: { width, height }, hasTouch: true })
      await set(page, 'guest')
      for (const tool of ['.wheel', '.layer [data-token="ticket"]', '.gate', '.in textarea']) {
        await page.locator(tool).evaluate((part) => part.scrollIntoView({ block: 'start' }))
        const seen = await page.locator('.cell[data-set="true"] .screen').evaluateAll((screens) =>
          screens.some((screen) => {
            const { top, bottom, left, right } = screen.getBoundingClientRect()
            const middle = document.elementFromPoint((left + right) / 2, (top + bottom) / 2)
            return top >= 0 && bottom <= innerHeight && left >= 0 && right <= innerWidth && screen.contains(middle)
          }),
        )
        expect(seen, tool).toBe(true)
        // The strip leaves the tool in sight.
        const { y } = (await page.locator(tool).boundingBox())!
        const strip = await page.locator('.gallery').boundingBox()
        if (width < 700) expect(y, tool).toBeGreaterThanOrEqual(strip!.y + strip!.height)
        expect(y, tool).toBeLessThan(height - 40)
      }
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width)
      await context.close()
    })

  it('the previews can be folded, and cover nothing on a page that is magnified four times', async () => {
    const { page, context } = await visit({ viewport: { width: 390, height: 844 } })
    await set(page, 'guest')
    const high = async () => (await page.locator('.gallery').boundingBox())!.height
    const before = await high()
    await page.getByRole('button', { name: 'Previews' }).click()
    expect(await high()).toBeLessThan(60)
    await page.getByRole('button', { name: 'Previews' }).click()
    expect(await high()).toBe(before)
    await page.setViewportSize({ width: 320, height: 256 })
    await page.locator('.gate').scrollIntoViewIfNeeded()
    expect((await page.locator('.gallery').boundingBox())!.y).toBeLessThan(-200)
    await context.close()
  })
})

interface Stop {
  name: string
  part: string
  what: string
  isInSight: boolean
  hasRing: boolean
  left: number
  right: number
  /** In the whole page, however far it is scrolled. */
  top: number
  bottom: number
}

/** Every stop of the Tab key until it leaves the page. What a preview has in itself is the widget's, and one stop here. */
async function stopsOf(page: Page, session: CDPSession): Promise<Stop[]> {
  const stops: Stop[] = []
  for (let presses = 0; presses < 900; presses++) {
    const stop = await stopAt(page, session)
    if (!stop || (presses && stop.what === stops[0]?.what)) break
    if (stop.what !== stops.at(-1)?.what) stops.push(stop)
    await page.keyboard.press('Tab')
  }
  return stops
}

async function stopAt(page: Page, session: CDPSession): Promise<Stop | undefined> {
  const seen = await page.evaluate(() => {
    const has = document.activeElement as HTMLElement
    if (has === document.body) return undefined
    // A radio button and a file's field show their ring around their words.
    const shown = (has.matches('[type="radio"]') ? has.nextElementSibling : has.closest('.file')) ?? has
    const { outlineStyle, outlineWidth } = getComputedStyle(shown)
    const { top, bottom, left, right } = shown.getBoundingClientRect()
    const middle = document.elementFromPoint((left + right) / 2, (Math.max(0, top) + Math.min(innerHeight, bottom)) / 2)
    const isFrame = has instanceof HTMLIFrameElement
    const part = has.closest('.skip, header, .left, .right, .gallery')!
    let [across, down] = [0, 0]
    for (let room = has.parentElement; room; room = room.parentElement) {
      across += room.scrollLeft
      down += room.scrollTop
    }
    return {
      part: ['skip', 'left', 'right', 'gallery'].find((name) => part.classList.contains(name)) ?? part.localName,
      what: `${has.outerHTML.slice(0, 160)} ${[...document.querySelectorAll('*')].indexOf(has)}`,
      isInSight:
        left >= 0 &&
        right <= innerWidth + 1 &&
        (isFrame || (top >= 0 && bottom <= innerHeight + 1)) &&
        (isFrame || middle === has || shown.contains(middle)),
      isFrame,
      hasRing: isFrame || (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2),
      ...{ left: left + across, right: right + across, top: top + down, bottom: bottom + down },
    }
  })
  return seen && { name: seen.isFrame ? 'a preview' : await heard(session), ...seen }
}

/** As a screen reader has it, which is told a moment later. */
async function heard(session: CDPSession): Promise<string> {
  for (let tries = 0; tries < 5; tries++) {
    const { result } = await session.send('Runtime.evaluate', { expression: 'document.activeElement' })
    const { nodes } = await session.send('Accessibility.getPartialAXTree', { objectId: result.objectId!, fetchRelatives: false })
    if (nodes[0]?.name?.value) return String(nodes[0].name.value)
  }
  return ''
}

/** The name of what has the focus, as far as a test can ask for it by name. */
const nameOf = (page: Page) =>
  page.evaluate(() => {
    const has = document.activeElement as HTMLInputElement | null
    const label = has?.labels?.[0]?.querySelector('span')?.firstChild?.textContent
    return (has?.getAttribute('aria-label') ?? label ?? has?.textContent ?? '').trim()
  })

/** Goes there by Tab alone. */
async function reach(page: Page, name: string | RegExp, key = 'Tab') {
  for (let presses = 0; presses < 300; presses++) {
    const here = await nameOf(page)
    if (typeof name === 'string' ? here === name : name.test(here)) return
    await page.keyboard.press(key)
  }
  throw new Error(`Tab does not lead to ${name}`)
}
