// Every state on the bench, all of them live at once in one page: each as it should be, in every theme, reached by the keyboard, and
// repainted while one drags.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { judge, sideOf } from '../demo/bench/theme/gate.ts'
import { themeOf } from '../demo/bench/theme/tokens.ts'
import { themes } from '../widget/theme/themes.ts'
import { type Bench, colourOf, keep, openDesigner, rgb, staged, textsIn } from './designer.ts'

/** What each state says once it is as it should be. */
const says: Record<string, RegExp> = {
  ...{ guest: /Points with every order/, zero: /Coupons start at 1 point/, pending: /On the way/, rich: /45,210/ },
  ...{ amount: /¥1,000 off/, made: /¥1,000 off/, used: /Used/, expired: /Expired/, expiring: /expire on/, debt: /Owed/ },
  ...{ long: /987,649,321/, earn: /1% back/, history: /Coupon used/, refused: /You do not have enough points/ },
  ...{ unanswered: /No answer came/, signedOut: /sign-in has run out/, offline: /You are offline/, loading: /^(Muse)?$/ },
  ...{ launcher: /2,480 pt/, campaign: /10× points/, page: /45,210.*Gifts/s, pageGuest: /Points with every order/ },
  ...{ coupons: /¥500 off.*¥1,000 off/, points: /Earn 7,260 points.*No points for this item/, badge: /2% points.*10× points/ },
  ...{ checkout: /−¥800/, gallery: /exactly one book.*Belladonna/ },
}

let designer: Awaited<ReturnType<typeof openDesigner>>
beforeAll(async () => {
  designer = await openDesigner()
})
afterAll(() => designer?.close())

describe('every state, side by side', () => {
  let bench: Bench
  const shown = Object.keys(says)
  beforeAll(async () => {
    // So small that all are in sight, and each is set without being asked for.
    bench = await designer.visit({ viewport: { width: 1800, height: 1600 } })
    await bench.page.locator('.toolbar input[type="range"]').fill('30')
  })
  beforeEach(({ onTestFailed }) => onTestFailed(() => keep(bench)))

  it('is set as it should be, the elements of a page among them', { timeout: 90_000 }, async () => {
    const { page } = bench
    const cells = await page.locator('.cell').evaluateAll((cells) => cells.map((cell) => (cell as HTMLElement).dataset.state!))
    expect(cells.toSorted()).toEqual(shown.toSorted())
    for (const state of shown) {
      await staged(page, state)
      await expect.poll(async () => (await textsIn(page, state)).said, { timeout: 20_000, message: state }).toMatch(says[state]!)
    }
    const loaded = () =>
      page
        .frameLocator('.cell[data-state="gallery"] iframe')
        .locator('muse-gallery img')
        .evaluateAll((photos) => photos.map((photo) => (photo as HTMLImageElement).naturalWidth))
    await expect.poll(loaded, { timeout: 20_000 }).toEqual([480, 480, 480, 480])
  })

  it('is no wider than its phone', async () => {
    const wide = await bench.page.locator('.cell iframe').evaluateAll((frames) =>
      frames
        .filter((frame) => {
          const { documentElement } = (frame as HTMLIFrameElement).contentDocument!
          return documentElement.scrollWidth > documentElement.clientWidth
        })
        .map((frame) => frame.closest<HTMLElement>('.cell')!.dataset.state),
    )
    expect(wide).toEqual([])
    // A badge that has come to stand below another begins where that one does.
    const marks = bench.page.frameLocator('.cell[data-state="badge"] iframe').locator('muse-badge').first().locator('.mark')
    const boxes = await marks.evaluateAll((marks) => marks.map((mark) => mark.getBoundingClientRect()))
    expect(boxes[1]!.top).toBeGreaterThan(boxes[0]!.bottom)
    expect(boxes[1]!.left).toBe(boxes[0]!.left)
  })

  it('wears every theme, by day and by night', { timeout: 90_000 }, async () => {
    const { page } = bench
    // What is out of sight is painted after what is in sight, and costs no pixels.
    await page.setViewportSize({ width: 1400, height: 800 })
    for (const [scheme, label] of [
      ['light', 'Light'],
      ['dark', 'Dark'],
    ] as const) {
      await page.getByRole('radio', { name: label }).first().check()
      for (const [name, worn] of Object.entries(themes)) {
        await page.getByRole('button', { name, exact: true }).click()
        const accent = rgb(sideOf(themeOf(worn).theme, 'accent', scheme))
        for (const state of ['rich', 'amount', 'made', 'offline', 'page', 'gallery'])
          await expect.poll(() => colourOf(page, state, '.main'), { timeout: 10_000, message: `${name} ${scheme} ${state}` }).toBe(accent)
      }
    }
    await page.getByRole('button', { name: 'Start over' }).click()
    const own = rgb(sideOf({}, 'accent', 'dark'))
    for (const state of ['rich', 'page'])
      await expect.poll(() => colourOf(page, state, '.main'), { timeout: 10_000, message: state }).toBe(own)
    await page.getByRole('radio', { name: 'Light' }).first().check()
  })

  it('has no text but in colours that the gate has judged together', async () => {
    const { page } = bench
    await expect.poll(() => colourOf(page, 'rich', '.main')).toBe(rgb(sideOf({}, 'accent', 'light')))
    const judged = new Set(
      judge({}).flatMap(({ need, colours }) => (need === 4.5 ? `${rgb(colours.front)} on ${rgb(colours.ground)}` : [])),
    )
    for (const state of shown) {
      const { pairs } = await textsIn(page, state)
      expect(
        pairs.filter((pair) => !judged.has(pair)),
        state,
      ).toEqual([])
    }
    expect((await textsIn(page, 'page')).pairs.length).toBeGreaterThan(2)
  })

  it('tells what paints a part of an element, and where nothing does', async () => {
    const { page } = bench
    const checkout = await staged(page, 'checkout')
    await checkout.frame.getByRole('button', { name: 'Max' }).click()
    await expect.poll(async () => (await textsIn(page, 'checkout')).said, { timeout: 10_000 }).toMatch(/−¥2,480/)
    const painted = await page
      .locator('.inspected [data-token]')
      .evaluateAll((rows) => rows.map((row) => (row as HTMLElement).dataset.token))
    expect(painted).toEqual(expect.arrayContaining(['edge', 'radius-inner', 'control', 'surface']))
    const points = await staged(page, 'points')
    await points.frame.getByText('Earn 198 points').click()
    await page.locator('.inspected').getByText('No token paints this').waitFor()
  })

  it('begins with a picture of a logo as well', async () => {
    const { page } = bench
    const picture =
      '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90"><rect width="90" height="90" fill="#fff"/><circle cx="45" cy="45" r="30" fill="#0a7d55"/></svg>'
    const choose = (name: string, mimeType: string, text: string) =>
      page.locator('.in input[type="file"]').setInputFiles({ name, mimeType, buffer: Buffer.from(text) })
    await choose('broken.png', 'image/png', 'not a picture')
    await page.getByText('This picture cannot be opened.').waitFor()
    await choose('logo.svg', 'image/svg+xml', picture)
    await page.getByRole('button', { name: 'Build a theme on #0a7d55' }).click()
    await expect.poll(() => page.locator('.out textarea').inputValue()).toContain('"brand":"#0a7d55"')
  })

  it('is reached by the keyboard alone, and so is everything else; full size and back', { timeout: 60_000 }, async () => {
    const { page } = bench
    await page.locator('.cast summary').click()
    // Each thing to use, a group of radio buttons being one.
    const missed = await page.evaluate(() => {
      const usable = [
        ...document.querySelectorAll<HTMLElement>('a[href], button:not(:disabled), input:not(:disabled), select, textarea, summary'),
      ]
      const groups = usable.filter((part) => !(part instanceof HTMLInputElement && part.type === 'radio' && !part.checked))
      Object.assign(window, { groups: new Set(groups) })
      document.addEventListener('focusin', ({ target }) => (window as unknown as { groups: Set<unknown> }).groups.delete(target))
      return groups.length
    })
    expect(missed).toBeGreaterThan(60)
    const left = () =>
      page.evaluate(() =>
        [...(window as unknown as { groups: Set<HTMLElement> }).groups]
          .filter((part) => part.isConnected)
          .map((part) => part.outerHTML.slice(0, 120)),
      )
    for (let presses = 0; presses < 600 && (presses % 40 || (await left()).length); presses++) await page.keyboard.press('Tab')
    expect(await left()).toEqual([])

    const open = page.getByRole('button', { name: 'Open full size: Guest, English, Light' })
    await open.focus()
    await page.keyboard.press('Enter')
    const box = await page.locator('.cell[data-full="true"] iframe').boundingBox()
    expect(box!.width).toBe(390)
    await page.keyboard.press('Escape')
    await expect.poll(() => page.locator('.cell[data-full="true"]').count(), { timeout: 10_000 }).toBe(0)
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.outerHTML.slice(0, 200)), { timeout: 10_000 })
      .toContain('Open full size: Guest, English, Light')
  })

  it('is repainted while one drags a colour, and no task takes more than 50 ms of the page’s thread', { timeout: 60_000 }, async () => {
    const { page, troubles } = bench
    await page.locator('.wheel').scrollIntoViewIfNeeded()
    const before = await page.locator('.out textarea').inputValue()
    const wheel = (await page.locator('.wheel').boundingBox())!
    const at = (turn: number) =>
      [wheel.x + wheel.width / 2 + Math.sin(turn) * 70, wheel.y + wheel.height / 2 - Math.cos(turn) * 70] as const
    // Once round, for the compiler to have seen it.
    const round = async (steps: number) => {
      await page.mouse.move(...at(0))
      await page.mouse.down()
      for (let step = 1; step <= steps; step++) await page.mouse.move(...at((step / steps) * Math.PI * 2))
      await page.mouse.up()
    }
    await round(20)
    await expect.poll(() => page.locator('.out textarea').inputValue()).not.toBe(before)
    // What else goes on in the machine may lengthen a task, and not in each of three drags.
    let longest: number[] = []
    for (let tries = 0; tries < 3 && !(longest[0]! < 50); tries++) {
      await designer.browser.startTracing(page, { categories: ['toplevel', 'disabled-by-default-devtools.timeline'] })
      await round(60)
      longest = tasksIn((await designer.browser.stopTracing()).toString())
    }
    expect(longest.length).toBeGreaterThan(100)
    expect(longest[0]).toBeLessThan(50)
    console.log(
      `longest tasks of a drag, in ms of processor time: ${longest
        .slice(0, 5)
        .map((ms) => ms.toFixed(0))
        .join(', ')}`,
    )
    expect(troubles).toEqual([])
  })
})

/** The tasks of the page's main thread, in milliseconds on the processor and not on the wall, the longest first. */
function tasksIn(trace: string): number[] {
  const { traceEvents } = JSON.parse(trace) as { traceEvents: TraceEvent[] }
  const main = new Set(traceEvents.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain').map(threadOf))
  const tasks = traceEvents.filter((event) => event.ph === 'X' && /RunTask$/.test(event.name) && main.has(threadOf(event)))
  return tasks.map(({ tdur = 0 }) => tdur / 1000).toSorted((a, b) => b - a)
}

interface TraceEvent {
  name: string
  ph: string
  pid: number
  tid: number
  tdur?: number
  args: { name?: string }
}
const threadOf = ({ pid, tid }: TraceEvent) => `${pid} ${tid}`
