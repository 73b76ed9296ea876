// How much may be asked, on both hosts: each budget lets a person be, ends a flood, and says truly when it will be back.
import { describe, expect, test } from 'vitest'
import { Problem } from '../server/contract.ts'
import { lines, ORIGIN, openShop, type Reply, type Story } from './story.ts'

const wide = { burst: 100_000, perSecond: 100_000 }
const tight = (budgets: object) => JSON.stringify({ address: wide, member: wide, shop: wide, trustProxy: true, ...budgets })
const NOWHERE = '0000000000000001'

/** How each host is told where a request comes from. */
const from = (address: string) => ({ 'X-Forwarded-For': `6.6.6.6, ${address}`, 'CF-Connecting-IP': address, Origin: ORIGIN })
const visit = (shop: Story, address: string, path = '/program') => shop.guest('GET', path, undefined, null, from(address))

async function statuses(count: number, ask: () => Promise<Reply>): Promise<number[]> {
  const found = []
  for (let asked = 0; asked < count; asked++) found.push((await ask()).status)
  return found
}

const seconds = (reply: Reply) => Number(reply.headers.get('Retry-After'))

/** A refusal of this budget, whole: a problem document that a page of the shop may read, and a time that is true. */
async function mustBeTrue(shop: Story, budget: string, ask: () => Promise<Reply>, good: number) {
  const reply = await ask()
  expect([reply.status, reply.headers.get('Content-Type')]).toEqual([429, 'application/problem+json'])
  expect(Problem.parse(reply.body)).toMatchObject({ code: 'too-many-requests', status: 429 })
  expect(reply.body).toMatchObject({ budget, retryAfter: seconds(reply) })
  expect(reply.headers.get('Retry-After')).toMatch(/^[1-9]\d*$/)
  expect(reply.headers.get('Cache-Control')).toBe('no-store')
  shop.later((seconds(reply) - 1) * 1000)
  if (seconds(reply) > 1) expect((await ask()).status).toBe(429)
  shop.later(1000)
  expect((await ask()).status).toBe(good)
}

describe('as it comes, nobody who is a person meets it', () => {
  test('200 redeems at once of one member all have their answer', async () => {
    const shop = await openShop({ limits: 'on' })
    await shop.grant('c1', 5000)
    const replies = await Promise.all(Array.from({ length: 200 }, () => shop.member('c1').redeem(500)))
    expect(replies.filter(({ status }) => status === 201)).toHaveLength(10)
    expect(replies.filter(({ status }) => status === 409)).toHaveLength(190)
  })

  test('50 shoppers behind one address each open a page that asks ten times', async () => {
    const shop = await openShop({ limits: JSON.stringify({ trustProxy: true }) })
    const page = async (id: string) => {
      const token = await shop.token(id)
      const asks = shop.ask(() => token)
      const seen = await Promise.all(Array.from({ length: 9 }, () => visit(shop, '9.9.9.9')))
      return [...seen, await asks('GET', '/me', undefined, null, from('9.9.9.9'))].map(({ status }) => status)
    }
    const pages = await Promise.all(Array.from({ length: 50 }, (_, index) => page(`c${index}`)))
    expect(new Set(pages.flat())).toEqual(new Set([200]))
  })

  test('a shop’s server reports 1,000 orders within a second from one address', async () => {
    const shop = await openShop({ limits: JSON.stringify({ trustProxy: true }) })
    const order = { placedAt: '2026-06-01T01:00:00Z', updatedAt: '2026-06-01T01:00:00Z', state: 'placed', lines: lines(100) }
    const report = (index: number) => shop.merchant('PUT', `/members/c${index % 7}/orders/o${index}`, order, null, from('9.9.9.9'))
    const replies = await Promise.all(Array.from({ length: 1000 }, (_, index) => report(index)))
    expect(replies.filter(({ status }) => status !== 200)).toEqual([])
  })
})

describe('an address', () => {
  test('pays for a long quote as for many short ones, also for several at once', async () => {
    const shop = await openShop({ limits: tight({ address: { burst: 100, perSecond: 10 } }) })
    const tags = Array.from({ length: 60 }, (_, index) => `tag-${index}`)
    const quote = (address: string, count: number) => {
      const all = Array.from({ length: count }, (_, index) => ({ ...lines(100)[0], id: `${index}`, tags }))
      return shop.guest('POST', '/quotes', { lines: all }, null, from(address))
    }
    expect(await statuses(50, () => quote('1.2.3.4', 1))).toEqual(Array(50).fill(200))
    const many = await Promise.all(Array.from({ length: 8 }, () => quote('4.3.2.1', 800)))
    expect(many.map(({ status }) => status).toSorted()).toEqual([200, ...Array(7).fill(429)])
    await mustBeTrue(shop, 'address', () => quote('4.3.2.1', 1), 200)
    expect((await quote('1.2.3.4', 1)).status).toBe(200)
  })

  test('has its burst, is told when to come back, and takes nothing from another', async () => {
    const shop = await openShop({ limits: tight({ address: { burst: 5, perSecond: 0.5 } }) })
    expect(await statuses(5, () => visit(shop, '1.2.3.4'))).toEqual(Array(5).fill(200))
    await mustBeTrue(shop, 'address', () => visit(shop, '1.2.3.4'), 200)
    const refused = await visit(shop, '1.2.3.4')
    expect(refused.status).toBe(429)
    expect(refused.headers.get('Access-Control-Allow-Origin')).toBe(ORIGIN)
    expect(refused.headers.get('Access-Control-Expose-Headers')).toMatch(/\bRetry-After\b/)
    expect((await visit(shop, '4.3.2.1')).status).toBe(200)
  })

  test('that was refused a hundred times waits no longer for it', async () => {
    const shop = await openShop({ limits: tight({ address: { burst: 2, perSecond: 1 } }) })
    await statuses(102, () => visit(shop, '1.2.3.4'))
    shop.later(1000)
    expect((await visit(shop, '1.2.3.4')).status).toBe(200)
  })

  test('pays for credentials that are wrong, and no more is verified once it cannot', async () => {
    const shop = await openShop({ limits: tight({ address: { burst: 3, perSecond: 0.1 } }) })
    const forged = await shop.token('c1', {}, {}, 'another secret')
    const forger = () => shop.ask(() => forged)('GET', '/me', undefined, null, from('1.2.3.4'))
    expect(await statuses(5, forger)).toEqual([401, 401, 401, 429, 429])
    const guesser = () => shop.ask(() => 'sk_wrong')('GET', '/audit', undefined, null, from('1.2.3.5'))
    expect(await statuses(5, guesser)).toEqual([401, 401, 401, 429, 429])
  })

  test('gets its own back for whoever proves who they are', async () => {
    const shop = await openShop({ limits: tight({ address: { burst: 3, perSecond: 0.1 } }) })
    const member = () => shop.ask(() => shop.token('c1'))('GET', '/me', undefined, null, from('1.2.3.4'))
    const server = () => shop.merchant('GET', '/members/c1', undefined, null, from('1.2.3.4'))
    expect(new Set([...(await statuses(20, member)), ...(await statuses(20, server))])).toEqual(new Set([200]))
    expect(await statuses(4, () => visit(shop, '1.2.3.4'))).toEqual([200, 200, 200, 429])
  })

  test('of IPv6 is the network of one subscriber', async () => {
    const shop = await openShop({ limits: tight({ address: { burst: 2, perSecond: 0.1 } }) })
    const found = []
    for (const tail of ['1', '2', 'ffff:0:1:2']) found.push((await visit(shop, `2001:db8:1:2::${tail}`)).status)
    expect(found).toEqual([200, 200, 429])
    expect((await visit(shop, '2001:db8:1:3::1')).status).toBe(200)
  })

  test('that asks for shops that are not there pays too', async () => {
    const shop = await openShop({ limits: tight({ address: { burst: 2, perSecond: 0.1 } }) })
    const other = await openShop({ shop: 'other', fetch: shop.fetch, clock: shop.clock })
    expect(await statuses(2, () => visit(other, '1.2.3.4'))).toEqual([200, 200])
    expect((await visit(other, '1.2.3.4')).status).toBe(429)
  })
})

describe('a member', () => {
  test('has a budget of their own, wherever they come from', async () => {
    const shop = await openShop({ limits: tight({ member: { burst: 4, perSecond: 0.25 } }) })
    const token = await shop.token('c1')
    let hop = 0
    const ask = () => shop.ask(() => token)('GET', '/me', undefined, null, from(`1.2.3.${hop++}`))
    expect(await statuses(4, ask)).toEqual([200, 200, 200, 200])
    await mustBeTrue(shop, 'member', ask, 200)
    expect((await shop.member('c2').get('/me')).status).toBe(200)
    expect((await shop.merchant('GET', '/members/c1')).status).toBe(200)
  })

  test('that is refused a redeem has lost nothing, and the same key still works afterwards', async () => {
    const shop = await openShop({ limits: tight({ member: { burst: 1, perSecond: 1 } }) })
    await shop.grant('c1', 500)
    await shop.member('c1').get('/me')
    expect((await shop.member('c1').redeem(500, 'once')).status).toBe(429)
    shop.later(1000)
    expect((await shop.member('c1').redeem(500, 'once')).status).toBe(201)
  })
})

describe('a shop', () => {
  test('has a budget that its neighbours do not feel', async () => {
    const shop = await openShop({ limits: tight({ shop: { burst: 5, perSecond: 1 } }) })
    const other = await openShop({ shop: 'other', fetch: shop.fetch, clock: shop.clock })
    expect(await statuses(5, () => shop.guest('GET', '/program'))).toEqual(Array(5).fill(200))
    await mustBeTrue(shop, 'shop', () => shop.guest('GET', '/program'), 200)
    expect((await other.guest('GET', '/program')).status).toBe(200)
  })

  test('still answers what a browser asks beforehand, and that it is well', async () => {
    const shop = await openShop({ limits: tight({ shop: { burst: 1, perSecond: 0.001 } }) })
    expect(await statuses(2, () => shop.guest('GET', '/program'))).toEqual([200, 429])
    const preflight = { Origin: ORIGIN, 'Access-Control-Request-Method': 'POST' }
    expect((await shop.guest('OPTIONS', '/me/coupons', undefined, null, preflight)).status).toBe(204)
    expect((await shop.fetch(new Request('http://muse.test/healthz'))).status).toBe(200)
  })
})

describe('wrong coupon codes', () => {
  const guesses = { guesses: { burst: 3, perSecond: 0.1 }, serverGuesses: { burst: 6, perSecond: 1 } }

  test('of a member end in a refusal, of right ones too, since an answer would tell them apart', async () => {
    const shop = await openShop({ limits: tight(guesses) })
    await shop.grant('c1', 1000)
    const { code } = (await shop.member('c1').redeem(500)).body.coupon
    const wrong = () => shop.member('c1').delete(`/me/coupons/${NOWHERE}`)
    expect(await statuses(3, wrong)).toEqual([404, 404, 404])
    expect((await shop.member('c1').delete(`/me/coupons/${code}`)).status).toBe(429)
    await mustBeTrue(shop, 'guesses', wrong, 404)
    shop.later(10_000)
    expect((await shop.member('c1').delete(`/me/coupons/${code}`)).status).toBe(200)
    expect((await shop.member('c1').get('/me')).status).toBe(200)
  })

  test('are those of others and misspelt ones as well, and take nothing from another member', async () => {
    const shop = await openShop({ limits: tight(guesses) })
    await shop.grant('c1', 1000)
    const { code } = (await shop.member('c1').redeem(500)).body.coupon
    const found = []
    for (const text of [code, 'no code', 'x'.repeat(16), NOWHERE]) {
      found.push((await shop.member('c2').delete(`/me/coupons/${encodeURIComponent(text)}`)).status)
    }
    expect(found).toEqual([404, 404, 404, 429])
    expect((await shop.member('c1').delete(`/me/coupons/${code}`)).status).toBe(200)
  })

  test('fired all at once are counted one by one', async () => {
    const shop = await openShop({ limits: tight(guesses) })
    const replies = await Promise.all(Array.from({ length: 50 }, () => shop.member('c1').delete(`/me/coupons/${NOWHERE}`)))
    expect(replies.filter(({ status }) => status === 404)).toHaveLength(3)
    expect(replies.filter(({ status }) => status === 429)).toHaveLength(47)
  })

  test('of the customer whom the shop names stop that customer’s checkout, and nobody else’s', async () => {
    const shop = await openShop({ limits: tight(guesses) })
    await shop.grant('c1', 1000)
    const { code } = (await shop.member('c1').redeem(500)).body.coupon
    const check = (text: string, member?: string) => shop.merchant('POST', `/coupons/${text}/check`, { lines: lines(10_000), member })
    expect(await statuses(4, () => check(NOWHERE, 'mallory'))).toEqual([404, 404, 404, 429])
    expect((await check(code, 'mallory')).status).toBe(429)
    expect((await check(code, 'c1')).body).toMatchObject({ usable: true, discount: 500 })
    expect((await check(code)).status).toBe(200)
    const use = await shop.merchant('PUT', `/coupons/${code}/order`, { order: 'o1', member: 'mallory', lines: lines(10_000) })
    expect(use.status).toBe(429)
  })

  test('of a server that names nobody have a budget of their own', async () => {
    const shop = await openShop({ limits: tight(guesses) })
    expect(await statuses(6, () => shop.merchant('GET', `/coupons/${NOWHERE}`))).toEqual(Array(6).fill(404))
    await mustBeTrue(shop, 'serverGuesses', () => shop.merchant('GET', `/coupons/${NOWHERE}`), 404)
  })

  test('are all that counts: right ones may be asked for as often as one likes', async () => {
    const shop = await openShop({ limits: tight(guesses) })
    await shop.grant('c1', 1000)
    const { code } = (await shop.member('c1').redeem(500)).body.coupon
    expect(new Set(await statuses(20, () => shop.merchant('GET', `/coupons/${code}`)))).toEqual(new Set([200]))
    const check = () => shop.merchant('POST', `/coupons/${code}/check`, { member: 'c1', lines: lines(100) })
    expect(new Set(await statuses(20, check))).toEqual(new Set([200]))
  })
})

test('off is off, and null takes a single budget away', async () => {
  const none = await openShop({ limits: 'off' })
  expect(new Set(await statuses(400, () => none.merchant('GET', `/coupons/${NOWHERE}`)))).toEqual(new Set([404]))
  const one = await openShop({ limits: tight({ serverGuesses: null, guesses: { burst: 1, perSecond: 0.1 } }) })
  expect(new Set(await statuses(400, () => one.merchant('GET', `/coupons/${NOWHERE}`)))).toEqual(new Set([404]))
  expect(await statuses(2, () => one.member('c1').delete(`/me/coupons/${NOWHERE}`))).toEqual([404, 429])
})

test('a clock set back a day locks nobody out', async () => {
  const shop = await openShop({ limits: tight({ address: { burst: 3, perSecond: 1 } }) })
  await statuses(2, () => visit(shop, '1.2.3.4'))
  shop.later(-86_400_000)
  expect(await statuses(4, () => visit(shop, '1.2.3.4'))).toEqual([200, 200, 200, 429])
})
