// What is seen where the system forces its own few colours: grounds and shadows are gone, so edges and signs have to tell what they told.
import { beforeAll, describe, expect, it } from 'vitest'
import { opened } from './opened.ts'
import { violations } from './states/faults.ts'
import { come, type Eye } from './states/stage.ts'
import { states } from './states/states.ts'
import { openShops } from './states/world.ts'

const edges = [
  { id: 'loading', selector: '.skeleton div' },
  { id: 'made', selector: '.ticket' },
  { id: 'guest', selector: '.actions a' },
  { id: 'guest', selector: '.welcome' },
  { id: 'amount', selector: '.redeem > form' },
  { id: 'campaign', selector: '.campaign' },
  { id: 'photoForm', selector: '.way > form' },
  { id: 'launcher', selector: 'muse-widget button' },
]
const others = ['amount', 'pageForms', 'ways', 'launcher'].map((id) => ({ id }))

const here = opened({ shops: openShops })

// Twice, for a test that is tried again.
beforeAll(() => here.shops.prepare([...edges, ...edges, ...others, ...others].map(({ id }) => named(id))))

const named = (id: string) => states.find((state) => state.id === id)!
const visitTo = (id: string, eye: Partial<Eye> = {}) =>
  come(here.browser, here.shops, named(id), { language: 'en', scheme: 'light', viewport: { width: 320, height: 700 }, ...eye })

describe('where colours are forced', () => {
  const forced = async (id: string) => {
    const found = await visitTo(id, { language: 'ja' })
    await found.page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' })
    return found
  }

  it('what is chosen is told apart by more than its colour', { timeout: 60_000 }, async () => {
    const { page, close } = await forced('amount')
    const widths = (selector: string) =>
      page.locator(selector).evaluateAll((all) => all.map((element) => Number.parseFloat(getComputedStyle(element).borderBottomWidth)))
    expect(new Set(await widths('nav :not([aria-current])'))).toEqual(new Set([0]))
    expect(await widths('nav [aria-current]')).toEqual([2])
    // In one colour with it, a line below all three would hide that one.
    expect(await widths('nav')).toEqual([0])
    expect(await page.locator('nav [aria-current]').evaluate((tab) => getComputedStyle(tab).borderTopWidth)).toBe('0px')
    expect(new Set(await widths('.chips [aria-pressed=false]'))).toEqual(new Set([1]))
    expect(await widths('.chips [aria-pressed=true]')).toEqual([2])
    expect(await violations(page)).toEqual([])
    await close()
    const review = await forced('pageForms')
    await review.page.getByRole('radio').nth(2).check({ force: true })
    expect(await review.page.locator('.star').allTextContents()).toEqual(['★', '★', '★', '☆', '☆'])
    await review.close()
  })

  it.for(edges)('the edge of what only its ground set apart is there: $id, $selector', async ({ id, selector }) => {
    const { page, close } = await forced(id)
    const edges = await page.locator(selector).evaluateAll((all) =>
      all.map((element) => {
        const { outlineColor, outlineStyle, borderBottomColor, borderBottomStyle, backgroundColor } = getComputedStyle(element)
        const colours = [outlineStyle !== 'none' && outlineColor, borderBottomStyle !== 'none' && borderBottomColor]
        return colours.some((colour) => colour && colour !== 'rgba(0, 0, 0, 0)' && colour !== backgroundColor)
      }),
    )
    expect(edges.length).toBeGreaterThan(0)
    expect(edges).not.toContain(false)
    await close()
  })
})

it('lets no word of a button touch the edge that forced colours draw', { timeout: 60_000 }, async () => {
  const { page, close } = await visitTo('ways', { forcedColors: 'active' })
  const near = await page.locator('.panel :is(button, a)').evaluateAll((all) =>
    all.filter((element) => {
      const words = new Range()
      words.selectNodeContents(element)
      const [word, edge] = [words.getBoundingClientRect(), element.getBoundingClientRect()]
      const isEdged = Number.parseFloat(getComputedStyle(element).borderLeftWidth) > 0
      return isEdged && word.width > 0 && (word.left < edge.left + 4 || word.right > edge.right - 4)
    }),
  )
  expect(near).toEqual([])
  // By day what has no edge ends where the row does.
  await page.emulateMedia({ forcedColors: 'none' })
  const over = await page.locator('.way > .faint').evaluate((button) => {
    const words = new Range()
    words.selectNodeContents(button)
    return words.getBoundingClientRect().right - button.parentElement!.getBoundingClientRect().right
  })
  expect(Math.abs(over)).toBeLessThan(1)
  await close()
})

it('shows the emblem where colours are forced, also on a launcher without a label', { timeout: 60_000 }, async () => {
  const { page, close } = await visitTo('launcher', { forcedColors: 'active' })
  await page.locator('muse-widget').evaluate((host: HTMLElement) => host.style.setProperty('--muse-launcher-label', 'none'))
  const colours = await page.locator('muse-widget button').evaluate((button) => {
    const { width, borderTopColor } = getComputedStyle(button, '::before')
    return {
      circle: borderTopColor,
      ground: getComputedStyle(button).backgroundColor,
      width,
      after: getComputedStyle(button, '::after').display,
    }
  })
  expect(colours.after).toBe('none')
  expect(colours.circle).not.toBe(colours.ground)
  await close()
})
