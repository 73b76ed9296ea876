// The OpenAPI 3.1 document, made of the same table and schemas that route and validate.
import * as z from 'zod'
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject, type ZodOpenApiResponseObject } from 'zod-openapi'
import * as wire from '../contract.ts'
import { Program } from '../rules/program.ts'
import { openMetrics } from './metrics.ts'
import { codesOf } from './problems.ts'
import type { Route } from './routes/route.ts'

/** The whole document, as JSON. */
export function openapi(routes: Route[], version: string): string {
  const paths: ZodOpenApiPathsObject = {
    ...aside,
    '/v1/shops/{shop}': { put: putShop, delete: giveUp },
    '/v1/shops/{shop}/books': division,
  }
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
const form = {
  'multipart/form-data': { schema: z.strictObject({ photo: wire.PictureFile, caption: wire.Upload.shape.caption.optional() }) },
}
const Text = z.string()

// A refusal of one status: which codes it may have, and what the answer says in its headers.
function refusal(status: number): ZodOpenApiResponseObject {
  const codes = codesOf(status)
  const schema = wire.Problem.extend({ status: z.literal(status), code: z.enum(codes) }).meta({ id: `Problem${status}` })
  const headers: Record<number, ZodOpenApiResponseObject['headers']> = {
    401: z.object({ 'WWW-Authenticate': Text }),
    429: z.object({ 'Retry-After': Text }),
    503: z.object({ 'Retry-After': Text }),
  }
  return {
    id: `Refused${status}`,
    description: `Refused: ${codes.join(', ')}`,
    ...(headers[status] && { headers: headers[status] }),
    content: { 'application/problem+json': { schema } },
  }
}

const refusals = Object.fromEntries([400, 401, 403, 404, 409, 413, 422, 429, 503].map((status) => [status, refusal(status)]))

const Crash = wire.Problem.extend({ code: z.literal('internal') }).meta({ id: 'Crash' })
const crashed = {
  description: 'Something went wrong on our side',
  content: { 'application/problem+json': { schema: Crash } },
}

/** An operation's answers: its own, the refusals it may give, and what a fault of ours looks like. */
const answers = (own: Record<number, ZodOpenApiResponseObject>, statuses: number[]) => ({
  ...own,
  ...Object.fromEntries(statuses.map((status) => [status, refusals[status]])),
  default: crashed,
})

const aside: ZodOpenApiPathsObject = {
  '/healthz': {
    get: {
      summary: 'Whether the server is ready',
      responses: answers({ 200: { description: 'It is', content: json(z.strictObject({ ok: z.literal(true) })) } }, []),
    },
  },
  '/metrics': {
    get: {
      summary: 'What the server counts, as OpenMetrics',
      security: [{ operator: [] }],
      responses: answers({ 200: { description: 'The counts', content: { [openMetrics]: { schema: Text } } } }, [401, 403, 404, 429]),
    },
  },
  '/v1/openapi.json': {
    get: {
      summary: 'This document',
      responses: answers({ 200: { description: 'This document', content: json(z.looseObject({ openapi: Text })) } }, []),
    },
  },
}

const putShop: ZodOpenApiOperationObject = {
  summary: 'Create a shop, or give it a new program version',
  security: [{ operator: [] }],
  requestParams: { path: z.object({ shop: Text }) },
  requestBody: {
    required: true,
    content: json(
      z.strictObject({
        program: Program.meta({ id: 'Program' }),
        origins: wire.Origins,
        books: wire.Books.optional(),
        import: z.literal(true).optional(),
        keys: wire.KeyChange.optional(),
      }),
    ),
  },
  responses: answers(
    {
      200: { description: 'A new version, with the keys that were to be added', content: json(wire.ShopPut) },
      201: { description: 'A new shop, with its keys', content: json(wire.ShopPut) },
    },
    [400, 401, 403, 413, 429, 503],
  ),
}

const giveUp: ZodOpenApiOperationObject = {
  summary: 'Give up an import that has not ended: nothing of it is left, and the shop’s name is free. Refused for a shop that is open',
  security: [{ operator: [] }],
  requestParams: { path: z.object({ shop: Text }) },
  responses: answers({ 200: { description: 'It is given up', content: json(wire.GivenUp) } }, [400, 401, 403, 404, 409, 429, 503]),
}

// On the edge alone; elsewhere there is no such address.
const division: ZodOpenApiPathsObject[string] = {
  put: {
    summary: 'On the edge: goes on for about two seconds with dividing the shop’s one book among so many; asked until it is done',
    security: [{ operator: [] }],
    requestParams: { path: z.object({ shop: Text }) },
    requestBody: { required: true, content: json(wire.Divide) },
    responses: answers({ 200: { description: 'How far it is', content: json(wire.Divided) } }, [400, 401, 403, 404, 409, 413, 503]),
  },
  delete: {
    summary: 'On the edge: gives the division up, as long as that can be',
    security: [{ operator: [] }],
    requestParams: { path: z.object({ shop: Text }) },
    responses: answers(
      { 200: { description: 'The shop is as it was', content: json(z.strictObject({ books: wire.Books })) } },
      [401, 403, 404, 409, 503],
    ),
  },
}

// What the names of a query mean, on every route.
const queries: Record<string, string> = {
  from: 'From here on: an instant, or a date, which is where that day begins for the shop',
  to: 'Until here, which is outside: an instant, or a date, which is where that day begins for the shop',
  before: 'The `next` of the page before; of the history an instant, too',
  state: 'One of the states that the answer’s own `state` may have',
  sku: 'May come up to a hundred times',
}
const asked = (names: string[], schema: z.ZodType) =>
  z.object(Object.fromEntries(names.map((name) => [name, schema.meta({ description: queries[name] ?? '' })])))

function operation(route: Route): ZodOpenApiOperationObject {
  const names = ['shop', ...Array.from(route.path.matchAll(/\{(\w+)\}/g), ([, name]) => name ?? '')]
  const params = (keys: string[], schema: z.ZodType) => z.object(Object.fromEntries(keys.map((key) => [key, schema])))
  return {
    summary: route.summary,
    ...(route.who === 'public' ? {} : { security: [{ [route.who]: [] }] }),
    requestParams: {
      path: params(names, Text),
      ...(route.query ? { query: asked(route.query, Text.optional()) } : {}),
      ...(route.many ? { query: asked(route.many, z.array(Text).min(1).max(100)) } : {}),
      ...(route.keyed ? { header: z.object({ 'Idempotency-Key': Text.min(1).max(255) }) } : {}),
    },
    ...(route.body ? { requestBody: { required: true, content: route.upload ? form : json(route.body) } } : {}),
    responses: answers(granted(route), refusedStatuses(route, names.length > 1)),
  }
}

// The program is the one answer that a browser may keep and ask after.
function granted(route: Route): Record<number, ZodOpenApiResponseObject> {
  const media = route.lines ? 'application/x-ndjson' : route.picture ? 'image/jpeg' : 'application/json'
  const whole = { description: route.summary, content: { [media]: { schema: route.answer } } }
  if (route.path !== '/program') return { [route.status ?? 200]: whole }
  const headers = z.object({ ETag: Text })
  return { 200: { ...whole, headers }, 304: { description: 'As it was', headers } }
}

function refusedStatuses(route: Route, isNamed: boolean): number[] {
  const asks = isNamed || route.query || route.many || route.body || route.keyed
  return [
    ...(asks ? [400] : []),
    ...(route.who === 'public' ? [] : [401, 403]),
    404,
    ...(route.method === 'get' ? [] : [409, 422]),
    ...(route.body ? [413] : []),
    ...[429, 503],
  ]
}
