// The documents hold: the README's three calls run as they stand, its limits are the server's, what is linked or named is there, and each
// dependency has its reason.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { SignJWT } from 'jose'
import { expect, test } from 'vitest'
import { open } from '../server/hosts/node.ts'
import { readLimits } from '../server/http/limits.ts'

const readme = readFileSync('README.md', 'utf8')
const calls = Array.from(
  readme.matchAll(/curl -X (\w+) (\S+) -H "Authorization: Bearer ([^"]+)"[^']*'Content-Type: application\/json' \\\n\s+-d '([^']+)'/g),
  ([, method = '', url = '', bearer = '', body = '']) => ({ method, url, bearer, body }),
)

test('a merchant who copies the three calls has a shop, points and a used coupon', async () => {
  expect(calls.map(({ method, url }) => `${method} ${new URL(url).pathname.split('/')[4] ?? 'the shop'}`)).toEqual([
    'PUT the shop',
    'PUT members',
    'PUT coupons',
  ])
  const { fetch } = open({ data: null, operatorKey: 'op', clock: () => Date.parse('2026-12-01T00:00:00Z') })
  let secret = ''
  let code = ''
  const send = async (method: string, url: string, bearer: string, body: unknown) => {
    const headers = { Authorization: `Bearer ${bearer}`, 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID() }
    const response = await fetch(new Request(url, { method, headers, body: typeof body === 'string' ? body : JSON.stringify(body) }))
    return { status: response.status, body: await response.json() }
  }
  const run = ({ method, url, bearer, body }: (typeof calls)[number]) =>
    send(method, url.replace(/(?<=\/coupons\/)[^/]+/, code), bearer.startsWith('$') ? 'op' : secret, body)

  const [shop, order, use] = calls as [(typeof calls)[number], (typeof calls)[number], (typeof calls)[number]]
  const made = await run(shop)
  expect(made.status).toBe(201)
  secret = made.body.keys.secret
  expect(await run(order)).toMatchObject({ status: 200, body: { points: 363, state: 'available' } })

  // The shopper's part in between, by the token the README describes.
  const now = Date.parse('2026-12-01T00:00:00Z') / 1000
  const token = await new SignJWT({ aud: 'jej', sub: 'c-1001', iat: now, exp: now + 3600 })
    .setProtectedHeader({ alg: 'HS256', kid: made.body.keys.signing.kid })
    .sign(new TextEncoder().encode(made.body.keys.signing.secret))
  const redeemed = await send('POST', `${shop.url}/me/coupons`, token, { points: 300 })
  expect(redeemed.status).toBe(201)
  code = redeemed.body.coupon.code.match(/.{4}/g).join('-')
  expect(await run(use)).toMatchObject({ status: 200, body: { discount: 300, change: 0 } })
})

test('the limits it shows are those that hold where nothing is said', () => {
  expect(JSON.parse(/```json\n(.*?)```/s.exec(readme)?.[1] ?? '')).toEqual(readLimits('on'))
})

test.each(['README.md', 'ARCHITECTURE.md'])('every file that %s links to or names is there', (document) => {
  const text = readFileSync(document, 'utf8')
  const linked = Array.from(text.matchAll(/\]\((?!https?:)([^)#]+)/g), ([, file = '']) => file)
  expect(linked.filter((file) => !existsSync(file))).toEqual([])

  // Below the root, or below one of these; without its ending, or with.
  const roots = ['', 'server/', 'demo/bench/', 'widget/']
  const folders = ['server', 'widget', 'demo', 'bin', 'test']
  const files = folders.flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => `${folder}/${path}`))
  const named = Array.from(
    text.matchAll(/`((?:server|widget|demo|bin|test|ledger|rules|acts|http|hosts|theme)\/[\w./-]+)`/g),
    ([, name = '']) => name,
  )
  expect(named.length).toBeGreaterThan(0)
  expect(named.filter((name) => !roots.some((root) => files.some((file) => file.startsWith(root + name))))).toEqual([])
})

test('every dependency has its reason in ARCHITECTURE.md, and says whether a server needs it', () => {
  const { dependencies, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'))
  const table = readFileSync('ARCHITECTURE.md', 'utf8').match(/\n\| package \|.*?\n\n/s)?.[0] ?? ''
  const rows = Array.from(table.matchAll(/^\| ([^|]+?)( \(dev\))? \|/gm), ([, names = '', dev]) => ({ names: names.split(', '), dev }))
  const told = (isDev: boolean) => rows.slice(1).flatMap(({ names, dev }) => (isDev === Boolean(dev) ? names : []))
  expect(told(false).toSorted()).toEqual(Object.keys(dependencies).toSorted())
  const reasoned = Object.keys(devDependencies).filter((name) => !name.startsWith('@types/'))
  expect(told(true).toSorted()).toEqual(reasoned.toSorted())
})
