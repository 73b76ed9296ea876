// The OpenAPI document: valid by itself, true of what is answered (every story holds its answers against it), and not by saying little.
import { Validator } from '@seriousme/openapi-schema-validator'
import { expect, test } from 'vitest'
import { mustBeDocumented, named, seen } from './document.ts'
import { type Good, openShopWithRequests, send } from './requests.ts'
import { asking, openShop } from './story.ts'

test('the document is valid OpenAPI 3.1', async () => {
  const shop = await openShop()
  const served = await shop.fetch(new Request('http://muse.test/v1/openapi.json'))
  const validator = new Validator()
  expect(await validator.validate(await served.json())).toEqual({ valid: true })
  expect(validator.version).toBe('3.1')
})

function large(): FormData {
  const form = new FormData()
  form.set('photo', new Blob([new Uint8Array(9 * 2 ** 20)]), 'photo.png')
  return form
}

test('what the document names is what there is: each answer to a good request, and the refusals that any route may give', async () => {
  const { requests } = await openShopWithRequests()
  for (const { name } of requests) {
    const { shop, requests } = await openShopWithRequests()
    const good = requests.find((it) => it.name === name) as Good
    const stranger = await openShop({ shop: 'other', fetch: shop.fetch, clock: shop.clock })
    await send(shop, good)
    await shop.ask(() => undefined)(good.method, good.path, good.body)
    await (good.who === 'secret' ? shop.ask(() => shop.token('c1')) : shop.merchant)(good.method, good.path, good.body)
    await send({ ...stranger, ask: asking(shop.fetch, '/v1/shops/none') }, good)
    if (good.body) await send(shop, good, [])
    if (good.body) await send(shop, good, good.route?.upload ? large() : ' '.repeat((good.route?.bodyMax ?? 1024 * 1024) + 1))
    const template = `${good.method} /v1/shops/{shop}${good.route?.path ?? ''}`
    const wanted = [good.route?.status ?? 200, ...(good.who === 'public' ? [] : [401, 403]), ...(good.body ? [400, 413] : [])]
    for (const status of [...wanted, ...(good.route ? [404] : [])]) expect([...seen.keys()]).toContain(`${template} ${status}`)
    for (const status of wanted) expect(named).toContain(`${template} ${status}`)
  }
})

test.each([
  ['a property it does not name', 200, { ok: true, more: 1 }, 'application/json', /additional properties/],
  ['a property of another type', 200, { ok: 'yes' }, 'application/json', /must be equal to constant/],
  ['a status it does not name', 418, { ok: true }, 'application/json', /418 is not in the document/],
  ['what only a fault of ours looks like', 500, { code: 'internal' }, 'application/problem+json', /500 is not in the document/],
  ['another kind', 200, { ok: true }, 'text/plain', /of another kind/],
])('an answer with %s would fail any story', (_, status, body, kind, sentence) => {
  const text = JSON.stringify(body)
  const answered = (status: number, kind: string) => new Response(text, { status, headers: { 'Content-Type': kind } })
  const request = new Request('http://muse.test/healthz')
  expect(() => mustBeDocumented(request, answered(status, kind), text)).toThrow(sentence)
  expect(() => mustBeDocumented(request, answered(200, 'application/json'), '{"ok":true}')).not.toThrow()
})

test('a refusal with a code of another status, or without the header it needs, would fail any story', () => {
  const refused = (code: string, status: number, headers: Record<string, string>) => () => {
    const text = JSON.stringify({ type: 'x', title: 'x', detail: 'x', status, code })
    const response = new Response(text, { status, headers: { 'Content-Type': 'application/problem+json', ...headers } })
    mustBeDocumented(new Request('http://muse.test/v1/shops/jej/me'), response, text)
  }
  expect(refused('too-many-requests', 429, { 'Retry-After': '1' })).not.toThrow()
  expect(refused('too-many-requests', 429, {})).toThrow(/no Retry-After/)
  expect(refused('not-found', 429, { 'Retry-After': '1' })).toThrow(/allowed values/)
  expect(refused('not-there', 404, {})).toThrow(/allowed values/)
})
