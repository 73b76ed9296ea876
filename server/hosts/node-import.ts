// Feeding an export to a server, over HTTP: opens a new shop for it and sends the file piece by piece, or goes on where it stopped.
import { open } from 'node:fs/promises'
import { ask } from './node-asking.ts'

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

/** What a server says to each step of an import. */
interface Said {
  rows: number
  open: boolean
  keys: NonNullable<Fed['keys']>
}

type Ask = ReturnType<typeof asking>

// A piece may be sent any number of times.
const asking =
  ({ url, shop, fetch }: Feeding) =>
  (method: string, path: string, credential: string, body?: string) =>
    ask<Said>({ url, ...(fetch && { fetch }), method, path: `/v1/shops/${shop}${path}`, credential, body, patience: PATIENCE })

// The export says which storefront it is of; its programs come with the rows.
async function openShop({ file, books, operatorKey }: Feeding, ask: Ask): Promise<Fed['keys']> {
  let origins: string[] = []
  let program: unknown
  for await (const { row } of rowsOf(file)) {
    if (row.table === 'shop') origins = JSON.parse(row.origins)
    else if (row.table === 'programs') program = JSON.parse(row.document)
    else break
  }
  if (program === undefined) throw new Error(`${file} is no export of a shop: it does not begin with its program.`)
  const body = JSON.stringify({ program, origins, books, import: true })
  return (await ask('PUT', '', operatorKey ?? '', body)).keys
}

async function* pieces(file: string, skip: number): AsyncGenerator<string[]> {
  let piece: string[] = []
  let size = 0
  let at = 0
  for await (const { line } of rowsOf(file)) {
    if (at++ < skip) continue
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

// Line by line, since a file may be larger than memory.
async function* rowsOf(file: string) {
  const handle = await open(file)
  try {
    if (!(await handle.stat()).isFile()) throw new Error(`${file} is not a file.`)
    let number = 0
    for await (const line of handle.readLines({ autoClose: false })) {
      number++
      if (line !== '') yield { line, row: understood(line, `Line ${number} of ${file}`) }
    }
    if (number === 0) throw new Error(`${file} is empty.`)
  } finally {
    await handle.close()
  }
}

function understood(line: string, name: string) {
  try {
    return JSON.parse(line)
  } catch {
    throw new Error(`${name} is not JSON.`)
  }
}
