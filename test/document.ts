// Holds answers against the OpenAPI document that the server serves, strictly: what the document does not name fails.
import assert from 'node:assert/strict'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { open } from '../server/hosts/node.ts'
import type { Json } from './story.ts'

interface Operation {
  method: string
  template: string
  path: RegExp
  responses: Record<string, Json>
}

const document: Json = await (await open({ data: null, operatorKey: 'op' }).fetch(new Request('http://muse.test/v1/openapi.json'))).json()
const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, validateFormats: false, allErrors: true })
ajv.addVocabulary(Object.keys(document))
ajv.addSchema({ ...document, $id: 'document' })

// Of two templates that fit an address, the one with fewer names is meant.
const operations = Object.entries<Json>(document.paths)
  .toSorted(([a], [b]) => names(a) - names(b))
  .flatMap(([template, item]) =>
    Object.entries<Json>(item).map(([method, { responses }]): Operation => {
      const path = new RegExp(`^${template.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`)
      return { method: method.toUpperCase(), template, path, responses }
    }),
  )

/** What an address that there is not answers, or another method than those there are. */
const nowhere = ['components', 'responses', 'Refused404']

/** How often each operation gave each status, as `POST /v1/shops/{shop}/quotes 200`. */
export const seen = new Map<string, number>()

/** Every answer that the document names, in the words of `seen`. */
export const named = operations.flatMap((it) =>
  Object.keys(it.responses)
    .filter((status) => status !== 'default')
    .map((status) => `${it.method} ${it.template} ${status}`),
)

/** Throws unless `response`, whose body was `text`, is an answer that the document has for `request`. */
export function mustBeDocumented(request: Request, response: Response, text: string): void {
  const { pathname } = new URL(request.url)
  // A browser asks beforehand for itself, and the document is about what it asks then.
  if (request.method === 'OPTIONS') return
  const it = operations.find(({ method, path }) => method === request.method && path.test(pathname))
  const what = `${request.method} ${it?.template ?? pathname} ${response.status}`
  seen.set(what, (seen.get(what) ?? 0) + 1)
  const at = it ? ['paths', it.template, it.method.toLowerCase(), 'responses', `${response.status}`] : nowhere
  const said: Json | undefined = it ? it.responses[response.status] : response.status === 404
  assert.ok(said, `${what} is not in the document: ${text.slice(0, 300)}`)
  const reference: string[] = said.$ref?.slice(2).split('/') ?? at
  const { headers = {}, content = {} }: Json = reference.reduce((inside: Json, step: string) => inside[step], document)
  for (const [name, { required }] of Object.entries<Json>(headers))
    assert.ok(!required || response.headers.has(name), `${what} has no ${name}`)
  const media = response.headers.get('Content-Type')
  const [wanted] = Object.keys(content)
  const fits = wanted?.endsWith('/*') ? media?.startsWith(wanted.slice(0, -1)) : media === (wanted ?? null)
  assert.ok(fits, `${what} is of another kind: ${media}`)
  if (!wanted || !/[/+](x-nd)?json$/.test(wanted)) return
  const validate = schemaAt([...reference, 'content', wanted, 'schema'])
  for (const line of wanted.endsWith('ndjson') ? text.trimEnd().split('\n') : [text]) {
    const fits = validate(JSON.parse(line))
    assert.ok(fits, `${what} is not as the document says: ${ajv.errorsText(validate.errors)}\n${line.slice(0, 1_000)}`)
  }
}

const known = new Map<string, ValidateFunction>()

function schemaAt(steps: string[]): ValidateFunction {
  const pointer = steps.map((step) => encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')
  const validate = known.get(pointer) ?? ajv.compile({ $ref: `document#/${pointer}` })
  known.set(pointer, validate)
  return validate
}

function names(template: string): number {
  return template.split('{').length
}
