// The wallet and the history: what a member sees of the books.
import { type Activity, Coupon, type Coupons, dated, type History, Instant, iso, NEVER, Refusal, type Wallet } from '../contract.ts'
import type { TransferRow } from '../ledger/ledger.ts'
import { type Lot, openLots } from '../ledger/lots.ts'
import type { MemberRow } from '../ledger/member.ts'
import { chain, one } from '../ledger/sql.ts'
import { instant } from '../rules/calendar.ts'
import { awaitedBy } from '../rules/receipt.ts'
import { wake } from './chores.ts'
import { type CouponRow, couponView } from './coupons.ts'
import { followsOf } from './follows.ts'
import { giftsOf } from './gifts.ts'
import { type WalletText, whole } from './kept.ts'
import { isDoneToday } from './photos.ts'
import { findOrder } from './placed.ts'
import { type ShopBook, terms } from './shop.ts'
import { shownCoupons } from './shown.ts'

const PAGE = 20

/** The member's wallet, after everything that has come due by now. */
export const walletOf = (book: ShopBook, member: MemberRow): Wallet => JSON.parse(whole(walletText(book, member))) as Wallet

/** The same as its JSON. */
export function walletText(book: ShopBook, member: MemberRow): WalletText {
  wake(book, member)
  const lots = openLots(book, member)
  member.lots = lots
  const before: Pick<Wallet, 'member' | 'points' | 'pending'> = {
    member: { id: member.customer, ...(member.name === null ? {} : { name: member.name }) },
    points: { available: member.available, pending: member.pending, held: member.held, debt: 0 - member.debt },
    pending: pendingIn(book, member, lots),
  }
  const after: Pick<Wallet, 'activities' | 'gifts' | 'expiring'> = {
    activities: activities(book, member),
    gifts: giftsOf(book, member),
    expiring: lots
      .filter((lot) => lot.available > 0 && lot.expires_at < NEVER)
      .map((lot) => ({ points: lot.available, at: dated(lot.expires_at) })),
  }
  return {
    before: `${JSON.stringify(before).slice(0, -1)},"coupons":`,
    coupons: shownCoupons(book, member),
    after: `,${JSON.stringify(after).slice(1)}`,
  }
}

// What waits, an order a line, oldest first: that several funders pay for it is not the shopper's concern. Its lots wait for one instant.
function pendingIn(book: ShopBook, member: MemberRow, lots: Lot[]): Wallet['pending'] {
  const orders = new Map<string | number, Wallet['pending'][number]>()
  for (const { id, order_id, pending, available_at } of lots.toSorted((a, b) => a.id - b.id)) {
    if (pending === 0) continue
    const key = order_id ?? id
    const points = (orders.get(key)?.points ?? 0) + pending
    const waitsFor = available_at === NEVER ? awaited(book, member, order_id) : null
    orders.set(key, { order: order_id ?? '', points, availableAt: iso(available_at), waitsFor })
  }
  return [...orders.values()]
}

// Where every version awards as the parcel leaves, there is nothing else to wait for, and no order has to be read.
function awaited(book: ShopBook, member: MemberRow, order: string | null): Wallet['pending'][number]['waitsFor'] {
  const isPlain = book.shop.versions.every(({ program }) => program.earning.purchase.award === 'shipped')
  const placed = isPlain || order === null ? undefined : findOrder(book, member, order)
  return placed ? awaitedBy(placed.order, placed.program, placed.circumstances) : 'shipment'
}

/**
 * A page of the member's transfers, newest first, by walking their chain: its cost does not grow with the book.
 * `before` is the `next` of the page before, or an instant, as the `at` of an entry is; anything else is refused.
 */
export function historyOf(book: ShopBook, member: MemberRow, before?: string): History {
  const rows = chain(startOf(book, member, before), PAGE, (id) => transfer(book, id))
  const next = rows.at(-1)?.previous ?? null
  return { entries: rows.map(entry), next: rows.length < PAGE || next === null ? null : String(next) }
}

const transfer = (book: ShopBook, id: number) => one(book.all<TransferRow>('SELECT * FROM transfers WHERE id = ?', id))

// What is older than an instant is found by walking there. In an address a plus that nobody escaped arrives as a space.
function startOf(book: ShopBook, member: MemberRow, before: string | undefined): number | null {
  if (before === undefined) return member.last_transfer
  const escaped = before.replace(' ', '+')
  if (!Instant.safeParse(escaped).success) return pointer(book, member, before)
  const until = instant(escaped)
  let start = member.last_transfer
  while (start !== null) {
    const row = transfer(book, start)
    if (!row || row.at < until) break
    start = row.previous
  }
  return start
}

function pointer(book: ShopBook, member: MemberRow, before: string, table: 'transfers' | 'coupons' = 'transfers'): number {
  const id = /^\d{1,15}$/.test(before) ? Number(before) : 0
  if (!one(book.all(`SELECT 1 FROM ${table} WHERE id = ? AND member = ?`, id, member.id)))
    throw new Refusal('invalid-request', '"before" is not the "next" of an earlier page.', { path: ['before'] })
  return id
}

/**
 * A page of the member's coupons, newest first: all that a wallet may have no room for, or those in one state alone. `before` is the `next`
 * of the page before; anything that is no coupon of this member is refused, as is a state that there is not.
 */
export function couponsBefore(book: ShopBook, member: MemberRow, { before, state }: { before?: string; state?: string }): Coupons {
  if (state !== undefined && !Coupon.shape.state.safeParse(state).success)
    throw new Refusal('invalid-request', `"state" is one of ${Coupon.shape.state.options.join(', ')}.`, { path: ['state'] })
  wake(book, member)
  const start = before === undefined ? Number.MAX_SAFE_INTEGER : pointer(book, member, before, 'coupons')
  const rows = book.all<CouponRow>(
    `SELECT * FROM coupons WHERE member = ? AND id < ? ${state === undefined ? '' : 'AND state = ?'} ORDER BY id DESC LIMIT ${PAGE + 1}`,
    ...[member.id, start, ...(state === undefined ? [] : [state])],
  )
  const page = rows.slice(0, PAGE)
  return { coupons: page.map((row) => couponView(book, row)), next: rows.length > PAGE ? String(page.at(-1)?.id) : null }
}

const entry = (row: TransferRow): History['entries'][number] => ({
  at: new Date(row.at).toISOString(),
  kind: row.kind,
  points: row.points,
  ...(row.order_id === null ? {} : { order: row.order_id }),
  ...(row.coupon === null ? {} : { coupon: row.coupon }),
  ...(row.note === null ? {} : { note: row.note }),
})

function activities(book: ShopBook, member: MemberRow): Activity[] {
  const { welcome, review, photo } = terms(book).program.earning
  const others: Activity[] = [
    { kind: 'welcome', points: welcome.points, state: 'done' },
    { kind: 'review', points: review.points, state: 'open' },
  ]
  const posting: Activity[] =
    photo.points > 0 ? [{ kind: 'photo', points: photo.points, state: isDoneToday(book, member) ? 'done' : 'open' }] : []
  return [...others.filter(({ points }) => points > 0), ...posting, ...followsOf(book, member)]
}
