// A shop moved: its export, imported under another name by the same server or another one.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { importFile } from '../server/hosts/node/import.ts'
import { folder } from './folder.ts'
import { asking, OPERATOR, openShop, type Story } from './story.ts'

/** Imports an export as the shop "again", told by the clock of the shop it is of, on the server of that or of another one. */
export async function imported({ clock, ...shop }: Story, text: string, books?: number, fetch = shop.fetch) {
  const file = exported(text)
  const fed = await importFile({ url: 'http://muse.test', fetch, shop: 'again', file, operatorKey: OPERATOR, books })
  return openShop({ shop: 'again', fetch, clock, keys: fed.keys as never })
}

/** The file of an export. */
export function exported(text: string): string {
  const file = join(folder(), 'export.ndjson')
  writeFileSync(file, text)
  return file
}

/** The shop "half", opened for an import beside another shop. */
export async function opened({ fetch, clock, document }: Story, books?: number) {
  const operator = asking(fetch, '/v1/shops/half')(() => OPERATOR)
  const own = process.env.MUSE_BOOKS ? Number(process.env.MUSE_BOOKS) : undefined
  const made = await operator('PUT', '', { program: document, origins: [], import: true, books: books ?? own })
  return openShop({ shop: 'half', fetch, clock, keys: made.body.keys })
}
