// The gallery: the photos that are shown, newest first, and the pictures themselves. All of it is in the shop's first book.
import type * as z from 'zod'
import { type Gallery, type MerchantPhotos, Refusal, type Standing } from '../contract.ts'
import { bytesOf, one } from '../ledger/sql.ts'
import type { ShopBook } from './shop.ts'

interface PhotoRow {
  seq: number
  id: string
  customer: string
  width: number
  height: number
  caption: string
  state: Standing
  month: string | null
  place: number | null
  at: number
}

/** How many photos a page has. */
const PAGE = 24

/** A page of what everybody may see. `before` is the `next` of the page before. */
export function gallery(book: ShopBook, before?: string): Gallery {
  const { rows, next } = page(book, 'accepted', before)
  return { photos: rows.map((row) => view(book, row)), next }
}

/** A page of the photos in a state, for the merchant to decide. */
export function photosIn(book: ShopBook, state: Standing, before?: string): z.infer<typeof MerchantPhotos> {
  const { rows, next } = page(book, state, before)
  return { photos: rows.map((row) => ({ ...view(book, row), member: row.customer, state: row.state })), next }
}

/** A picture, as JPEG. What was declined is not to be had; what nobody decided yet is, by those who know its id. */
export function pictureOf(book: ShopBook, id: string): Uint8Array {
  const sql = "SELECT picture FROM photos WHERE id = ? AND state <> 'declined'"
  const row = one(book.all<{ picture: Uint8Array | ArrayBuffer }>(sql, id))
  if (!row) throw new Refusal('not-found', 'There is no picture here.')
  return bytesOf(row.picture)
}

function page(book: ShopBook, state: Standing, before = `${Number.MAX_SAFE_INTEGER}`): { rows: PhotoRow[]; next: string | null } {
  if (!/^\d{1,16}$/.test(before))
    throw new Refusal('invalid-request', '"before" is not the "next" of an earlier page.', { path: ['before'] })
  const rows = book.all<PhotoRow>(
    `SELECT seq, id, customer, width, height, caption, state, month, place, at FROM photos
     WHERE state = ? AND seq < ? ORDER BY seq DESC LIMIT ${PAGE + 1}`,
    state,
    Number(before),
  )
  const shown = rows.slice(0, PAGE)
  return { rows: shown, next: rows.length > PAGE ? String(shown.at(-1)?.seq) : null }
}

const view = (book: ShopBook, { id, width, height, caption, at, month, place }: PhotoRow): Gallery['photos'][number] => ({
  ...{ id, width, height, caption },
  src: `/v1/shops/${book.shop.id}/photos/${id}`,
  at: new Date(at).toISOString(),
  prize: month === null || place === null ? null : { month, place },
})
