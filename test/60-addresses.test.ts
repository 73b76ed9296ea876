// Addresses by their right name: the socket's own, or what the proxies before the server say that theirs was.
import { afterEach, describe, expect, test } from 'vitest'
import { serve } from '../server/hosts/node.ts'
import { addressName, lastHop } from '../server/http/address.ts'
import { readLimits } from '../server/http/limits.ts'
import { asking, OPERATOR, openShop } from './story.ts'

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['203.0.113.7:5123', '203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0DB8:0001:0002::6', '2001:db8:1:2::/64'],
  ['[2001:db8:1:2::6]:443', '2001:db8:1:2::/64'],
  ['2001:db8::6', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
])('the address %s counts as %s', (text, name) => {
  expect(addressName(text)).toBe(name)
})

test('of the hops a proxy names, only the last is its own word', () => {
  expect(lastHop('6.6.6.6, 7.7.7.7,1.2.3.4 ')).toBe('1.2.3.4')
  expect([lastHop(''), lastHop(null)]).toEqual([undefined, undefined])
})

test('of two proxies, one behind the other, the inner one names the outer, which names the shopper', () => {
  expect(lastHop('6.6.6.6, 1.2.3.4, 7.7.7.7', 2)).toBe('1.2.3.4')
  // Past the outer one, straight to the inner.
  expect(lastHop('1.2.3.4', 2)).toBe('1.2.3.4')
  expect(lastHop(' , 7.7.7.7', 2)).toBe(undefined)
})

describe('over a socket', () => {
  let server: Awaited<ReturnType<typeof serve>>
  const start = async (limits: object) => {
    server = await serve({ port: 0, data: null, operatorKey: 'op', limits: readLimits(JSON.stringify(limits)) })
  }
  const ask = async (path: string, hop: number) =>
    (await fetch(server.url + path, { headers: { 'X-Forwarded-For': `1.1.1.${hop}` } })).status
  const asks = (path: string) => Promise.all(Array.from({ length: 4 }, (_, hop) => ask(path, hop)))

  afterEach(() => server.close())

  test('the address is the socket’s, whatever the request says of itself', async () => {
    await start({ address: { burst: 2, perSecond: 0.01 } })
    expect((await asks('/v1/shops/none/program')).toSorted()).toEqual([404, 404, 429, 429])
    expect(await asks('/healthz')).toEqual([200, 200, 200, 200])
    expect(new Set(await asks('/muse.js')).has(429)).toBe(false)
  })

  test('behind a proxy it is what the proxy says', async () => {
    await start({ address: { burst: 2, perSecond: 0.01 }, trustProxy: true })
    expect(await asks('/v1/shops/none/program')).toEqual([404, 404, 404, 404])
    expect([await ask('/v1/shops/none/program', 1), await ask('/v1/shops/none/program', 1)]).toEqual([404, 429])
  })

  test('behind two it is what the first of them says', async () => {
    await start({ address: { burst: 2, perSecond: 0.01 }, trustProxy: 2 })
    const through = (hops: string) =>
      fetch(`${server.url}/v1/shops/none/program`, { headers: { 'X-Forwarded-For': hops } }).then(({ status }) => status)
    expect([await through('1.2.3.4, 7.7.7.7'), await through('1.2.3.4, 7.7.7.8'), await through('1.2.3.4, 7.7.7.9')]).toEqual([
      404, 404, 429,
    ])
    expect(await through('4.3.2.1, 7.7.7.7')).toBe(404)
  })
})

// A Worker has no memory of its own to count in: there the platform's rules for addresses do.
test('an address pays for guesses at the operator’s key, at the metrics, too', async () => {
  const shop = await openShop({ limits: JSON.stringify({ address: { burst: 3, perSecond: 0.1 }, trustProxy: true }) })
  const scrape = asking(shop.fetch, '/metrics')
  const statuses = async (key: string) => {
    const found: number[] = []
    for (let time = 0; time < 5; time++)
      found.push((await scrape(() => key)('GET', '', undefined, null, { 'x-forwarded-for': '1.2.3.4' })).status)
    return found
  }
  expect(await statuses(OPERATOR)).toEqual(Array(5).fill(200))
  expect(await statuses('op_wrong')).toEqual([401, 401, 401, 429, 429])
})
