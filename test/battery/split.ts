// A shop of very many transfers spread over 32 books: the same shop line for line, whose every code still works.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { splitOnEdge } from '../../server/hosts/node/split-edge.ts'
import { sameRows } from '../64-people.ts'
import { lines, OPERATOR, type Story } from '../story.ts'
import type { Victim } from './victim.ts'

const BOOKS = 32
/** Members in a gift to many. */
const AT_ONCE = 10_000
const HANDS = 32
/** Of a member's ten transfers these come one by one: four coupons, one of them taken back, and one used for less than it is worth. */
const SINGLY = 7
const GIFTS = 3
/** Coupons tried and wallets compared, spread over all members. */
const SAMPLE = 1_000

/** Lives a shop through so many transfers, splits it as its host does, and compares. */
export async function split(victim: Victim, transfers: number) {
  await victim.start()
  const shop = await victim.openShop('large')
  const members = Math.ceil(transfers / (GIFTS + SINGLY))
  const open = await live(shop, members)
  const sample = spread(members, SAMPLE)
  const before = await seen(shop, sample)
  assert.ok(Number(before.audit.transfers) >= transfers)
  const begun = performance.now()
  await divide(victim)
  const seconds = Math.round((performance.now() - begun) / 1_000)
  const after = await seen(shop, sample)
  assert.deepEqual(after, before)
  const codes = spread(open.length, SAMPLE).map((place) => open[place] as string)
  await inHands(codes.length, async (place) => {
    const order = { order: `after-${place}`, lines: lines(3) }
    const { status, body, text } = await shop.merchant('PUT', `/coupons/${codes[place]}/order`, order)
    assert.equal(status, 200, text)
    assert.deepEqual(body, { discount: 3, change: 7 })
  })
  const { ok, sum, problems } = await shop.audit()
  assert.deepEqual({ ok, sum, problems }, { ok: true, sum: 0, problems: [] })
  return { transfers: before.audit.transfers, members, rows: before.export.rows, splitSeconds: seconds, codesUsed: codes.length }
}

/** Three gifts to everybody, then what each does alone; gives the codes of the coupons that are open in the end. */
async function live(shop: Story, members: number): Promise<string[]> {
  const gifts = Math.ceil(members / AT_ONCE)
  await inHands(GIFTS * gifts, async (gift) => {
    const from = (gift % gifts) * AT_ONCE
    const everybody = Array.from({ length: Math.min(AT_ONCE, members - from) }, (_, place) => nameOf(from + place))
    const { status, text } = await shop.merchant('POST', '/grants', { points: 100, reason: 'gift', members: everybody }, `gift-${gift}`)
    assert.equal(status, 201, text)
  })
  const open: string[] = []
  await inHands(members, async (place) => {
    const member = shop.member(nameOf(place))
    const [first, second, ...rest] = await inTurn(4, async () => (await member.redeem(10)).body.coupon.code as string)
    const back = await member.delete(`/me/coupons/${first}`)
    const used = await shop.merchant('PUT', `/coupons/${second}/order`, { order: `bought-${place}`, lines: lines(6) })
    assert.deepEqual([back.status, used.status], [200, 200])
    open.push(...rest)
  })
  return open
}

const nameOf = (place: number) => `customer-${place}`

async function inTurn<T>(count: number, act: () => Promise<T>): Promise<T[]> {
  const done: T[] = []
  while (done.length < count) done.push(await act())
  return done
}

async function inHands(count: number, act: (place: number) => Promise<void>): Promise<void> {
  let next = 0
  const hand = async () => {
    while (next < count) await act(next++)
  }
  await Promise.all(Array.from({ length: HANDS }, hand))
}

/** So many of these places, or all of them, as far apart as they can be. */
const spread = (length: number, count: number) =>
  Array.from({ length: Math.min(length, count) }, (_, index) => Math.floor((index * length) / Math.min(length, count)))

// As a user of this host splits a shop: the embedded server has to be stopped first.
async function divide(victim: Victim): Promise<void> {
  if (victim.name === 'edge') return splitOnEdge({ url: victim.url(), operatorKey: OPERATOR, shop: 'large' }, BOOKS)
  await victim.stop('SIGTERM')
  const options = ['--disable-warning=ExperimentalWarning', 'server/hosts/split.ts', 'large', `${BOOKS}`]
  const child = spawn(process.execPath, options, {
    env: { ...process.env, MUSE_DATA: victim.data },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  assert.deepEqual(await once(child, 'exit'), [0, null])
  await victim.start()
}

async function seen(shop: Story, sample: number[]) {
  const wallets: unknown[] = []
  await inHands(sample.length, async (place) => {
    wallets[place] = (await shop.merchant('GET', `/members/${nameOf(sample[place] as number)}`)).body
  })
  return { wallets, audit: await shop.audit(), export: await digest(shop) }
}

/** What an export holds, whatever the order of its lines: how many rows, and the sum of their hashes. */
async function digest({ fetch, shop, keys }: Story) {
  const request = new Request(`http://muse.test/v1/shops/${shop}/export`, { headers: { Authorization: `Bearer ${keys.secret}` } })
  const { status, body } = await fetch(request)
  assert.equal(status, 200)
  let rows = 0
  let sum = 0n
  for await (const line of createInterface({ input: Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0]) }))
    for (const row of sameRows(line)) {
      rows++
      sum = BigInt.asUintN(256, sum + BigInt(`0x${createHash('sha256').update(row).digest('hex')}`))
    }
  return { rows, sum: sum.toString(16) }
}
