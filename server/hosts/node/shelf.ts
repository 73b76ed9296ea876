// The books of a data folder, of either host, as whoever copies them finds them: which come first, and which of them must not change meanwhile.
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** Where a host keeps its books, below the data folder. */
export const folders = ['books', 'edge']

/** What a book says it is. */
interface Standing {
  /** Whether it is one of several apart, with a copy of what the first one says of the shop. */
  isCopy: boolean
  /** Of a first book: its shop, and in how many books that is. */
  shop: string | undefined
  books: number | undefined
}

/** A book on the shelf. `mustBeSame` is asked of its copy: throws where the shop was split since it was found. */
export interface Shelved {
  /** Its path below the data folder. */
  file: string
  mustBeSame(copy: string): void
}

/**
 * All books of a data folder. A shop's first book comes last, and so knows every version of the program that an order in another book
 * may name. Throws where a shop is being split, for its rows are in two places then, and no instant of one book is that of another.
 */
export function shelf(data: string): Shelved[] {
  return folders
    .filter((folder) => existsSync(join(data, folder)))
    .flatMap((folder) => readdirSync(join(data, folder), { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file}`))
    .filter((file) => file.endsWith('.sqlite'))
    .toSorted()
    .toReversed()
    .map((file) => ({ file, found: saying(join(data, file), standing) }))
    .toSorted((a, b) => Number(b.found.isCopy) - Number(a.found.isCopy))
    .map(({ file, found }) => ({ file, mustBeSame: (copy) => mustBeSame(found, standing(copy)) }))
}

/** Does something with a file, whose name SQLite leaves out when it says what was wrong with it. */
export function saying<T>(file: string, act: (file: string) => T): T {
  try {
    return act(file)
  } catch (error) {
    if ((error as { errcode?: number }).errcode === undefined) throw error
    throw new Error(`${file}: ${(error as Error).message}.`, { cause: error })
  }
}

function standing(file: string): Standing {
  const database = new DatabaseSync(file, { readOnly: true, timeout: 10_000 })
  const ask = (table: string, sql: string) =>
    database.prepare('SELECT 1 FROM sqlite_master WHERE name = ?').get(table) && (database.prepare(sql).get() as Record<string, unknown>)
  try {
    // The edge's files do not have their numbers in their names; a book apart that is not the first has it in a table.
    const isCopy = ask('copies', 'SELECT 1 FROM copies WHERE book > 0') !== undefined
    const shop = isCopy ? undefined : (ask('shop', 'SELECT id, books FROM shop') as { id: string; books: number } | undefined)
    // Where the edge's first book keeps how far its division is.
    if (shop && ask('_cf_KV', "SELECT 1 FROM _cf_KV WHERE key = 'division'"))
      throw new Error(`${shop.id} is being split: back it up once that is done, or given up.`)
    return { isCopy, shop: shop?.id, books: shop?.books }
  } finally {
    database.close()
  }
}

function mustBeSame(found: Standing, copied: Standing): void {
  if (found.books !== copied.books) throw new Error(`${found.shop} was split meanwhile: back it up again.`)
}
