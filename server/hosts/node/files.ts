// Where the embedded host keeps a shop's books: one file each, below the data folder; and where the edge does, which is its own affair.
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readdirSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The file of a shop's book. Upper case is written with a dot, so that shops differing in case alone stay apart anywhere. */
export const bookFile = (data: string, shop: string, book: number) =>
  join(data, 'books', `${shop.replaceAll(/[A-Z]/g, (letter) => `.${letter.toLowerCase()}`)}.${book}.sqlite`)

/**
 * Makes a folder and those above it, where they are missing. Node's own `recursive` would go on for ever where a file system says ENOENT
 * to every folder that anybody makes in it, as /proc does.
 */
export function makeFolder(path: string, mode = 0o777): void {
  const isFolder = () => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
  if (isFolder()) return
  const above = dirname(path)
  if (above !== path) makeFolder(above, mode)
  try {
    mkdirSync(path, { mode })
  } catch (error) {
    // Another process may have made it meanwhile.
    if (!isFolder()) throw error
  }
}

/** Removes a book that nobody has open, with what SQLite keeps beside it; it is gone after a power cut, too. */
export function removeBook(data: string, shop: string, book: number): void {
  const file = bookFile(data, shop, book)
  for (const rest of ['-wal', '-shm', '']) rmSync(file + rest, { force: true })
  const folder = openSync(dirname(file), 'r')
  fsyncSync(folder)
  closeSync(folder)
}

/** The shops that have a first book here. */
export const shopsIn = (data: string) =>
  readdirSync(join(data, 'books'))
    .filter((file) => file.endsWith('.0.sqlite'))
    .map((file) => file.slice(0, -'.0.sqlite'.length).replaceAll(/\.(.)/g, (_, letter: string) => letter.toUpperCase()))

/**
 * What to say at the start of one host in a data folder that holds books, but only the other one's; undefined where there is nothing to
 * say. To whoever changed from one to the other, all shops would seem to be gone.
 */
export function othersBooks(data: string, host: 'serve' | 'edge'): string | undefined {
  const embedded = hasBooks(join(data, 'books'))
  const edge = hasBooks(join(data, 'edge/muse-book'))
  const [mine, theirs, other] = host === 'serve' ? [embedded, edge, 'edge'] : [edge, embedded, 'serve']
  if (mine || !theirs) return undefined
  return `${data} holds shops of npm run ${other}, which are not here: an export there and an import here bring them over.`
}

const hasBooks = (folder: string) =>
  existsSync(folder) && readdirSync(folder).some((file) => file.endsWith('.sqlite') && file !== 'metadata.sqlite')
