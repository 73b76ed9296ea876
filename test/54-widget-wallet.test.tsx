// @vitest-environment node
// What the panel tells: to a member, to a guest, about earning and about the past, in English and in Japanese.
import { waitFor } from '@testing-library/preact'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { text as en } from '../widget/text/en.ts'
import { text as ja } from '../widget/text/ja.ts'
import { leave, onePage } from './50-page.ts'

const page = onePage({
  program: {
    earning: { purchase: { percent: 1, award: 'shipped', delay: 'P7D' }, welcome: { points: 0 } },
    links: { signIn: '/login', signUp: 'https://shop.example/register', contact: '/contact' },
    texts: { en: { guestTitle: 'Welcome to the house' }, ja: { guestTitle: '<b>ようこそ</b>' } },
  },
})

describe('a member', () => {
  it('sees what is on the way, with its order and what it waits for', async () => {
    await page.shop.place('hana', 'A1', 38_500)
    await page.shop.place('hana', 'A2', 12_100)
    await page.shop.ship('hana', 'A2')
    const { see, root } = await page.open('hana')
    const rows = () => see.getAllByRole('listitem').map((row) => row.textContent)
    expect(rows()[0]).toBe('Order A1Waits for shipment+385')
    const [, { availableAt }] = (await page.shop.member('hana').wallet()).pending
    const day = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeZone: 'Asia/Tokyo' }).format(new Date(availableAt))
    await waitFor(() => expect(rows()[1]).toBe(`Order A2Available on ${day}+121`))
    expect(root.querySelector('dl')?.textContent).toBe('On the way506')
  })

  it('sees what coupons hold, and what is owed', async () => {
    await page.shop.grant('rei', 800)
    await page.shop.member('rei').redeem(300)
    const { root } = await page.open('rei')
    expect(root.querySelector('dl')?.textContent).toBe('Set aside300')
  })

  it('learns of all that runs out on the next day on which something does, whenever in that day', async () => {
    for (const [points, expiresAt] of [
      [70, '2099-03-02T09:00:00Z'],
      [50, '2099-03-02T09:00:00Z'],
      [3, '2099-03-01T15:00:00Z'],
      [900, '2099-03-02T15:00:00Z'],
    ] as const)
      await page.shop.grant('yui', points, { expiresAt })
    const { see } = await page.open('yui')
    // In Tokyo the second of March begins and ends at 15:00 UTC.
    expect(see.getByText(/expire/).textContent).toBe('123 points expire on Mar 2, 2099')
  })

  it('pages through the history', async () => {
    for (let number = 1; number <= 25; number++) await page.shop.grant('kei', number, { reason: `gift ${number}` })
    const { see, user } = await page.open('kei')
    await user.click(see.getByRole('button', { name: 'History' }))
    await see.findByText('gift 25')
    expect(see.queryByText('gift 1')).toBeNull()
    await user.click(see.getByRole('button', { name: 'Show more' }))
    await see.findByText('gift 1')
    expect(see.getAllByRole('listitem')).toHaveLength(25)
    expect(see.queryByRole('button', { name: 'Show more' })).toBeNull()
  })

  it('reads how points are earned here', async () => {
    const { see, user } = await page.open('hana')
    await user.click(see.getByRole('button', { name: 'How to earn' }))
    for (const sentence of [
      '1% back on every order',
      '¥10,000 spent earns 100 points',
      'Points are yours 7 days after your order has shipped',
    ])
      expect(await see.findByText(sentence)).toBeTruthy()
  })

  // In numbers with a fraction, 2.3 times 100 is 229.99999999999997.
  it.each([
    [2.3, 'floor', '230'],
    [1.15, 'floor', '115'],
    [0.555, 'floor', '55'],
    [0.555, 'round', '56'],
    [0.5501, 'ceil', '56'],
    [0.01, 'floor', '1'],
  ])('reads of an example what such an order earns: %f percent, %s', async (percent, rounding, points) => {
    await page.shop.newProgram({ earning: { purchase: { percent, rounding } } })
    const order = { lines: [{ id: '1', sku: 'dress', price: 10_000, quantity: 1 }] }
    expect(String((await page.shop.guest('POST', '/quotes', order)).body.points)).toBe(points)
    const { see } = await page.open(undefined)
    expect(see.getByText(`¥10,000 spent earns ${points} point${points === '1' ? '' : 's'}`)).toBeTruthy()
    await page.shop.newProgram({})
  })

  it.each([
    ['later than what the tag has asked for is good, sees what is true by then', 60_000, '150', 2],
    ['at once, is not asked for twice', 100, '100', 1],
  ])('who opens the panel %s', async (_, age, shown, times) => {
    const member = `mio-${age}`
    await page.shop.grant(member, 100)
    vi.spyOn(performance, 'now').mockReturnValue(age)
    const { says, see, user, balance } = await page.visit(member)
    await waitFor(() => expect(says()).toBe('100 pt'))
    await page.shop.grant(member, 50)
    await user.click(see.getByRole('button', { name: 'JeJ Muse' }))
    await waitFor(() => expect(balance()).toBe(shown))
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(page.network.sent.filter((request) => request === 'GET /me')).toHaveLength(times)
    vi.restoreAllMocks()
  })

  it('sees what another page has changed when the panel opens again', async () => {
    await page.shop.grant('aki', 100)
    const { muse, balance } = await page.open('aki')
    muse.close()
    await page.shop.grant('aki', 50)
    vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 6_000)
    await muse.open()
    await waitFor(() => expect(balance()).toBe('150'))
    vi.restoreAllMocks()
  })
})

describe('a guest', () => {
  it('reads what the points are worth and how to join', async () => {
    const { see } = await page.open(undefined)
    expect(see.getByText('Welcome to the house')).toBeTruthy()
    expect(see.getByText(en.earnPurchase(1))).toBeTruthy()
    expect(see.getByRole('link', { name: 'Join' }).getAttribute('href')).toBe('https://shop.example/register')
    expect(see.getByRole('link', { name: 'Sign in' }).getAttribute('href')).toBe('https://shop.example/login')
    expect(see.queryByRole('button', { name: 'Redeem' })).toBeNull()
  })

  it.each([
    ['en', 'Members get points back on selected items and in campaigns.', 'Points back on selected items and in campaigns'],
    ['ja', '対象商品やキャンペーンのお買い物でポイントが貯まります。', '対象商品やキャンペーンのお買い物でポイント'],
  ])('is promised no part of every order where there is none, in %s', async (locale, lead, row) => {
    await page.shop.newProgram({ earning: { purchase: { percent: 0 } } })
    const { see, root } = await page.open(undefined, { 'data-locale': locale })
    expect(see.getByText(lead, { exact: false })).toBeTruthy()
    expect(see.getByText(row)).toBeTruthy()
    expect(root.querySelector('.guest')!.textContent).not.toMatch(/[%0]/)
    await page.shop.newProgram({})
  })

  it.each([
    ['javascript:alert(1)', undefined],
    ['java\nscript:alert(1)', undefined],
    ['data:text/html,x', undefined],
    ['vbscript:x', undefined],
    ['http://[', undefined],
    ['/login?next=/cart', 'https://shop.example/login?next=/cart'],
    ['http://shop.example/login', 'http://shop.example/login'],
  ])('is only ever led to a page: %j', async (link, href) => {
    const { safe } = await import('../widget/panel/Guest.tsx')
    expect(safe(link)).toBe(href)
  })
})

describe('in Japanese', () => {
  it('bears the names the contract gives', async () => {
    await page.shop.grant('mio', 5000)
    const { see, user, host, balance } = await page.open('mio', { 'data-locale': 'ja-JP' })
    expect(host.lang).toBe('ja')
    expect(see.getByRole('heading', { name: '割引クーポン' })).toBeTruthy()
    await user.click(see.getByRole('button', { name: '交換する' }))
    expect(see.getByRole('slider', { name: '交換するポイント' })).toBeTruthy()
    await user.tripleClick(see.getByRole('spinbutton', { name: '交換するポイント' }))
    await user.keyboard('500')
    await user.click(see.getByRole('button', { name: '交換する' }))
    await see.findByRole('button', { name: 'コピー' })
    expect(see.getByText('500円割引')).toBeTruthy()
    expect(balance()).toBe('4,500')
    await user.click(see.getByRole('button', { name: '取り消す' }))
    await waitFor(() => expect(balance()).toBe('5,000'))
  })

  it('follows the page where the tag says nothing, and shows a merchant’s words as words', async () => {
    document.documentElement.lang = 'ja'
    const { see } = await page.open(undefined)
    document.documentElement.lang = ''
    expect(see.getByText('<b>ようこそ</b>')).toBeTruthy()
    expect(see.getByRole('link', { name: '新規会員登録' })).toBeTruthy()
  })

  it('leaves no sentence untranslated', () => {
    const sentences = (text: object, at = ''): [string, unknown][] =>
      Object.entries(text).flatMap(([key, value]) => (typeof value === 'object' ? sentences(value, `${at}${key}.`) : [[at + key, value]]))
    const japanese = new Map(sentences(ja))
    expect([...japanese.keys()]).toEqual(sentences(en).map(([key]) => key))
    for (const [key, value] of sentences(en)) {
      if (typeof value === 'string' && value) expect(japanese.get(key), key).toMatch(/[ぁ-んァ-ヶ一-龠]/)
    }
  })
})

describe('a campaign’s last moment', () => {
  const until = '2100-06-12T10:00:00+09:00'
  const before = process.env.TZ
  const seen = async (zone: string, language: string) => {
    process.env.TZ = zone
    await page.shop.newProgram({ campaigns: [{ id: 'ten-times', title: '10× points', multiply: 10, ordered: { until } }] })
    const { root } = await page.open(undefined, { 'data-locale': language })
    await waitFor(() => expect(root.querySelector('.campaign small')?.textContent).toMatch(/2100/))
    return root.querySelector('.campaign small')?.textContent?.replace(/\s/g, ' ')
  }
  afterEach(async () => {
    process.env.TZ = before ?? ''
    if (before === undefined) delete process.env.TZ
    await page.shop.newProgram({})
  })

  it('S14 · is shown in the shop’s zone, and in the shopper’s own where the clock there is another', async () => {
    for (const [zone, language, sentence] of [
      ['America/Los_Angeles', 'en', 'Until Jun 12, 2100, 10:00 AM GMT+9 (Jun 11, 2100, 6:00 PM PDT)'],
      ['Europe/Paris', 'ja', '2100年6月12日 10:00 JSTまで (2100年6月12日 3:00 GMT+2)'],
      ['Asia/Seoul', 'en', 'Until Jun 12, 2100, 10:00 AM GMT+9'],
      ['Asia/Seoul', 'ja', '2100年6月12日 10:00 JSTまで'],
      // Words that nobody has translated are English, and so are their dates.
      ['Asia/Seoul', 'fr-CA', 'Until Jun 12, 2100, 10:00 AM GMT+9'],
      ['Asia/Seoul', 'zh-Hant', 'Until Jun 12, 2100, 10:00 AM GMT+9'],
    ] as const) {
      expect(await seen(zone, language)).toBe(sentence)
      leave()
    }
  })
})
