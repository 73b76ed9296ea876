// The import: an export becomes the same shop again, of however many books, on either host; until it is whole, nothing else.
import { expect, test } from 'vitest'
import { onEdge } from './edge/host.ts'
import { imported } from './moving.ts'
import { pngOf } from './pictures/files.ts'
import { dresses, photograph, shots } from './pictures/photos.ts'
import { DAY, type Json, lines, OPERATOR, openShop, type Story } from './story.ts'

const rules = {
  earning: {
    purchase: { percent: 1, delay: 'P7D' },
    review: { points: 10 },
    photo: { points: 10 },
    follow: { points: 10, accounts: { x: 'https://x.com/shop' } },
  },
  redeeming: { checkout: { max: null }, coupon: { life: 'P90D' }, gifts: [{ id: 'tote', title: 'Tote bag', points: 8 }] },
  expiry: { life: 'P1Y' },
}
const people = Array.from({ length: 12 }, (_, index) => `customer-${index}`)

/** A shop with something of everything, told by so many people. */
async function toldShop(books?: number) {
  const shop = await openShop({ program: rules, ...(books ? { books } : {}) })
  // Before any other book has a copy of what the first one says.
  await shop.newProgram({ earning: { ...rules.earning, purchase: { percent: 3 } } })
  await shop.merchant('PUT', '/sellers/s1', { name: 'One', joinedAt: '2026-01-01T00:00:00Z' })
  await shop.merchant('PUT', '/products/dress', { title: 'Dress\u2028“A”', price: 100, tags: ['x'] })
  for (const [index, who] of people.entries()) {
    const person = shop.member(who, { name: `Nobody ${index}` })
    await shop.grant(who, 500 + index)
    await shop.place(who, `o-${index}`, 10_000)
    await shop.ship(who, `o-${index}`)
    const { code } = (await person.redeem(100)).body.coupon
    if (index % 3 === 0) await person.delete(`/me/coupons/${code}`)
    if (index % 3 === 1) await shop.merchant('PUT', `/coupons/${code}/order`, { order: `n-${index}`, lines: lines(60) })
    await shop.merchant('PUT', `/members/${who}/orders/p-${index}/points`, { points: 90, lines: lines(90) })
    const half = {
      lines: [{ id: '1', sku: 'hat', price: 45, quantity: 2 }],
      refunds: [{ id: 'r', at: '2026-06-01T01:00:00Z', lines: [{ id: '1', quantity: 1 }] }],
    }
    await shop.report(who, `p-${index}`, half)
    await person.put('/me/follows/x')
    await person.post('/me/reviews', { order: `o-${index}`, sku: 'dress', rating: 4, text: `The ${index}th` })
    if (index % 2) await person.post('/me/gifts', { gift: 'tote' })
    if (index === 5) shop.later(8 * DAY)
  }
  await stands(shop)
  const form = new FormData()
  form.set('photo', new Blob([pngOf(photograph(dresses.rose!, shots['close, in a room']!, 1, 72))]), 'photo.png')
  form.set('caption', 'In my room')
  expect((await shop.member('customer-1').post('/me/photos', form)).status).toBe(201)
  await shop.merchant('DELETE', `/members/${people[11]}`)
  return shop
}

// An order that stands again once what paid for it has run out, which another lot is given in place of.
async function stands(shop: Story) {
  const [who = ''] = people
  await shop.grant(who, 20, { expiresAt: new Date(shop.clock() + DAY).toISOString() })
  await shop.merchant('PUT', `/members/${who}/orders/again/points`, { points: 20, lines: lines(20) })
  await shop.place(who, 'again', 20)
  await shop.cancel(who, 'again')
  shop.later(2 * DAY)
  await shop.report(who, 'again', { state: 'placed' })
  expect(await shop.export()).toMatch(/"instead_of":\d/)
}

// Lots are numbers too, in JSON.
const unplaced = ([key, value]: [string, unknown]): [string, unknown] =>
  ['lots', 'back'].includes(key) ? [key, JSON.parse(String(value)).map((lot: Json) => lot.points ?? 0)] : [key, value]

// The same rows whatever their numbers: each number becomes what it stands for, which is the order in which it comes.
function unnumbered(text: string): string[] {
  const rows: Json[] = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  const members = new Map(rows.filter(({ table }) => table === 'members').map(({ bucket, id, customer }) => [`${bucket} ${id}`, customer]))
  const until = new Map(rows.filter(({ table }) => table === 'lots').map((lot) => [`${lot.bucket} ${lot.id}`, lot.expires_at]))
  const strange = [
    'id',
    'seq',
    'member',
    'last_transfer',
    'previous',
    'transfer',
    'lot',
    'hold',
    'spend',
    'change',
    'lots',
    'back',
    'owner',
    'books',
  ]
  return rows
    .map((row) => {
      const of = row.table === 'members' ? row.customer : members.get(`${row.bucket} ${row.member}`)
      const kept = Object.entries(row)
        .filter(([key, value]) => !strange.includes(key) || typeof value === 'string')
        .map(unplaced)
        .map(([key, value]) => [key, key === 'instead_of' && value !== null ? until.get(`${row.bucket} ${value}`) : value])
      return JSON.stringify([of, row.table === 'shop' ? { ...row, id: '', books: 0 } : Object.fromEntries(kept)])
    })
    .toSorted()
}

// Those of one instant come in an order that depends on books.
const reviews = async (shop: Story) =>
  (await shop.guest('GET', '/products/dress/reviews')).body.reviews.toSorted((a: Json, b: Json) => (a.id < b.id ? -1 : 1))

const picture = async ({ fetch, shop }: Story, id: string) =>
  new Uint8Array(await (await fetch(new Request(`http://muse.test/v1/shops/${shop}/photos/${id}`))).arrayBuffer())

async function look(shop: Story) {
  const all: Json[] = []
  for (const who of people.slice(0, 11)) {
    const histories = (await shop.member(who).get('/me/history')).body.entries
    all.push([await shop.member(who).wallet(), histories, (await shop.member(who).get(`/me/orders/o-${who.split('-')[1]}`)).body])
  }
  return all
}

test.each([
  [1, 1],
  [1, 32],
  [32, 1],
  [32, 32],
])('S1 · an export of %i books becomes the same shop of %i', async (before, after) => {
  const shop = await toldShop(before)
  const seen = await look(shop)
  const text = await shop.export()
  const again = await imported(shop, text, after)
  expect(unnumbered(await again.export())).toEqual(unnumbered(text))
  expect(await look(again)).toEqual(seen)
  const { ok, transfers, sum, members } = await shop.audit()
  expect(await again.audit()).toEqual({ ok, transfers, sum, members, problems: [] })
  expect((await again.merchant('GET', '/report')).body).toEqual((await shop.merchant('GET', '/report')).body)
  expect(await reviews(again)).toEqual(await reviews(shop))
  const shown = (await again.guest('GET', '/gallery')).body.photos
  expect(shown).toMatchObject([{ caption: 'In my room', src: expect.stringContaining('/shops/again/') }])
  expect(await picture(again, shown[0].id)).toEqual(await picture(shop, shown[0].id))
  // And it goes on: codes work, refunds come back to their lots, new members come.
  const { code } = (await again.member('customer-2').wallet()).coupons.find((coupon: Json) => coupon.state === 'open')
  expect((await again.merchant('PUT', `/coupons/${code}/order`, { order: 'late', lines: lines(40) })).body).toEqual({
    discount: 40,
    change: 60,
  })
  const cancelled = { placedAt: '2026-06-01T01:00:00Z', updatedAt: '2026-07-01T01:00:00Z', state: 'cancelled', lines: lines(90) }
  const { available } = (await again.member('customer-3').wallet()).points
  await again.merchant('PUT', '/members/customer-3/orders/p-3', cancelled)
  expect((await again.member('customer-3').wallet()).points.available).toBe(available + 45)
  expect((await again.grant('newcomer', 5)).status).toBe(201)
  expect(await again.audit()).toMatchObject({ ok: true, problems: [] })
})

test('S1 · an export that went through an editor is the same one: a mark in front, other line ends, blank lines', async () => {
  const shop = await openShop({ program: rules })
  await shop.grant('c1', 500)
  const text = await shop.export()
  const again = await imported(shop, `\uFEFF${text.replaceAll('\n', '\r\n\r\n').trimEnd()}`)
  expect(unnumbered(await again.export())).toEqual(unnumbered(text))
})

test('S1 · a half imported shop answers nothing but its import, which goes on where it stopped', async () => {
  const shop = await toldShop()
  const rows: Json[] = (await shop.export())
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  const put = (body: object) => shop.ask(() => OPERATOR)('PUT', '', body)
  const { fetch, clock } = shop
  const at = openShop({ shop: 'half', fetch, clock, keys: (await shopFor(fetch, 'half', shop)) as never })
  const half = await at
  const send = (from: number, lines: Json[]) => half.merchant('PUT', '/import', { from, lines })
  const state = async () => (await half.merchant('GET', '/import')).body
  expect(await state()).toEqual({ rows: 0, open: true })
  const middle = Math.floor(rows.length / 2)
  expect((await send(0, rows.slice(0, middle))).body).toEqual({ rows: middle, open: true })
  // Not known to be everywhere yet, so it may be sent again; and nothing else is answered.
  expect(await state()).toEqual({ rows: 0, open: true })
  expect((await send(0, rows.slice(0, middle))).status).toBe(200)
  for (const reply of [
    await half.guest('GET', '/program'),
    await half.member('customer-1').get('/me'),
    await half.grant('customer-1', 5),
    await half.merchant('GET', '/export'),
    await half.operator('PUT', '', { program: half.document, origins: [] }),
  ])
    expect(reply.body).toMatchObject({ status: 503, code: 'storefront-unavailable' })
  expect((await send(middle + 1, rows.slice(middle + 1))).body).toMatchObject({ status: 409, rows: 0 })
  expect((await send(middle, rows.slice(middle, -1))).status).toBe(200)
  // Too few rows are no end.
  expect((await send(rows.length - 1, [{ table: 'end', rows: rows.length }])).body).toMatchObject({ status: 400 })
  expect((await send(rows.length - 1, rows.slice(-1))).body).toEqual({ rows: rows.length, open: true })
  expect((await half.grant('customer-1', 5)).status).toBe(503)
  expect((await send(rows.length, [])).body).toEqual({ rows: rows.length, open: false })
  expect((await half.grant('customer-1', 5)).status).toBe(201)
  expect(await half.audit()).toMatchObject({ ok: true, problems: [] })
  expect((await send(0, rows)).body).toMatchObject({ status: 409, code: 'not-eligible' })
  expect((await put({ program: shop.document, origins: [], import: true })).body).toMatchObject({ status: 400, path: ['import'] })
})

test('S1 · rows that no export has are refused, and books that do not balance stay closed', async () => {
  const shop = await openShop({ program: rules })
  await shop.grant('c1', 500)
  await shop.member('c1').redeem(100)
  const rows: Json[] = (await shop.export())
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  const attempt = async (name: string, change: (row: Json) => Json) => {
    const keys = await shopFor(shop.fetch, name, shop)
    const it = await openShop({ shop: name, fetch: shop.fetch, clock: shop.clock, keys: keys as never })
    return it.merchant('PUT', '/import', { from: 0, lines: rows.map(change) })
  }
  const wrong: Record<string, (row: Json) => Json> = {
    table: (row) => (row.table === 'members' ? { ...row, table: 'keys' } : row),
    column: (row) => (row.table === 'members' ? { ...row, 'id) VALUES (1); --': 1 } : row),
    bucket: (row) => (row.table === 'members' ? { ...row, bucket: (row.bucket + 1) % 1024 } : row),
    type: (row) => (row.table === 'members' ? { ...row, held: 'much' } : row),
    program: (row) => (row.table === 'programs' ? { ...row, document: '{}' } : row),
    schema: (row) => (row.table === 'shop' ? { ...row, schema: 99 } : row),
    count: (row) => (row.table === 'end' ? { ...row, rows: 3 } : row),
  }
  for (const [name, change] of Object.entries(wrong))
    expect([name, (await attempt(name, change)).body]).toMatchObject([name, { status: 400, code: 'invalid-request' }])
  // Whoever sends a newer server's export has to know that, and nothing else is wrong with it.
  const newer = expect.stringMatching(/newer server.* takes it in\.$/)
  const unknown = (row: Json) => (row.table === 'members' ? { ...row, table: 'stamps' } : row)
  expect((await attempt('newer', unknown)).body.detail).toEqual(newer)
  expect((await attempt('newest', wrong.schema as never)).body.detail).toEqual(newer)
  const richer = await attempt('richer', (row) => (row.table === 'members' ? { ...row, available: row.available + 1000 } : row))
  expect(richer.body).toMatchObject({ status: 409, detail: expect.stringContaining('does not balance') })
  expect((await shop.ask(() => OPERATOR)('PUT', '/import', { from: 0, lines: [] })).status).toBe(403)
  expect((await shop.guest('PUT', '/import', { from: 0, lines: [] })).status).toBe(401)
  // Over a wire the answer comes before all of it is sent, which the sender may take for a broken line.
  if (!onEdge()) expect((await shop.merchant('PUT', '/import', ' '.repeat(8 * 1024 * 1024 + 1))).status).toBe(413)
  expect((await shop.merchant('PUT', '/import', { from: 0, lines: rows })).body).toMatchObject({ status: 409, code: 'not-eligible' })
})

/** Opens a shop for an import; gives its keys. */
async function shopFor(fetch: Story['fetch'], shop: string, { document }: Story) {
  const sent = new Request(`http://muse.test/v1/shops/${shop}`, {
    method: 'PUT',
    headers: { Authorization: `Bearer ${OPERATOR}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ program: document, origins: [], import: true, ...(process.env.MUSE_BOOKS ? { books: 32 } : {}) }),
  })
  return (await (await fetch(sent)).json()).keys
}
