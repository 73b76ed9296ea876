// The bench in use: by ear, by keys alone, on a phone, and by who makes a mistake.
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { themeIn } from '../demo/bench/theme/link.ts'
import { themeOf } from '../demo/bench/theme/tokens.ts'
import { themes } from '../widget/theme/themes.ts'
import { type Bench, keep, openDesigner } from './designer.ts'

let designer: Awaited<ReturnType<typeof openDesigner>>
beforeAll(async () => {
  designer = await openDesigner()
})
afterAll(() => designer?.close())

describe('by ear', () => {
  const bench = visited({ viewport: { width: 1440, height: 900 } })

  it('each thing to use has a name of its own, and a slider tells its number as a value', async () => {
    const { page } = bench()
    await page.locator('.cast summary').click()
    const nodes = await heard(page)
    const usable = nodes.filter(({ role }) => /^(button|link|slider|textbox|radio|checkbox|combobox|ColorWell)$/.test(role))
    expect(usable.length).toBeGreaterThan(80)
    expect(usable.filter(({ name }) => !name)).toEqual([])
    const sliders = usable.filter(({ role }) => role === 'slider')
    expect(sliders.map(({ name }) => name)).toEqual(expect.arrayContaining(['Lightness', 'Hue', 'Density', 'Blur', 'Size']))
    expect(sliders.filter(({ name, told }) => /\d/.test(name) || !/\d/.test(told))).toEqual([])
    // Nothing speaks by itself but what tells of a deed.
    expect(await page.locator('output').count()).toBe(0)
  })
})

describe('by who reads large letters, or on paper', () => {
  const bench = visited({ viewport: { width: 1440, height: 900 } })

  it('all text grows with the browser’s, and nothing of it is cut off', async () => {
    const { page } = bench()
    await page.addStyleTag({ content: 'html { font-size: 200% }' })
    for (const width of [1440, 960, 360]) {
      await page.setViewportSize({ width, height: 900 })
      await page
        .locator(width > 1100 ? '.gallery > .toolbar' : '.gallery')
        .first()
        .waitFor()
      const found = await page.evaluate(() => {
        const texts = [...document.querySelectorAll<HTMLElement>('h1, h2, h3, p, small, button, label, [type="text"], textarea, summary')]
        const isOut = ({ right, width }: DOMRect, edge: number) => width > 0 && right > edge + 1
        const edgeOf = (part: Element) => (part.closest('aside') ?? document.documentElement).getBoundingClientRect().right
        return {
          small: texts
            .filter((part) => !part.closest('.cell') && Number.parseFloat(getComputedStyle(part).fontSize) < 23)
            .map((part) => part.outerHTML),
          out: [...document.querySelectorAll('aside :is(label, button, input, p, h2)')]
            .filter((part) => isOut(part.getBoundingClientRect(), edgeOf(part)))
            .map((part) => part.outerHTML),
        }
      })
      expect(found).toEqual({ small: [], out: [] })
    }
  })

  it('paper has all of it, and not what is in sight alone', async () => {
    const { page } = bench()
    await page.setViewportSize({ width: 1440, height: 900 })
    await page.emulateMedia({ media: 'print' })
    expect(
      await page.evaluate(
        () => [...document.querySelectorAll('main > *')].filter((part) => part.scrollHeight > part.clientHeight + 1).length,
      ),
    ).toBe(0)
    const { bottom } = await page.locator('.in').evaluate((part) => part.getBoundingClientRect())
    expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeGreaterThan(bottom - 1)
    await page.emulateMedia({ media: null })
  })
})

describe('by keys', () => {
  const bench = visited({ viewport: { width: 1440, height: 900 } })
  const focused = (page: Page) =>
    page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent)

  it('a colour that is opened is at hand and in sight, and one goes on where one was', async () => {
    const { page } = bench()
    for (const leave of [() => page.keyboard.press('Escape'), () => page.getByRole('button', { name: 'Done' }).press('Enter')]) {
      await page.getByRole('button', { name: 'Tickets, Day' }).press('Enter')
      await page.keyboard.press('Tab')
      await page.keyboard.press('Tab')
      expect(await page.evaluate(() => !!document.activeElement?.closest('.brand'))).toBe(true)
      await expect.poll(async () => (await page.locator('.wheel').boundingBox())!.y).toBeGreaterThan(52)
      await leave()
      expect(await focused(page)).toBe('Tickets, Day')
    }
  })

  it('a colour keeps its hue through white and grey, and what is no colour is said to be none', async () => {
    const { page } = bench()
    const field = page.getByLabel('As text')
    const slide = (name: string, value: string) => page.locator('.brand').getByRole('slider', { name }).fill(value)
    const before = await field.inputValue()
    await slide('Lightness', '100')
    await slide('Lightness', '42')
    await slide('Chroma', '0')
    await slide('Chroma', '0.115')
    await expect.poll(() => field.inputValue()).toMatch(/^#7[def]2[bcd]4[567]$/)
    expect(before).toBe('#7d2c46')
    await field.fill('bluee')
    await field.press('Enter')
    await page.getByText('“bluee” is no colour').waitFor()
    expect(await field.getAttribute('aria-invalid')).toBe('true')
    await field.fill('teal')
    await field.press('Enter')
    await expect.poll(() => field.inputValue()).toBe('#008080')
    expect(await field.getAttribute('aria-invalid')).toBe('false')
  })

  it('says which theme is worn', async () => {
    const { page } = bench()
    await page.getByRole('button', { name: 'moss', exact: true }).click()
    await expect.poll(() => page.locator('.cards [aria-pressed="true"]').allTextContents()).toEqual(['moss'])
  })
})

describe('links', () => {
  const bench = visited({ viewport: { width: 1440, height: 900 }, permissions: ['clipboard-read', 'clipboard-write'] })
  const pasted = (page: Page) => page.evaluate(() => navigator.clipboard.readText())

  it('one that is copied at once is of now, and one that is opened in the same tab is followed', async () => {
    const { page } = bench()
    await page.evaluate(() => {
      const button = (name: string) => [...document.querySelectorAll('button')].find(({ textContent }) => textContent?.trim() === name)!
      button('moss').click()
      button('Copy a link').click()
    })
    await page.getByText('The link is copied.').waitFor()
    const link = await pasted(page)
    expect(themeIn(new URL(link).hash)).toEqual(themeOf(themes.moss!).theme)
    await page.getByRole('button', { name: 'indigo', exact: true }).click()
    await expect.poll(() => themeIn(new URL(page.url()).hash)).toEqual(themeOf(themes.indigo!).theme)
    await page.evaluate((hash) => location.assign(hash), new URL(link).hash)
    await expect.poll(() => page.locator('.cards [aria-pressed="true"]').allTextContents()).toEqual(['moss'])
    await page.evaluate(() => location.assign('#theme=eyJicm'))
    await page.getByText('no theme that can be read').waitFor()
    await expect.poll(() => page.locator('.cards [aria-pressed="true"]').allTextContents()).toEqual(['moss'])
  })

  it('says so where the browser does not let it copy', async () => {
    const { page } = bench()
    await page.evaluate(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }))
    await page.locator('.out').getByRole('button', { name: 'Copy' }).click()
    await page.getByText('please copy it by hand').waitFor()
    await expect.poll(() => page.evaluate(() => document.activeElement?.matches('.out textarea'))).toBe(true)
    expect(bench().troubles).toEqual([])
  })
})

describe('in Japanese, on a tablet, under a contrast theme', () => {
  const bench = visited({ viewport: { width: 900, height: 800 }, forcedColors: 'active' }, '?lang=ja')

  it('begins with Japanese previews, which stay in sight beside what one does', async () => {
    const { page } = bench()
    expect(await page.locator('.cell').first().getAttribute('lang')).toBe('ja')
    await page.locator('.layer [data-token="ticket"]').scrollIntoViewIfNeeded()
    expect((await page.locator('.gallery').boundingBox())!.y).toBe(52)
  })

  it('shows the colours that are the matter', async () => {
    const grounds = await bench()
      .page.locator('.layer [data-token="accent"] .dye i')
      .evaluateAll((dyes) => dyes.map((dye) => getComputedStyle(dye).backgroundColor))
    expect(grounds).toEqual(['rgb(125, 44, 70)', 'rgb(236, 176, 193)'])
  })
})

/** A page of the bench for the tests of a group, kept as a picture where one fails. */
function visited(options: Parameters<typeof designer.visit>[0], more?: string): () => Bench {
  let bench: Bench
  beforeAll(async () => {
    bench = await designer.visit(options, more)
  })
  beforeEach(({ onTestFailed }) => onTestFailed(() => keep(bench)))
  afterAll(() => bench?.context.close())
  return () => bench
}

interface Heard {
  role: string
  name: string
  /** What it says of its value. */
  told: string
}

/** The page as Chromium gives it to a screen reader, without what stands in frames. */
async function heard(page: Page): Promise<Heard[]> {
  const session = await page.context().newCDPSession(page)
  const { nodes } = await session.send('Accessibility.getFullAXTree')
  await session.detach()
  return nodes
    .filter(({ ignored }) => !ignored)
    .map(({ role, name, value, properties = [] }) => ({
      role: String(role?.value ?? ''),
      name: String(name?.value ?? ''),
      told: String(properties.find((property) => (property.name as string) === 'valuetext')?.value.value ?? value?.value ?? ''),
    }))
}
