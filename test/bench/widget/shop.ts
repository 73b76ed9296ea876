// The shop that Muse is measured with: the boutique's programme on the real server, and a member with something to show.
import { SignJWT } from 'jose'
import program from '../../../server/programs/jej.json' with { type: 'json' }
import { OPERATOR, type Server } from '../servers.ts'

const MEMBER = 'shopper'
const HOUR = 3_600_000

/** Opens the shop for pages of `origin`; answers with the tags of a guest and of a member, and with what those ask. */
export async function openShop({ port }: Server, origin: string) {
  const url = `http://127.0.0.1:${port}`
  const send = async (method: string, path: string, bearer: string, body: unknown) => {
    const headers = { authorization: `Bearer ${bearer}`, 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() }
    const answer = await fetch(`${url}/v1/shops/jej${path}`, { method, headers, body: JSON.stringify(body) })
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
    return answer.json()
  }
  const { keys } = await send('PUT', '', OPERATOR, { program, origins: [origin] })
  const key = new TextEncoder().encode(keys.signing.secret)
  const token = await new SignJWT({ aud: 'jej', sub: MEMBER })
    .setProtectedHeader({ alg: 'HS256', kid: keys.signing.kid })
    .setIssuedAt()
    .setExpirationTime('59m')
    .sign(key)
  await send('POST', `/members/${MEMBER}/grants`, keys.secret, { points: 1_234, reason: 'gift' })
  const now = new Date(Date.now() - HOUR).toISOString()
  const line = { id: '1', sku: 'moonmoth', price: 36_300, quantity: 1 }
  await send('PUT', `/members/${MEMBER}/orders/A-17`, keys.secret, { placedAt: now, updatedAt: now, state: 'placed', lines: [line] })
  await send('POST', '/me/coupons', token, { points: 300 })
  const tag = (more = '') => `<script async src="${url}/muse.js" data-shop="jej"${more}></script>`
  return { guest: tag(), member: tag(` data-token="${token}"`), api: `${url}/v1/shops/jej`, token }
}
