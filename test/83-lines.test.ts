// Where lines end, and what stands in line, in Chromium: names in two languages, sentences that begin with a line, tabs that stay where they are.
import type { Locator } from 'playwright-core'
import { beforeAll, expect, it } from 'vitest'
import { openSite, pasted, visit } from './80-site.ts'
import { opened } from './opened.ts'
import { come, type Eye } from './states/stage.ts'
import { states } from './states/states.ts'
import { openShops } from './states/world.ts'

const ordered = { from: '2100-06-05T01:00:00Z', until: '2100-06-12T01:00:00Z' }
const here = opened({
  shops: openShops,
  site: () => openSite({ campaigns: [{ id: 'ten', title: 'ポイント10倍', multiply: 10, ordered }] }),
})
const named = (id: string) => states.find((state) => state.id === id)!

beforeAll(async () => {
  await here.shops.prepare(
    [
      'rich',
      'debt',
      'debt',
      'historyEmpty',
      'historyEmpty',
      'zero',
      'zero',
      'made',
      'inline',
      'gallery',
      'page',
      'amount',
      'unanswered',
    ].map(named),
  )
})

const visitTo = (id: string, language: 'en' | 'ja', eye: Partial<Eye> = {}) =>
  come(here.browser, here.shops, named(id), { language, scheme: 'light', viewport: { width: 320, height: 700 }, ...eye })

/** The lines of what an element says, as they are on the screen. */
const linesOf = (element: Locator) =>
  element.evaluate((element) => {
    const lines = new Map<number, string>()
    const words = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
    while (words.nextNode()) {
      const word = words.currentNode as Text
      for (const [at, letter] of [...word.data].entries()) {
        const range = new Range()
        range.setStart(word, at)
        range.setEnd(word, at + 1)
        const { bottom } = range.getBoundingClientRect()
        if (letter !== '\n') lines.set(bottom, (lines.get(bottom) ?? '') + letter)
      }
    }
    return [...lines.values()].map((line) => line.trim())
  })

it.each([
  ['inline', 'muse-points small', ['10× points ·', 'ポイント10倍']],
  [
    'page',
    '.gifts .way:nth-child(2) > span',
    ['Lace parasol, the one of the autumn window ·', '秋のレース日傘', '12,000 points 10,050 points to go'],
    390,
  ],
  ['gallery', 'muse-gallery figcaption:has-text("秋")', ['秋のお茶会にて、', '新しいボンネットと。']],
])('Japanese in English words is broken between its parts: %s', async (id, selector, lines, width = 320) => {
  const { page, close } = await visitTo(id, 'en', { viewport: { width, height: 700 } })
  expect(await linesOf(page.locator(selector).first())).toEqual(lines)
  await close()
})

it.each([
  ['rich', 'ja', '.redeem .quiet', '次のご注文で'],
  ['debt', 'ja', '.balance .quiet:last-child', '次に獲得される'],
  ['debt', 'en', '.balance .quiet:last-child', 'Points you earn'],
  ['historyEmpty', 'ja', '.history .quiet', '最初の'],
  ['historyEmpty', 'en', '.history .quiet', 'Your points'],
] as const)('the second sentence begins a line: %s, in %s', async (id, language, selector, beginning) => {
  const { page, close } = await visitTo(id, language)
  const lines = await linesOf(page.locator(selector))
  expect(lines.some((line) => line.startsWith(beginning))).toBe(true)
  expect(lines).toHaveLength(2)
  await close()
})

it.each(['en', 'ja'] as const)('the views stay where they are when another is chosen, in %s', async (language) => {
  const { page, close } = await visitTo('zero', language)
  const tabs = page.locator('nav button')
  const places = () => tabs.evaluateAll((all) => all.map((tab) => tab.getBoundingClientRect().x))
  const before = await places()
  await tabs.nth(1).click()
  expect(await tabs.nth(1).getAttribute('aria-current')).toBe('page')
  expect(await places()).toEqual(before)
  await close()
})

it('the emblem of a new coupon ends where its line does', async () => {
  const { page, close } = await visitTo('made', 'en')
  const [emblem, line] = await page
    .locator('.ticket')
    .evaluate((ticket) => ['i', 'code'].map((selector) => ticket.querySelector(selector)!.getBoundingClientRect().right))
  // Its petals are shadows, a border's width outside its box.
  expect(emblem! + 5).toBe(line)
  await close()
})

it('the button that asks again is where the one was that asked', async () => {
  const places: number[] = []
  for (const id of ['amount', 'unanswered']) {
    const { page, close } = await visitTo(id, 'ja', { viewport: { width: 390, height: 780 } })
    const form = page.locator('.redeem form')
    places.push(await form.evaluate((form) => form.querySelector('.main')!.getBoundingClientRect().top - form.getBoundingClientRect().top))
    await close()
  }
  expect(places[1]).toBe(places[0])
})

it.each([
  ['America/Los_Angeles', 320],
  ['Europe/Paris', 240],
  ['Europe/Paris', 1000],
  ['Asia/Kathmandu', 250],
])('what a date is, a beginning or an end, is said beside it, for a shopper in %s, in a window of %i', async (timezoneId, width) => {
  const html = pasted({ attributes: { 'data-locale': 'ja' } })
  const { page, close } = await visit(here.browser, here.site.put({ html }), { timezoneId, viewport: { width, height: 800 } })
  await page.evaluate('Muse.open()')
  const dates = page.locator('muse-widget .campaign small')
  await dates.filter({ hasText: '(' }).nth(1).waitFor()
  for (const at of [0, 1]) {
    const lines = await linesOf(dates.nth(at))
    expect(
      lines.filter((line) => /^[^\d(]/.test(line)),
      lines.join('\n'),
    ).toEqual([])
    expect(lines[0]).toMatch(/JST(から|まで)/)
  }
  await close()
})
