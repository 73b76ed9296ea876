// Every route against every credential that must not open it: the exact no, nothing moved, nothing told.
import { randomBytes } from 'node:crypto'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { beforeAll, expect, test } from 'vitest'
import type { Shop } from '../server/acts/shop.ts'
import { createIdentify, newKeys } from '../server/http/identity.ts'
import { type Good, openShopWithRequests } from './requests.ts'
import { asking, type Json, OPERATOR, openShop, type Story } from './story.ts'

let shop: Story
let other: Story
let requests: Good[]
let code: string
const SECONDS = Date.parse('2026-06-01T10:00:00+09:00') / 1000

beforeAll(async () => {
  ;({ shop, code, requests } = await openShopWithRequests())
  other = await openShop({ shop: 'other', fetch: shop.fetch, clock: shop.clock })
})

const part = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')
const bearer = async (token: string | Promise<string>) => `Bearer ${await token}`
const claims = (more: object = {}) => ({ aud: 'jej', sub: 'c1', iat: SECONDS, exp: SECONDS + 3600, ...more })
const token = (more: object, header: object = {}, secret?: string) => bearer(shop.token('c1', more, header, secret))
const kid = () => shop.keys.signing.kid
const hmac = async (head: unknown, body: unknown, hash = 'SHA-256', secret: string = shop.keys.signing.secret) => {
  const key = await crypto.subtle.importKey('raw', new TextEncoder().encode(secret), { name: 'HMAC', hash }, false, ['sign'])
  const signed = `${part(head)}.${part(body)}`
  return `Bearer ${signed}.${Buffer.from(await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(signed))).toString('base64url')}`
}
const asymmetric = async (alg: 'RS256' | 'ES256', header: object = {}) => {
  const { privateKey, publicKey } = await generateKeyPair(alg)
  const jwk = await exportJWK(publicKey)
  return bearer(new SignJWT(claims()).setProtectedHeader({ alg, kid: kid(), jwk, ...header }).sign(privateKey))
}

const unknown: Record<string, () => string | undefined | Promise<string | undefined>> = {
  'no credential': () => undefined,
  'an empty one': () => '',
  'a scheme alone': () => 'Bearer',
  'another scheme': () => `Basic ${btoa(`x:${shop.keys.secret}`)}`,
  'the key without its scheme': () => shop.keys.secret,
  'two keys': () => `Bearer ${shop.keys.secret} ${OPERATOR}`,
  garbage: () => 'Bearer garbage',
  'a garbage key': () => `Bearer sk_${'A'.repeat(43)}`,
  'half a key': () => `Bearer ${shop.keys.secret.slice(0, -1)}`,
  'half the operator’s key': () => `Bearer ${OPERATOR.slice(0, -1)}`,
  'the signing secret itself': () => `Bearer ${shop.keys.signing.secret}`,
  'another shop’s key': () => `Bearer ${other.keys.secret}`,
  'another shop’s token': () => bearer(other.token('c1')),
  'another shop’s token that names this one': () => bearer(other.token('c1', { aud: 'jej' })),
  'another shop’s token under our kid': () => bearer(other.token('c1', { aud: 'jej' }, { kid: kid() })),
  'garbage in three parts': () => 'Bearer a.b.c',
  'three empty parts': () => 'Bearer ..',
  'a token of one part': () => `Bearer ${part({ alg: 'none', kid: kid() })}`,
  'alg none': () => `Bearer ${part({ alg: 'none', kid: kid() })}.${part(claims())}.`,
  'alg None with a signature': () => hmac({ alg: 'None', kid: kid() }, claims()),
  'no alg': () => hmac({ kid: kid() }, claims()),
  HS384: () => hmac({ alg: 'HS384', kid: kid() }, claims(), 'SHA-384'),
  HS512: () => hmac({ alg: 'HS512', kid: kid() }, claims(), 'SHA-512'),
  'RS256 in name, HMAC in truth': () => hmac({ alg: 'RS256', kid: kid() }, claims()),
  'RS256 with a key of its own': () => asymmetric('RS256'),
  'ES256 with a key of its own': () => asymmetric('ES256'),
  'a wrong secret': () => token({}, {}, 'sig_wrong'),
  'the kid as secret': () => token({}, {}, kid()),
  'no kid': () => token({}, { kid: undefined }),
  'another kid': () => token({}, { kid: 'k_other' }),
  'a kid that is a list': () => hmac({ alg: 'HS256', kid: [kid()] }, claims()),
  'a critical extension': () => hmac({ alg: 'HS256', kid: kid(), crit: ['x'], x: 1 }, claims()),
  'an unencoded payload': () => hmac({ alg: 'HS256', kid: kid(), crit: ['b64'], b64: false }, claims()),
  'other claims than were signed': async () => {
    const [head, , signature] = (await token({})).split('.')
    return `${head}.${part(claims({ sub: 'c2' }))}.${signature}`
  },
  'a cut signature': async () => (await token({})).slice(0, -1),
  'claims that are a list': () => hmac({ alg: 'HS256', kid: kid() }, [claims()]),
  'claims that are nothing': () => hmac({ alg: 'HS256', kid: kid() }, 'null'),
  expired: () => token({ iat: SECONDS - 3600, exp: SECONDS }),
  'good for longer than an hour': () => token({ exp: SECONDS + 3601 }),
  'good for longer than an hour, most of it gone': () => token({ iat: SECONDS - 7200, exp: SECONDS + 60 }),
  'good for ever': () => hmac({ alg: 'HS256', kid: kid() }, `{"aud":"jej","sub":"c1","iat":${SECONDS},"exp":1e999}`),
  'issued in the future': () => token({ iat: SECONDS + 120 }),
  'not valid yet': () => token({ nbf: SECONDS + 120 }),
  'no iat': () => token({ iat: undefined }),
  'no exp': () => token({ exp: undefined }),
  'an iat in words': () => token({ iat: `${SECONDS}` }),
  'an exp in words': () => token({ exp: `${SECONDS + 60}` }),
  'no sub': () => token({ sub: undefined }),
  'an empty sub': () => token({ sub: '' }),
  'a sub that is a number': () => token({ sub: 1 }),
  'a sub with a control character': () => token({ sub: 'c1\u0000' }),
  'a sub of 201 characters': () => token({ sub: 'c'.repeat(201) }),
  'no aud': () => token({ aud: undefined }),
  'another aud': () => token({ aud: 'other' }),
  'an aud in other case': () => token({ aud: 'JEJ' }),
  'several auds': () => token({ aud: ['jej', 'other'] }),
  'a list of no aud': () => token({ aud: [] }),
  'an aud in a list of lists': () => hmac({ alg: 'HS256', kid: kid() }, claims({ aud: [['jej']] })),
}

test.each(Object.keys(unknown))('%s opens no route: 401', async (name) => {
  expect(await statuses(unknown[name] as () => string)).toEqual(expected('public', 401, 'unauthenticated'))
})

const known: [name: string, who: Good['who'], credential: () => string | Promise<string>][] = [
  ['a member’s token', 'member', () => token({})],
  ['the shop’s secret key', 'secret', () => `Bearer ${shop.keys.secret}`],
  ['the operator’s key', 'operator', () => `Bearer ${OPERATOR}`],
]

test.each(known)('%s opens the routes it is for and no other: 403', async (_, who, credential) => {
  expect(await statuses(credential, who)).toEqual(expected(who, 403, 'forbidden'))
})

test('the credentials that are refused here differ from good ones in that one thing', async () => {
  const me = async (authorization: string) => (await ask(authorization)('GET', '/me')).status
  expect(await me(await token({}))).toBe(200)
  expect(await me(await hmac({ alg: 'HS256', kid: kid() }, claims()))).toBe(200)
  expect(await me((await token({})).replace('Bearer', 'bearer'))).toBe(200)
  expect(await me(await token({ aud: ['jej'] }))).toBe(200)
  expect(await me(await token({ iat: SECONDS - 3599, exp: SECONDS + 1 }))).toBe(200)
  expect(await me(await token({ iat: SECONDS + 30, exp: SECONDS + 3630 }))).toBe(200)
})

test('what is kept of the secret key, its hash, signs no token', async () => {
  const { kept } = await newKeys(randomBytes)
  const identify = createIdentify(OPERATOR)
  const signedBy = async ({ kid, value }: Shop['keys'][number]) => {
    const signer = new SignJWT(claims()).setProtectedHeader({ alg: 'HS256', kid })
    const authorization = await bearer(signer.sign(new TextEncoder().encode(value)))
    return identify('member', authorization, { shop: { id: 'jej', keys: kept } as Shop, now: SECONDS * 1000 })
  }
  const key = (kind: string) => kept.find((key) => key.kind === kind)!
  await expect(signedBy(key('signing'))).resolves.toMatchObject({ who: 'member', member: { id: 'c1' } })
  await expect(signedBy(key('secret'))).rejects.toMatchObject({ code: 'unauthenticated' })
})

test('a token is remembered as it is mostly written, and not once more for each number of spaces before it', async () => {
  const { kept, shown } = await newKeys(randomBytes)
  const identify = createIdentify(OPERATOR)
  const signer = new SignJWT(claims()).setProtectedHeader({ alg: 'HS256', kid: shown.signing.kid })
  const signed = await signer.sign(new TextEncoder().encode(shown.signing.secret))
  const world = { shop: { id: 'jej', keys: kept } as Shop, now: SECONDS * 1000 }
  // What is remembered is told at once.
  const isKnown = async (authorization: string) => {
    const first = await identify('member', authorization, world)
    expect(first).toMatchObject({ member: { id: 'c1' } })
    return !(identify('member', authorization, world) instanceof Promise)
  }
  expect(await isKnown(`Bearer ${signed}`)).toBe(true)
  for (const odd of ['Bearer  ', `Bearer${' '.repeat(12_000)}`, 'bEARER ']) expect(await isKnown(odd + signed)).toBe(false)
})

test('an unknown shop is the same 404 for everyone', async () => {
  const answers = ['', await token({}), `Bearer ${shop.keys.secret}`, `Bearer ${OPERATOR}`].map((authorization) =>
    asking(shop.fetch, '/v1/shops/nowhere')(() => undefined)('GET', '/me', undefined, null, { Authorization: authorization }),
  )
  expect(new Set((await Promise.all(answers)).map(({ status, text }) => `${status} ${text}`)).size).toBe(1)
  expect((await answers[0])?.status).toBe(404)
})

const ask = (authorization: string | undefined) => (method: Good['method'], path: string, body?: Json) =>
  shop.ask(() => undefined)(method, path, body, undefined, authorization === undefined ? {} : { Authorization: authorization })

// Sends every route's good request with this credential, but for those it is meant for and the public ones.
async function statuses(credential: () => string | undefined | Promise<string | undefined>, but?: Good['who']) {
  const before = await shop.export()
  const answers: Record<string, string> = {}
  for (const { name, who, method, path, body } of requests) {
    if (who === 'public' || who === but) continue
    const answer = await ask(await credential())(method, path, body)
    answers[name] = `${answer.status} ${answer.headers.get('Content-Type')} ${answer.body.code}`
    expect(Object.keys(answer.body).toSorted()).toEqual(['code', 'detail', 'status', 'title', 'type'])
    for (const secret of [code, shop.keys.signing.secret, shop.keys.secret, '10000', '6000']) expect(answer.text).not.toContain(secret)
  }
  expect(await shop.export()).toBe(before)
  return answers
}

const expected = (but: Good['who'], status: number, problem: string) =>
  Object.fromEntries(
    requests
      .filter(({ who }) => who !== 'public' && who !== but)
      .map(({ name }) => [name, `${status} application/problem+json ${problem}`]),
  )

test('a wrong key is told what it was not: the operator’s, or one of the shop’s', async () => {
  const wrong = shop.ask(() => 'op_wrong')
  const details = await Promise.all([wrong('PUT', '', {}), wrong('GET', '/audit')]).then((replies) =>
    replies.map(({ body }) => body.detail),
  )
  expect(details).toEqual(['The credential is not the operator key.', 'The credential is not known to this shop.'])
})

test.each([
  [
    'that ran out',
    { iat: SECONDS - 3600, exp: SECONDS - 60 },
    'it ran out at 2026-06-01T00:59:00.000Z, and here it is 2026-06-01T01:00:00.000Z',
  ],
  ['of a clock ahead', { iat: SECONDS + 120 }, 'it was issued at 2026-06-01T01:02:00.000Z, and here it is 2026-06-01T01:00:00.000Z'],
  ['of no time there ever is', { iat: 1e15, exp: 1e15 }, 'it was issued at 1000000000000000, and here it is 2026-06-01T01:00:00.000Z'],
  ['of a customer whose id is a number', { sub: 1001 }, '"sub" is no customer id, which is a string of 1 to 200 characters'],
])('a token %s is told what an engineer has to look for', async (_, more, why) => {
  const { body } = await shop.ask(() => shop.token('c1', more))('GET', '/me')
  expect(body.detail).toBe(`The member token is not accepted: ${why}.`)
})
