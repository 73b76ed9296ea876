// Follows: each official account of the shop, once per member for ever. Nobody can check a follow, so the shop may let it wait.
import { type Activity, Refusal } from '../contract.ts'
import type { MemberRow } from '../ledger/member.ts'
import { type ActivityRow, add, decide, findActivity } from './activities.ts'
import { findOrder } from './placed.ts'
import { type ShopBook, terms } from './shop.ts'

/** The member follows the shop there. Refused for a network the program does not name, and the second time. */
export function follow(book: ShopBook, member: MemberRow, network: string): Activity {
  const { points, accounts, award } = terms(book).program.earning.follow
  if (!Object.hasOwn(accounts, network)) throw new Refusal('not-found', 'The shop has no account there.')
  if (points === 0) throw new Refusal('not-eligible', 'Following the shop earns nothing at the moment.')
  if (findActivity(book, member, 'follow', network)) throw new Refusal('already-done', 'This account was followed before.')
  const waits = award === 'shipped'
  const state = waits && !hasReceived(book, member) ? 'pending' : 'accepted'
  return view(add(book, member, { kind: 'follow', key: network, points, state, document: { waits } }))
}

/** The shop saw that it is not so: the points go, and the follow stays done. Refused when there was none. */
export function revoke(book: ShopBook, member: MemberRow, network: string): void {
  const activity = findActivity(book, member, 'follow', network)
  if (!activity) throw new Refusal('not-found', 'This member has not followed the shop there.')
  decide(book, member, activity, 'declined')
}

/**
 * An order has been reported: follows that wait for a first shipped order bring their points while there is one. Like all that
 * orders bring about, it depends on how they stand and not on the way they came there.
 */
export function settleFollows(book: ShopBook, member: MemberRow): void {
  if (!book.shop.versions.some(({ program }) => program.earning.follow.award === 'shipped')) return
  const waiting = followed(book, member).filter((row) => row.state !== 'declined' && JSON.parse(row.document).waits)
  if (waiting.length === 0) return
  const state = hasReceived(book, member) ? 'accepted' : 'pending'
  for (const activity of waiting) decide(book, member, activity, state)
}

/** The accounts there are to follow, and where this member stands with each. */
export function followsOf(book: ShopBook, member: MemberRow): Activity[] {
  const { points, accounts } = terms(book).program.earning.follow
  const networks = points > 0 ? Object.keys(accounts) : []
  const done = new Map(networks.length > 0 ? followed(book, member).map((row) => [row.key, row]) : [])
  return networks.map((network) => {
    const row = done.get(network)
    return row ? view(row) : { kind: 'follow', network, points, state: 'open' }
  })
}

const followed = (book: ShopBook, member: MemberRow) =>
  book.all<ActivityRow>("SELECT * FROM activities WHERE member = ? AND kind = 'follow'", member.id)

const view = ({ key, points, state }: ActivityRow): Activity => ({
  kind: 'follow',
  network: key,
  points,
  state: state === 'pending' ? 'waiting' : 'done',
})

// What a guest ordered says nothing about a member, nor does what counts as cancelled.
const hasReceived = (book: ShopBook, member: MemberRow) =>
  book
    .all<{ id: string }>(
      `SELECT id FROM orders WHERE member = ? AND document ->> '$.state' = 'shipped' AND document ->> '$.guest' IS NOT 1`,
      member.id,
    )
    .some(({ id }) => !findOrder(book, member, id)?.cancelled)
