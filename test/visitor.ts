// A visitor of the demonstration as far as cookies and forms go: it follows no link by itself and reads pages as text.
import type { Json } from './story.ts'

export type Form = Record<string, string> | FormData

/** A browser of one visitor, who reads English, at wherever the shop is by then. `api` asks Muse as the widget would, in the name of whoever is signed in. */
export function visitorOf(url: () => string) {
  const jar = new Map([['language', 'en']])
  const ask = async (path: string, form?: Form, more: Record<string, string> = {}) => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const body = form && (form instanceof FormData ? form : new URLSearchParams(form))
    const answer = await fetch(url() + path, {
      ...(body && { method: 'POST', body }),
      headers: { origin: url(), cookie, ...more },
      redirect: 'manual',
    })
    for (const set of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? []
      if (value) jar.set(name, value)
      else jar.delete(name)
    }
    return answer
  }
  const get = async (path: string) => (await ask(path)).text()
  const post = (path: string, form: Form = {}) => ask(path, form)
  const api = async (path: string, body?: object, method = body ? 'POST' : 'GET'): Promise<Json> => {
    const { token } = JSON.parse(await get('/muse-token'))
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() }
    const answer = await fetch(`${url()}/v1/shops/${jar.get('programme') ?? 'jej'}${path}`, {
      ...{ headers, method },
      ...(body && { body: JSON.stringify(body) }),
    })
    return answer.json()
  }
  return {
    ...{ ask, get, post, api },
    wallet: () => api('/me'),
    coupon: async (points: number): Promise<string> => (await api('/me/coupons', { points })).coupon.code,
    async fill(piece: string, code = '') {
      await post('/cart', { piece, size: /jsk|op\.|blouse|skirt/.test(piece) ? 'M' : 'free' })
      if (code) await post('/checkout/coupon', { code })
    },
    order: (more: Record<string, string> = {}) =>
      post('/checkout', { name: 'Mina', postcode: '602-0000', address: 'Kyoto', payment: 'card', ...more }),
  }
}
export type Visitor = ReturnType<typeof visitorOf>
