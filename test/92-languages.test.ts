// What was done in one language is read in the other: pieces, reviews, photos and what the ledger has noted.
import { expect, it } from 'vitest'
import { monthOf } from '../demo/pages/desk/requests.ts'
import { texts } from '../demo/text.ts'
import { demoOfAll } from './demos.ts'
import { pngOf } from './pictures/files.ts'
import { dresses, photograph, shots } from './pictures/photos.ts'
import { type Visitor, visitorOf } from './visitor.ts'

const order = 'MN-SPKEN23456'
let mina: Visitor

const here = demoOfAll(async () => {
  mina = visitorOf(() => here.shop.url)
  await mina.post('/register', { name: 'Mina' })
  await mina.post('/desk/gift', { key: 'g' })
  await mina.fill('moonmoth-jsk.wine')
  await mina.order({ order })
  await mina.post(`/desk/orders/${order}`, { act: 'ship' })
  await mina.post(`/desk/orders/${order}`, { act: 'refund-amount', amount: '1300' })
  await mina.post('/desk/shopper/review', { key: 'r', piece: `${order} moonmoth-jsk`, rating: '4', text: 'It hangs beautifully.' })
  const form = new FormData()
  form.set('key', 'p')
  form.set('photo', new Blob([pngOf(photograph(Object.values(dresses)[1]!, shots['close, in a room']!, 3, 72))]), 'photo.png')
  await mina.post('/desk/shopper/photo', form)
  await mina.post('/desk/prizes')
  await mina.api('/me/follows/x', {}, 'PUT')
  await mina.coupon(120)
})

const read = (path: string, language: 'en' | 'ja') => mina.get(`${path}?lang=${language}`)

it.each(['/orders', '/desk', `/desk/orders/${order}`, '/points'])(
  'names what was ordered in English to who reads Japanese, on %s',
  async (path) => {
    expect(await read(path, 'en')).toContain('Moon Moth, Wine')
    const page = (await read(path, 'ja')).replace(/<details.*?<\/details>/s, '')
    expect(page).toContain('月蛾・ワイン')
    expect(page).not.toContain('Moon Moth')
  },
)

it.each(['en', 'ja'] as const)('says in words what the ledger has noted, in %s', async (language) => {
  const t = texts[language]
  const page = await read('/desk', language)
  const month = monthOf(Date.now())
  const piece = { en: 'Moon Moth', ja: '月蛾' }[language]
  const { review, photo, follow, prize } = t.desk.notes
  for (const words of [review(piece), photo, follow('X'), prize(month, 1), t.orders.giftReason])
    expect(page).toContain(`<span class="small">${words}</span>`)
  expect(page).not.toContain('moonmoth-jsk ★')
})

it('offers the month’s prizes until they are awarded', async () => {
  const month = monthOf(Date.now())
  expect(await read('/desk', 'en')).not.toContain(texts.en.desk.prizes(month))
})

it('shows the picture that is decided on, and no longer once it is declined', async () => {
  const [, src = ''] = /<img class="posted" src="([^"]+)"/.exec(await read('/desk', 'en')) ?? []
  const answer = await fetch(here.shop.url + src)
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, expect.stringMatching(/^image\//)])
  await mina.post('/desk/decide', { kind: 'photos', id: src.split('/').at(-1) ?? '', state: 'declined' })
  expect(await read('/desk', 'en')).not.toContain('class="posted"')
})

it('says how much money went back, and writes a code in fours wherever it stands', async () => {
  expect(await read('/orders', 'en')).toContain(texts.en.orders.amountBack('¥1,300'))
  const [{ code }] = (await mina.wallet()).coupons
  const page = (await read('/desk', 'ja')).replaceAll(/value="[^"]*"/g, '')
  expect(page).toContain(code.replace(/.{4}(?=.)/g, '$&-'))
  expect(page).not.toContain(code)
})

it('puts no Latin space between Japanese sentences', async () => {
  expect(await read('/', 'ja')).not.toMatch(/。\s+[^\s<]/)
})
