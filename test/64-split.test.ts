// One Durable Object divided into 32 while workerd runs, killed again and again in the middle: the same shop, row for row.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { backup } from '../server/hosts/node/backup.ts'
import { giveUpOnEdge, splitOnEdge } from '../server/hosts/node/split-edge.ts'
import { people, rows, shopping } from './64-people.ts'
import { prepare } from './battery/victim.ts'
import { mustBeDocumented } from './document.ts'
import { postcard, rewarding } from './requests.ts'
import { lines, OPERATOR, openShop, type Story } from './story.ts'

const many = Array.from({ length: 4_000 }, (_, index) => `one-of-many-${index}`)

async function onEdge() {
  const victim = await prepare('edge', { clock: true })
  onTestFinished(() => victim.remove())
  await victim.start()
  const shop = await openShop({ shop: 'jej', fetch: victim.send, clock: victim.clock, program: rewarding, books: 1 })
  /** Goes on for two seconds at most, while one object gives no answer when it is asked for something. */
  const step = async (broken = '') => {
    const headers = { Authorization: `Bearer ${OPERATOR}`, ...(broken ? { 'Test-Broken': broken } : {}) }
    const request = new Request('http://muse.test/v1/shops/jej/books', { method: 'PUT', body: '{"books":32}', headers })
    const response = await victim.send(request).catch(() => undefined)
    const text = await response?.text()
    if (response && text !== undefined) mustBeDocumented(request, response, text)
    return text === undefined ? undefined : JSON.parse(text)
  }
  /** As many steps as it takes, on however slow a machine, until that object is missed. */
  const until = async (broken: string) => {
    let told = await step(broken)
    while (told && !told.code && !told.done) told = await step(broken)
    return told?.code
  }
  return { victim, shop, step, until, splitting: () => ({ url: victim.url(), operatorKey: OPERATOR, shop: 'jej' }) }
}

test('a shop of one object, split into 32 and killed on the way, keeps every code, wallet, answer and photo', {
  timeout: 240_000,
}, async () => {
  const { victim, shop, step, until, splitting } = await onEdge()
  const before = await story(shop)
  const exported = await shop.export()
  const refused = async (read: number[]) => {
    const write = await shop.grant('customer-1', 1)
    expect([write.status, write.headers.get('Retry-After')]).toEqual([503, '5'])
    expect(read).toContain((await shop.merchant('GET', '/members/customer-1')).status)
  }
  const again = async () => {
    await victim.stop('SIGKILL')
    await victim.start()
  }
  for (const broken of ['20 receive', '7 receive', '31 check']) {
    expect(await until(broken)).toBe('storefront-unavailable')
    await again()
    await refused([200])
    expect(rows(await shop.export())).toEqual(rows(exported))
  }
  // At whatever it is by then.
  for (let delay = 5; delay < 100; delay *= 2) {
    const stepping = step('1 open')
    await wait(delay)
    await again()
    await stepping
  }
  expect(await until('1 open')).toBe('storefront-unavailable')
  await again()
  await splitOnEdge(splitting(), 32)
  expect(rows(await shop.export())).toEqual(rows(exported))
  await sameAs(before, shop)
})

test('given up, it is the shop it was, and can be split again after it went on', { timeout: 120_000 }, async () => {
  const { victim, shop, until, splitting } = await onEdge()
  await shop.merchant('POST', '/grants', { points: 5, reason: 'gift', members: people }, 'many')
  const exported = await shop.export()
  const inBackup = () => backup(victim.data, copies(), Date.now()).files.reduce((sum, { transfers }) => sum + (transfers ?? 0), 0)
  expect(await until('9 check')).toBe('storefront-unavailable')
  // Its rows are in two places, and each file is copied at an instant of its own.
  expect(inBackup).toThrow('jej is being split: back it up once that is done, or given up.')
  await giveUpOnEdge(splitting())
  expect(inBackup()).toBe(people.length)
  expect(rows(await shop.export())).toEqual(rows(exported))
  for (const person of people.slice(30)) expect((await shop.member(person).redeem(1)).status).toBe(201)
  const further = await shop.export()
  await splitOnEdge(splitting(), 32)
  expect(rows(await shop.export())).toEqual(rows(further))
  expect(await shop.audit()).toMatchObject({ ok: true, members: people.length })
  await expect(giveUpOnEdge(splitting())).resolves.toBeUndefined()
  await expect(splitOnEdge(splitting(), 1024)).rejects.toThrow('32 books already')
})

test('is the operator’s to ask for, of a shop there is, into a number there is', async () => {
  const { victim, shop, splitting } = await onEdge()
  for (const key of [shop.keys.secret, 'op_wrong', ''])
    await expect(splitOnEdge({ ...splitting(), operatorKey: key }, 32)).rejects.toThrow(/credential|Authorization|operator/i)
  await expect(splitOnEdge({ ...splitting(), shop: 'nobody' }, 32)).rejects.toThrow('no such shop')
  await expect(splitOnEdge(splitting(), 7)).rejects.toThrow('32 or 1024')
  expect((await shop.grant('customer-1', 5)).status).toBe(201)
  // Nothing is given up where nothing was begun, and no shop has another number of books for being asked.
  const large = await openShop({ shop: 'large', fetch: victim.send, clock: victim.clock, books: 32 })
  expect((await large.operator('DELETE', '/books')).body).toEqual({ books: 32 })
})

function copies(): string {
  const made = mkdtempSync(join(tmpdir(), 'muse-split-'))
  onTestFinished(() => rmSync(made, { recursive: true }))
  return made
}

// Something of all that a member's book and the shop's first one hold, some of it not settled yet.
async function story(shop: Story) {
  await shop.merchant('POST', '/grants', { points: 5, reason: 'gift', members: [...people, ...many] }, 'many')
  await shopping(shop, 1_500)
  const kept = (await shop.member('customer-3').redeem(100, 'kept-key')).body
  await shop.member('customer-5').put('/me/follows/x')
  const gift = (await shop.member('customer-6').post('/me/gifts', { gift: 'pin' })).body.id
  const photo = (await shop.member('customer-7').post('/me/photos', postcard(1))).body.id
  await shop.merchant('PUT', '/prizes/2026-06', { photos: [photo] })
  await shop.merchant('PUT', '/members/customer-8/orders/paid/points', { points: 50, lines: lines(1_000) })
  return { kept, gift, photo, gallery: (await shop.guest('GET', '/gallery')).body, wallets: await wallets(shop), audit: await shop.audit() }
}

const wallets = (shop: Story) => Promise.all(people.map(async (person) => (await shop.merchant('GET', `/members/${person}`)).body))

async function sameAs(before: Awaited<ReturnType<typeof story>>, shop: Story) {
  const { kept, gift, photo } = before
  expect(await shop.audit()).toEqual(before.audit)
  expect(await wallets(shop)).toEqual(before.wallets)
  expect((await shop.guest('GET', '/gallery')).body).toEqual(before.gallery)
  const exported = rows(await shop.export())
  expect((await shop.member('customer-3').redeem(100, 'kept-key')).body).toEqual(kept)
  const again = await shop.merchant('POST', '/grants', { points: 5, reason: 'gift', members: [...people, ...many] }, 'many')
  expect(again).toMatchObject({ status: 201, body: { granted: people.length + many.length } })
  expect((await shop.merchant('PUT', '/prizes/2026-06', { photos: [photo] })).body.prizes).toMatchObject([{ photo }])
  expect((await shop.member('customer-5').put('/me/follows/x')).body.code).toBe('already-done')
  expect(rows(await shop.export())).toEqual(exported)
  expect((await shop.merchant('PATCH', `/gifts/${gift}`, { state: 'accepted' })).body.member).toBe('customer-6')
  const use = await shop.merchant('PUT', `/coupons/${kept.coupon.code}/order`, { order: 'late', lines: lines(60) })
  expect(use.body).toEqual({ discount: 60, change: 40 })
  for (const person of people) expect((await shop.member(person).redeem(7)).status).toBe(201)
  expect(await shop.audit()).toMatchObject({ ok: true, sum: 0, members: before.audit.members })
}
