// What a shopper did in the widget, read from the shop's own export: it is not in the shop's journal, since the shop was not asked.
import type { Call, Entry } from '../journal.ts'
import { type Names, quoted, source } from './source.ts'

/** A row of the export, with the table it is of. */
export type Row = { table: string } & Record<string, unknown>
/** One thing that was done: when, in milliseconds, and the lines of a test that do it again. */
export type Done = { at: number; lines: string[] }

/** The rows of an export, line by line. */
export const rowsOf = (ndjson: string): Row[] =>
  ndjson
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Row)

/**
 * Coupons made and taken back, gifts asked for and withdrawn, follows, reviews and photos of one member. Gives each coupon's code
 * and each id a name in `names`.
 */
export function shoppersActs(member: string, rows: Row[], journal: Entry[], names: Names): Done[] {
  const id = rows.find(({ table, customer }) => table === 'members' && customer === member)?.id
  const of = (table: string) => rows.filter((row) => row.table === table && row.member === id)
  const calls = journal.filter((entry) => entry.what === 'call')
  const releases = of('transfers').filter(({ kind }) => kind === 'release')
  return [
    ...of('coupons').flatMap((row, index) => couponActs(row, `coupon${index + 1}`, { releases, calls }, names)),
    ...of('gifts').flatMap((row, index) => giftActs(row, `gift${index + 1}`, { releases, calls }, names)),
    ...of('activities').flatMap((row, index) => activityActs(row, `activity${index + 1}`, names)),
  ]
}

type Told = { releases: Row[]; calls: Call[] }

function couponActs({ code, points, state, issued_at, order_id }: Row, name: string, { releases, calls }: Told, names: Names): Done[] {
  names.set(String(code), name)
  const made = { at: Number(issued_at), lines: [`const ${name} = (await shopper.redeem(${points})).body.coupon.code`] }
  const voided = calls.some(({ method, path, status }) => method === 'DELETE' && path === `/coupons/${code}` && status < 400)
  if (state !== 'returned' || order_id !== null || voided) return [made]
  const undone = Number(releases.findLast((row) => row.coupon === code)?.at)
  return [made, { at: undone, lines: [`await shopper.delete(\`/me/coupons/\${${name}}\`)`] }]
}

function giftActs(row: Row, name: string, { releases, calls }: Told, names: Names): Done[] {
  const { id, gift, title, state, at } = row
  names.set(String(id), name)
  const asked = { at: Number(at), lines: [`const ${name} = (await shopper.post('/me/gifts', ${source({ gift }, names)})).body.id`] }
  const decided = calls.some(({ path, status }) => path === `/gifts/${id}` && status < 400)
  if (state !== 'declined' || decided) return [asked]
  const withdrawn = releases.findLast((release) => release.note === `gift ${title}` && Number(release.at) >= Number(at))
  return [asked, { at: Number(withdrawn?.at ?? at), lines: [`await shopper.delete(\`/me/gifts/\${${name}}\`)`] }]
}

function activityActs({ id, kind, key, at, document }: Row, name: string, names: Names): Done[] {
  names.set(String(id), name)
  const told = JSON.parse(String(document)) as object
  if (kind === 'follow') return [{ at: Number(at), lines: [`await shopper.put(${quoted(`/me/follows/${key}`)})`] }]
  if (kind === 'photo')
    return [{ at: Number(at), lines: [`const ${name} = (await shopper.post('/me/photos', photo(${name.slice(8)}))).body.id`] }]
  if (kind !== 'review') return []
  return [
    {
      at: Number(at),
      lines: [`const ${name} = (await shopper.post('/me/reviews', ${source({ ...told, sku: key }, names)})).body.id`],
    },
  ]
}
