// A shop to load: members with points, each with a real signed token, and requests as the widget sends them.
import { SignJWT } from 'jose'
import type { Asked } from './load.ts'
import { OPERATOR } from './servers.ts'

const ORIGIN = 'https://shop.example'
const POINTS = 1_000_000_000

export type Shop = Awaited<ReturnType<typeof openShop>>

let shops = 0

/** A new shop of so many books on the server at `port`, with `count` members. A member is asked for in turn, so that none piles up coupons. */
export async function openShop(port: number, count: number, books = 1) {
  const base = `/v1/shops/bench-${shops++}`
  const send = async (method: string, path: string, bearer: string, body: unknown) => {
    const headers = { Authorization: `Bearer ${bearer}`, 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID() }
    const response = await fetch(`http://127.0.0.1:${port}${base}${path}`, { method, headers, body: JSON.stringify(body) })
    if (!response.ok) throw new Error(`${method} ${base}${path}: ${response.status} ${await response.text()}`)
    return response.json()
  }
  const program = { name: 'Bench', currency: 'JPY', timeZone: 'Asia/Tokyo', earning: { purchase: { percent: 1, delay: 'P7D' } } }
  const { keys } = await send('PUT', '', OPERATOR, { program, origins: [ORIGIN], books })
  const customers = Array.from({ length: count }, (_, index) => `customer-${index}`)
  for (let from = 0; from < count; from += 5_000)
    await send('POST', '/grants', keys.secret, { points: POINTS, reason: 'gift', members: customers.slice(from, from + 5_000) })
  const secret = new TextEncoder().encode(keys.signing.secret)
  const iat = Math.floor(Date.now() / 1000)
  const claims = { aud: base.slice(10), iat, exp: iat + 3600 }
  const sign = (sub: string) => new SignJWT({ ...claims, sub }).setProtectedHeader({ alg: 'HS256', kid: keys.signing.kid }).sign(secret)
  const tokens = await Promise.all(customers.map(sign))
  const headers = tokens.map((token) => ({ Origin: ORIGIN, Authorization: `Bearer ${token}` }))
  let turn = 0
  const next = () => headers[turn++ % count] as Record<string, string>
  const run = crypto.randomUUID().slice(0, 8)
  return {
    redeem: (path = `${base}/me/coupons`): Asked => ({
      ...{ method: 'POST', path, body: '{"points":100}' },
      headers: { ...next(), 'Idempotency-Key': `${run}-${turn}` },
    }),
    /** One balance read by every member, as the widget does when it opens. */
    each: () => {
      let left = count
      return () => (left-- > 0 ? ({ method: 'GET', path: `${base}/me`, headers: next() } satisfies Asked) : undefined)
    },
    balance: (path = `${base}/me`): Asked => ({ method: 'GET', path, headers: next() }),
  }
}
