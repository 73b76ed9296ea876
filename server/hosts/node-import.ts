// Feeding an export to a server, over HTTP: opens a new shop for it and sends the file piece by piece, or goes on where it stopped.
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'

export interface Feeding {
  /** Where the server answers, and how it is asked. */
  url: string
  fetch?: (request: Request) => Response | Promise<Response>
  shop: string
  /** The export: lines of JSON. */
  file: string
  /** For a shop to be opened; with the secret key, an import that was begun goes on. */
  operatorKey?: string | undefined
  secretKey?: string | undefined
  books?: number | undefined
}

export interface Fed {
  rows: number
  /** Of a shop that was opened just now. */
  keys?: { secret: string; signing: { kid: string; secret: string } }
}

/** About how many bytes a piece has; a row that is longer by itself is a piece of its own. */
const PIECE = 700_000
const ROWS = 10_000
const PATIENCE = 5

/** Imports the file. The shop answers once all of it is there and every book was audited; throws, saying why, when that cannot be. */
export async function importFile(feeding: Feeding, told: (fed: Fed) => void = () => {}): Promise<Fed> {
  const ask = asking(feeding)
  const keys = feeding.secretKey ? undefined : await openShop(feeding, ask)
  const credential = feeding.secretKey ?? keys?.secret ?? ''
  if (keys) told({ rows: 0, keys })
  const { rows, open } = await ask('GET', '/import', credential)
  if (!open) throw new Error('The shop was not opened for an import, or the import is done.')
  let from = rows
  for await (const lines of pieces(feeding.file, from)) {
    const answer = await ask('PUT', '/import', credential, `{"from":${from},"lines":[${lines.join(',')}]}`)
    from = answer.rows
    told({ rows: from })
  }
  const end = await ask('PUT', '/import', credential, `{"from":${from},"lines":[]}`)
  if (end.open) throw new Error('The file ends before the export does.')
  return { rows: from, ...(keys && { keys }) }
}

/** What the command was asked for; throws a sentence that says how to ask. */
export function asked(args: string[], env: Record<string, string | undefined>): Feeding {
  const options = { books: { type: 'string' }, url: { type: 'string' } } as const
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options })
  const [shop, file] = positionals
  const { MUSE_OPERATOR_KEY: operatorKey, MUSE_SECRET_KEY: secretKey } = env
  if (!shop || !file || !(operatorKey || secretKey))
    throw new Error('Say which shop and what: MUSE_OPERATOR_KEY=… npm run import -- SHOP FILE [--books 32] [--url …]')
  const url = values.url ?? `http://localhost:${env.PORT || 8787}`
  return { url, shop, file, operatorKey, secretKey, books: values.books === undefined ? undefined : Number(values.books) }
}

type Ask = ReturnType<typeof asking>

// What there is no answer to, or not yet, is asked again: a piece may be sent any number of times.
function asking({ url, shop, fetch = globalThis.fetch }: Feeding) {
  return async (method: string, path: string, credential: string, body?: string) => {
    for (let time = 1; ; time++) {
      const request = new Request(`${url}/v1/shops/${shop}${path}`, {
        method,
        headers: { Authorization: `Bearer ${credential}`, 'Content-Type': 'application/json' },
        ...(body === undefined ? {} : { body }),
      })
      const response = await Promise.resolve(fetch(request)).catch((error: Error) => error)
      const answer = response instanceof Error ? { detail: response.message } : await response.json()
      if (response instanceof Response && response.ok) return answer
      const again = response instanceof Error || response.status === 429 || response.status >= 500
      if (!again || time === PATIENCE) throw new Error(answer.detail)
      await new Promise((later) => setTimeout(later, time * 1000))
    }
  }
}

// The export says which storefront it is of; its programs come with the rows.
async function openShop({ file, books, operatorKey }: Feeding, ask: Ask): Promise<Fed['keys']> {
  let origins: string[] = []
  let program: unknown
  for await (const line of createInterface({ input: createReadStream(file) })) {
    const row = JSON.parse(line)
    if (row.table === 'shop') origins = JSON.parse(row.origins)
    else if (row.table === 'programs') program = JSON.parse(row.document)
    else break
  }
  const body = JSON.stringify({ program, origins, books, import: true })
  return (await ask('PUT', '', operatorKey ?? '', body)).keys
}

async function* pieces(file: string, skip: number): AsyncGenerator<string[]> {
  let piece: string[] = []
  let size = 0
  let at = 0
  for await (const line of createInterface({ input: createReadStream(file) })) {
    if (at++ < skip || line === '') continue
    const length = Buffer.byteLength(line)
    if (piece.length > 0 && (size + length > PIECE || piece.length === ROWS)) {
      yield piece
      piece = []
      size = 0
    }
    piece.push(line)
    size += length
  }
  if (piece.length > 0) yield piece
}
