// Requests of members who have not been here lately, as the host's own server hands them over: with a token that has to be verified, JSON
// to read and an answer to write, but no socket and no wait for the disk.
import { createHmac } from 'node:crypto'
import { createApp, type Host } from '../../server/http/app.ts'
import type { Short } from '../../server/http/sent.ts'
import { keys, type openMade, SHOP_ID } from './books.ts'

const BASE = `/v1/shops/${SHOP_ID}`
const { secret, signing } = keys.shown

/** Each operation of the bench as the request that asks for it; a new one each time, with a token of its own. */
export const requests: Record<string, (book: { now: number }, customer: string) => Short> = {
  balance: (book, customer) => asked('GET', '/me', tokenOf(customer, book.now)),
  'history page': (book, customer) => asked('GET', '/me/history', tokenOf(customer, book.now)),
  redeem: (book, customer) => asked('POST', '/me/coupons', tokenOf(customer, book.now), { points: 100 }),
  'order settle': (book, customer) => asked('PUT', `/members/${customer}/orders/${crypto.randomUUID()}`, secret, orderAt(book.now)),
}

/** A new order of one line, as a storefront reports it. */
export function orderAt(now: number) {
  const at = new Date(now).toISOString()
  return { placedAt: at, updatedAt: at, state: 'placed', lines: [{ id: '1', sku: 'dress', price: 10_000, quantity: 1 }] }
}

/** Gives what answers requests to a book. A request that is refused or fails is thrown. */
export function visitsTo({ synced: _noWait, ...book }: ReturnType<typeof openMade>) {
  const host: Host = {
    ...{ first: () => book, book: () => book, books: [1], now: () => book.now, dice: book.dice },
    ...{ later: (run) => void setImmediate(run), operatorKey: 'none', report: (error) => console.error(error) },
  }
  const app = createApp(host)
  return async (asked: Short): Promise<void> => {
    const answer = await app.short(asked)
    if (!answer || answer.status >= 300) throw new Error(`${asked.method} ${asked.path}: ${answer?.status} ${answer?.body}`)
  }
}

function asked(method: string, path: string, bearer: string, body?: unknown): Short {
  const text = JSON.stringify(body)
  const headers: Record<string, string> = { Authorization: `Bearer ${bearer}`, 'Idempotency-Key': crypto.randomUUID() }
  return { method, path: BASE + path, header: (name) => headers[name], text: async () => text }
}

let tokens = 0

function tokenOf(sub: string, now: number): string {
  const iat = Math.floor(now / 1000)
  const part = (it: object) => Buffer.from(JSON.stringify(it)).toString('base64url')
  const signed = `${part({ alg: 'HS256', kid: signing.kid })}.${part({ aud: SHOP_ID, sub, iat, exp: iat + 3600, jti: tokens++ })}`
  return `${signed}.${createHmac('sha256', signing.secret).update(signed).digest('base64url')}`
}
