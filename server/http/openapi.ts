// The OpenAPI 3.1 document, made of the same table and schemas that route and validate.
import * as z from 'zod'
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi'
import * as wire from '../contract.ts'
import { Program } from '../rules/program.ts'
import type { Route } from './routes.ts'

/** The whole document, as JSON. */
export function openapi(routes: Route[], version: string): string {
  const paths: ZodOpenApiPathsObject = { '/v1/shops/{shop}': { put: putShop } }
  for (const route of routes) {
    const path = `/v1/shops/{shop}${route.path}`
    paths[path] = { ...paths[path], [route.method]: operation(route) }
  }
  const document = createDocument({
    openapi: '3.1.1',
    info: { title: 'Muse', version, description: 'Loyalty points for any storefront.' },
    paths,
    components: {
      securitySchemes: {
        operator: { type: 'http', scheme: 'bearer', description: 'The operator key.' },
        secret: { type: 'http', scheme: 'bearer', description: "The shop's secret key, sk_…" },
        member: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'A member token signed by the shop.' },
      },
    },
  })
  return JSON.stringify(document)
}

const json = (schema: z.ZodType) => ({ 'application/json': { schema } })
const refused = { description: 'A refusal', content: { 'application/problem+json': { schema: wire.Problem.meta({ id: 'Problem' }) } } }

const putShop: ZodOpenApiOperationObject = {
  summary: 'Create a shop, or give it a new program version',
  security: [{ operator: [] }],
  requestParams: { path: z.object({ shop: z.string() }) },
  requestBody: {
    required: true,
    content: json(z.object({ program: Program.meta({ id: 'Program' }), origins: wire.Origins, books: wire.Books.optional() })),
  },
  responses: {
    200: { description: 'A new version', content: json(wire.ShopPut) },
    201: { description: 'A new shop, with its keys', content: json(wire.ShopPut) },
    default: refused,
  },
}

function operation(route: Route): ZodOpenApiOperationObject {
  const names = ['shop', ...Array.from(route.path.matchAll(/\{(\w+)\}/g), ([, name]) => name ?? '')]
  const params = (keys: string[], schema: z.ZodType) => z.object(Object.fromEntries(keys.map((key) => [key, schema])))
  const media = route.lines ? 'application/x-ndjson' : 'application/json'
  return {
    summary: route.summary,
    ...(route.who === 'public' ? {} : { security: [{ [route.who]: [] }] }),
    requestParams: {
      path: params(names, z.string()),
      ...(route.query ? { query: params(route.query, z.string().optional()) } : {}),
      ...(route.keyed ? { header: z.object({ 'Idempotency-Key': z.string().min(1).max(255) }) } : {}),
    },
    ...(route.body ? { requestBody: { required: true, content: json(route.body) } } : {}),
    responses: { [route.status ?? 200]: { description: route.summary, content: { [media]: { schema: route.answer } } }, default: refused },
  }
}
