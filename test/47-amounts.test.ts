// Every number a request may carry × every value that is none: a 4xx problem document each time, and nothing moves.
import { expect, test } from 'vitest'
import * as z from 'zod'
import { routes } from '../server/http/routes.ts'
import { type Good, openShopWithRequests, send } from './requests.ts'
import type { Json } from './story.ts'

const never = [-1, 1.5, '500', null, 1e21, true, [], {}, 9_007_199_254_740_992]
/** Bad as well, by the number's name. */
const also: Record<string, unknown[]> = { points: [0], quantity: [0, 100_001], percent: [100.5, 0.00001] }
/** Good after all: a percent may have decimals, or be left to the one above. */
const fine: Record<string, unknown[]> = { percent: [1.5, null] }

const { shop, requests } = await openShopWithRequests()
const bodied = requests.filter(({ route }) => route?.body)
const places = bodied.flatMap((request) =>
  numbersIn(request.body).map((path): [string, Good, string[]] => [`${request.name} ${path.join('.')}`, request, path]),
)

test.each(places)('%s', async (_, request, path) => {
  const before = await shop.books()
  const name = path.at(-1) ?? ''
  for (const value of [...never, ...(also[name] ?? [])].filter((value) => !fine[name]?.includes(value))) {
    const { status, body, headers } = await send(shop, request, replaced(request.body, path, value))
    expect([value, Math.floor(status / 100), headers.get('Content-Type')]).toEqual([value, 4, 'application/problem+json'])
    expect(body).toMatchObject({ status, code: expect.stringMatching(/^(invalid-request|out-of-range)$/) })
  }
  expect(await shop.books()).toBe(before)
})

test.each([5001, 6001, 100_000_000_000, Number.MAX_SAFE_INTEGER])('%d points are too many for one coupon', async (points) => {
  const before = await shop.books()
  expect((await shop.member('c1').redeem(points)).body).toMatchObject({ status: 422, code: 'out-of-range' })
  expect(await shop.books()).toBe(before)
})

test.each([1_000_000_001, Number.MAX_SAFE_INTEGER])('%d points are too many to grant', async (points) => {
  const before = await shop.books()
  expect((await shop.grant('c1', points)).body).toMatchObject({ status: 422, code: 'out-of-range' })
  expect((await shop.merchant('POST', '/grants', { points, reason: 'x', members: ['c1'] })).status).toBe(422)
  expect(await shop.books()).toBe(before)
})

test('the good requests have every number that the routes’ schemas know', () => {
  for (const route of routes) {
    const request = bodied.find((one) => one.route === route)
    const known = route.body ? integersOf(z.toJSONSchema(route.body, { io: 'input', unrepresentable: 'any' })) : []
    expect([route.path, ...new Set(numbersIn(request?.body).map((path) => path.join('.').replaceAll(/\.\d+/g, '.*')))].toSorted()).toEqual(
      [route.path, ...new Set(known)].toSorted(),
    )
  }
})

function numbersIn(value: Json, path: string[] = []): string[][] {
  if (typeof value === 'number') return [path]
  return value && typeof value === 'object' ? Object.entries(value).flatMap(([key, inner]) => numbersIn(inner, [...path, key])) : []
}

function integersOf(schema: Json, path = ''): string[] {
  if (schema.type === 'integer' || schema.type === 'number') return [path]
  const inside = (key: string) => (path ? `${path}.${key}` : key)
  return [
    ...Object.entries(schema.properties ?? {}).flatMap(([key, inner]) => integersOf(inner, inside(key))),
    ...(schema.items ? integersOf(schema.items, inside('*')) : []),
    ...(schema.anyOf ?? []).flatMap((option: Json) => integersOf(option, path)),
  ]
}

function replaced(body: Json, path: string[], value: unknown): Json {
  const copy = structuredClone(body)
  const holder = path.slice(0, -1).reduce((inner, key) => inner[key], copy)
  holder[path.at(-1) ?? ''] = value
  return copy
}
