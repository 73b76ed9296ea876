// The OpenAPI document as a reader finds it: each route of the contract, with its answer, its refusals and what it takes.
import { beforeAll, describe, expect, test } from 'vitest'
import { version } from '../package.json' with { type: 'json' }
import { outside } from './requests.ts'
import type { Json } from './story.ts'

describe('the document', () => {
  let document: Json
  beforeAll(async () => {
    document = (await outside('/v1/openapi.json')).body
  })

  test('is OpenAPI 3.1 of this version, and anyone’s to read', async () => {
    expect(document).toMatchObject({ openapi: expect.stringMatching(/^3\.1\./), info: { title: 'Muse', version } })
    expect((await outside('/v1/openapi.json', { Origin: 'https://elsewhere.example' })).headers.get('Access-Control-Allow-Origin')).toBe(
      '*',
    )
  })

  test.each([
    'put ',
    'get /program',
    'post /quotes',
    'get /me',
    'get /me/history',
    'get /me/orders/{order}',
    'get /me/coupons',
    'post /me/coupons',
    'delete /me/coupons/{code}',
    'get /members/{member}',
    'put /members/{member}',
    'post /members/{member}/grants',
    'post /grants',
    'put /members/{member}/orders/{order}',
    'get /coupons/{code}',
    'post /coupons/{code}/check',
    'put /coupons/{code}/order',
    'delete /coupons/{code}/order',
    'delete /coupons/{code}',
    'get /audit',
    'get /export',
  ])('has %s, with its answer and its refusals', (name) => {
    const [method = '', path = ''] = name.split(' ')
    const { responses, parameters, requestBody } = document.paths[`/v1/shops/{shop}${path}`][method]
    expect(Object.keys(responses)).toEqual(expect.arrayContaining(['default', expect.stringMatching(/^20[01]$/)]))
    expect(responses.default.content).toHaveProperty(['application/problem+json'])
    const named = parameters.filter((parameter: Json) => parameter.in === 'path').map((parameter: Json) => `{${parameter.name}}`)
    expect(named).toEqual(['{shop}', ...(path.match(/\{\w+\}/g) ?? [])])
    expect(parameters.some((parameter: Json) => parameter.name === 'Idempotency-Key')).toBe(
      method === 'post' && /coupons$|grants$/.test(path),
    )
    expect(requestBody !== undefined).toBe(['put', 'post'].includes(method))
  })

  test('refers to nothing that it does not have', () => {
    const references = JSON.stringify(document).match(/"#\/[^"]+"/g) ?? []
    expect(references.length).toBeGreaterThan(0)
    for (const reference of references) {
      const steps = JSON.parse(reference).slice(2).split('/')
      expect([reference, typeof steps.reduce((inside: Json, step: string) => inside?.[step], document)]).toEqual([reference, 'object'])
    }
  })

  test('says in words what a name and a type leave open', () => {
    const silent = Object.entries<Json>(document.paths).flatMap(([path, methods]) =>
      Object.entries<Json>(methods).flatMap(([method, { parameters = [] }]) =>
        parameters.filter((it: Json) => it.in === 'query' && !it.description).map((it: Json) => `${method} ${path} ${it.name}`),
      ),
    )
    expect(silent).toEqual([])
    const { put } = document.paths['/v1/shops/{shop}/members/{member}/orders/{order}']
    const order = put.requestBody.content['application/json'].schema.properties
    for (const name of ['placedAt', 'updatedAt', 'guest', 'codes', 'discounts', 'refunds'])
      expect([name, order[name].description]).toEqual([name, expect.any(String)])
    expect(order.lines.items.properties.price.description).toMatch(/minor unit/)
    const { get } = document.paths['/v1/shops/{shop}/report']
    expect(get.responses['200'].content['application/json'].schema.description).toMatch(/available \+ pending \+ held − debt/)
  })
})
