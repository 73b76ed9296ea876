// A book with something of everything in it, as SQL text, and what its shop says about it: made today, opened for ever.
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { open } from '../../server/hosts/node.ts'
import { scripts } from '../../server/ledger/schema.ts'
import { pngOf } from '../pictures/files.ts'
import { dresses, photograph, shots } from '../pictures/photos.ts'
import { asking, lines, OPERATOR, openShop, type Story } from '../story.ts'

/** What the shop said when the book was made. */
export interface Seen {
  now: string
  keys: { secret: string; signing: { kid: string; secret: string } }
  /** One answer, to be given again under its key. */
  kept: { key: string; text: string }
  wallets: object[]
  transfers: object
}

const MEMBERS = ['spender', 'debtor', 'waiter', 'forgetful']
const FILE = 'books/old.0.sqlite'

/** What a script is pinned by. */
export const hashOf = (number: number) =>
  createHash('sha256')
    .update(JSON.stringify(scripts[number - 1]))
    .digest('hex')

/** Tells a story in which every table gets a row. */
export async function makeBook(): Promise<{ sql: string; seen: Seen }> {
  const data = mkdtempSync(join(tmpdir(), 'muse-schema-'))
  let now = Date.parse('2026-06-01T10:00:00+09:00')
  const host = open({ data, operatorKey: OPERATOR, clock: () => now })
  const program = { redeeming: { coupon: { life: 'P30D' } }, expiry: { life: 'P1Y' } }
  const shop = await openShop({ shop: 'old', program, fetch: host.fetch, clock: () => now })
  await shop.grant('spender', 5000)
  await shop.grant('spender', 100, { expiresAt: '2026-06-05T00:00:00Z' })
  const kept = await shop.member('spender').redeem(500, 'kept')
  await shop.merchant('PUT', `/coupons/${kept.body.coupon.code}/order`, { order: 'bought', lines: lines(300) })
  await shop.place('spender', 'bought', 300)
  await shop.cancel('spender', 'bought')
  const { code } = (await shop.member('spender').redeem(700)).body.coupon
  await shop.member('spender').delete(`/me/coupons/${code}`)
  await shop.member('forgetful').get('/me')
  await shop.grant('forgetful', 80)
  await shop.member('forgetful').redeem(80)
  await shop.place('debtor', 'o1', 30_000)
  await shop.ship('debtor', 'o1')
  await shop.place('waiter', 'o2', 12_300)
  now += 8 * 86_400_000
  // What it was paid with has run out meanwhile.
  await shop.report('spender', 'bought', { state: 'placed' })
  await shop.member('debtor').redeem(250)
  await shop.cancel('debtor', 'o1')
  await shop.newProgram({
    earning: { purchase: { percent: 2, delay: 'P7D' }, ...rewards },
    redeeming: { ...program.redeeming, checkout: { max: null }, gifts },
  })
  await shop.place('waiter', 'o3', 9_900)
  await reward(shop)
  const seen = { now: new Date(now).toISOString(), keys: shop.keys, kept: { key: 'kept', text: kept.text }, ...(await look(shop)) }
  host.close()
  const sql = dump(join(data, FILE))
  rmSync(data, { recursive: true })
  return { sql, seen }
}

const rewards = { photo: { points: 10 }, prizes: [500], follow: { points: 10, accounts: { x: 'https://x.com/shop' } } }
const gifts = [{ id: 'pin', title: 'Pin', points: 50 }]

// What earns points beside buying, and what they buy beside coupons.
async function reward(shop: Story) {
  const spender = shop.member('spender')
  await shop.merchant('PUT', '/sellers/s1', { name: 'S', joinedAt: '2026-05-01T00:00:00Z' })
  await shop.merchant('PUT', '/products/dress', { title: 'Dress', price: 900, seller: 's1' })
  await spender.put('/me/follows/x')
  await spender.post('/me/gifts', { gift: 'pin' })
  await shop.merchant('PUT', '/members/spender/orders/paid/points', { points: 40, lines: lines(900) })
  const form = new FormData()
  form.set('photo', new Blob([pngOf(photograph(dresses.rose!, shots['close, in a room']!, 1, 72))]), 'photo.png')
  const { id } = (await spender.post('/me/photos', form)).body
  await shop.merchant('PUT', '/prizes/2026-06', { photos: [id] })
}

/** Opens a book with today's code: gives what its shop says now, and who can go on talking to it. */
export async function openBook(sql: string, { now, keys }: Seen) {
  const data = mkdtempSync(join(tmpdir(), 'muse-schema-'))
  mkdirSync(join(data, 'books'))
  const database = new DatabaseSync(join(data, FILE))
  database.exec(sql)
  database.close()
  const clock = () => Date.parse(now)
  const host = open({ data, operatorKey: OPERATOR, clock })
  // Another shop lends what is needed to sign a token.
  const lender = await openShop({ shop: 'lender', fetch: host.fetch, clock })
  const ask = asking(host.fetch, '/v1/shops/old')
  const merchant = ask(() => keys.secret)
  const member = (id: string) => {
    const asks = ask(() => lender.token(id, { aud: 'old' }, { kid: keys.signing.kid }, keys.signing.secret))
    return {
      wallet: async () => (await asks('GET', '/me')).body,
      redeem: (points: number, key?: string) => asks('POST', '/me/coupons', { points }, key),
    }
  }
  const audit = async () => (await merchant('GET', '/audit')).body
  const close = () => {
    host.close()
    rmSync(data, { recursive: true })
  }
  return { merchant, member, audit, close, seen: await look({ merchant, member, audit }) }
}

type Looked = Pick<Awaited<ReturnType<typeof openShop>>, 'merchant' | 'audit'> & { member(id: string): { wallet(): Promise<object> } }

async function look(shop: Looked): Promise<Pick<Seen, 'wallets' | 'transfers'>> {
  const wallets = []
  for (const id of MEMBERS) wallets.push(await shop.member(id).wallet())
  const { ok, transfers, sum, members, problems } = await shop.audit()
  return { wallets, transfers: { ok, transfers, sum, members, problems } }
}

function dump(file: string): string {
  const database = new DatabaseSync(file)
  const made = database.prepare('SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL').all() as Record<string, string>[]
  const rows = made
    .filter(({ type }) => type === 'table')
    .flatMap(({ name }) =>
      database
        .prepare(`SELECT * FROM ${name}`)
        .all()
        .map((row) => `INSERT INTO ${name} VALUES (${Object.values(row).map(literal).join(', ')})`),
    )
  database.close()
  return ['BEGIN', ...made.map(({ sql }) => sql), ...rows, 'COMMIT', ''].join(';\n')
}

function literal(value: unknown): string {
  if (value instanceof Uint8Array) return `X'${Buffer.from(value).toString('hex')}'`
  return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value).toUpperCase()
}
