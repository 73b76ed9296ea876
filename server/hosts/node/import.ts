// Feeding an export to a server, over HTTP: opens a new shop for it and sends the file piece by piece, or goes on where it stopped.
import { type FileHandle, open } from 'node:fs/promises'
import { ask } from './asking.ts'

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
  const opening = await survey(feeding.file)
  const keys = feeding.secretKey ? undefined : await openShop(feeding, opening, ask)
  const credential = feeding.secretKey ?? keys?.secret ?? ''
  if (keys) told({ rows: 0, keys })
  const { rows, open } = await ask('GET', '/import', credential)
  if (!open) throw new Error(`${feeding.shop} is open: there is no import to go on with, and nothing was done.`)
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

/**
 * Gives an import up that has not ended. Throws, saying why, where there is none, and for a shop that is open. One that is gone when the
 * server is asked once more, since its first answer was lost, was given up.
 */
export async function giveUpImport({ fetch = globalThis.fetch, ...feeding }: Omit<Feeding, 'file'>): Promise<void> {
  let asked = 0
  const counted = (request: Request) => {
    asked++
    return fetch(request)
  }
  try {
    await asking({ ...feeding, fetch: counted })('DELETE', '', feeding.operatorKey ?? '')
  } catch (error) {
    if ((error as Error).cause !== 'not-found') throw error
    if (asked === 1) throw new Error(`There is no shop ${feeding.shop}: nothing was given up, and its name is free.`)
  }
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
  ({ url, shop, fetch }: Omit<Feeding, 'file'>) =>
  (method: string, path: string, credential: string, body?: string) =>
    ask<Said>({ url, ...(fetch && { fetch }), method, path: `/v1/shops/${shop}${path}`, credential, body, patience: PATIENCE })

const openShop = async ({ books, operatorKey }: Feeding, { program, origins }: Opening, ask: Ask): Promise<Fed['keys']> =>
  (await ask('PUT', '', operatorKey ?? '', JSON.stringify({ program, origins, books, import: true }))).keys

/** What the export says of the shop; its programs come with the rows. */
interface Opening {
  origins: unknown
  program: unknown
}

// Reads all of the file before a shop is opened for it: half an import keeps the shop's name, and is no shop.
async function survey(file: string): Promise<Opening> {
  const opening: Partial<Opening> = {}
  let rows = 0
  let hasEnded = false
  for await (const { row, name } of rowsOf(file)) {
    if (hasEnded) throw new Error(`${name} comes after the export's end.`)
    if (row.table === 'end' && row.rows !== rows) throw new Error(`${file} is not whole: it has ${rows} of the export's ${row.rows} rows.`)
    hasEnded = row.table === 'end'
    if (rows === 0 && row.table === 'shop') opening.origins = inner(row.origins, name)
    else if (opening.origins && row.table === 'programs') opening.program = inner(row.document, name)
    if (rows === 1 && !opening.program) break
    rows++
  }
  const { origins, program } = opening
  if (!(origins && program)) throw new Error(`${file} is no export of a shop: it does not begin with its shop and its program.`)
  if (!hasEnded) throw new Error(`${file} is not whole: it ends before the export does.`)
  return { origins, program }
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

async function* rowsOf(file: string) {
  const handle = await open(file)
  try {
    if (!(await handle.stat()).isFile()) throw new Error(`${file} is not a file.`)
    let number = 0
    for await (const line of linesOf(handle)) {
      number++
      const name = `Line ${number} of ${file}`
      if (line.trim() !== '') yield { line, name, row: rowIn(line, name) }
    }
    if (number === 0) throw new Error(`${file} is empty.`)
  } finally {
    await handle.close()
  }
}

// Line by line, since a file may be larger than memory. A line ends with a line feed and nothing else: Node's own reader ends one at
// U+2028 as well, which may stand in any text of a shop. An editor may have put a byte order mark before the first.
async function* linesOf(handle: FileHandle): AsyncGenerator<string> {
  let rest: string | undefined
  for await (const text of handle.createReadStream({ encoding: 'utf8', autoClose: false }) as AsyncIterable<string>) {
    const lines = (rest === undefined ? text.replace(/^\uFEFF/, '') : text).split('\n')
    lines[0] = `${rest ?? ''}${lines[0]}`
    rest = lines.pop()
    yield* lines
  }
  if (rest) yield rest
}

function rowIn(line: string, name: string): Record<string, unknown> {
  const row = inner(line, name)
  if (typeof (row as { table?: unknown } | null)?.table !== 'string') throw new Error(`${name} is no row of an export.`)
  return row as Record<string, unknown>
}

function inner(text: unknown, name: string): unknown {
  try {
    return JSON.parse(String(text))
  } catch {
    throw new Error(`${name} is not JSON.`)
  }
}
