// The ledger: what each kind of transfer moves.
import { describe, expect, test } from 'vitest'
import { enrol } from '../server/acts/members.ts'
import { NEVER } from '../server/contract.ts'
import { chart, type Kind } from '../server/ledger/chart.ts'
import { transfer } from '../server/ledger/ledger.ts'
import { addLot, type Lot } from '../server/ledger/lots.ts'
import type { MemberRow } from '../server/ledger/member.ts'
import { openBook, type TestBook } from './book.ts'

// What 100 points of a kind do to pending, available, held and debt, and through which transfers a member gets there.
const kinds: [Kind, before: Kind[], effect: [pending: number, available: number, held: number, debt: number]][] = [
  ['earn', [], [100, 0, 0, 0]],
  ['activate', ['earn'], [-100, 100, 0, 0]],
  ['grant', [], [0, 100, 0, 0]],
  ['revoke', ['earn'], [-100, 0, 0, 0]],
  ['clawback', ['grant'], [0, -100, 0, 0]],
  ['owe', [], [0, 0, 0, -100]],
  ['repay', ['grant', 'owe'], [0, -100, 0, 100]],
  ['hold', ['grant'], [0, -100, 100, 0]],
  ['release', ['grant', 'hold'], [0, 100, -100, 0]],
  ['spend', ['grant', 'hold'], [0, 0, -100, 0]],
  ['return', ['grant', 'hold', 'spend'], [0, 100, 0, 0]],
  ['expire', ['grant'], [0, -100, 0, 0]],
]

describe('a transfer', () => {
  test('has a row here for every kind of the chart', () => {
    expect(kinds.map(([kind]) => kind)).toEqual(Object.keys(chart))
  })

  test.each(kinds)('%s moves what the chart says and nothing else', (kind, before, effect) => {
    const { book, member, move } = memberWithLot()
    for (const earlier of before) move(earlier)
    const then = balances(member)
    move(kind)
    const now = balances(member)
    expect(now.map((balance, index) => balance - (then[index] ?? 0))).toEqual(effect)
    expect(stored(book)).toEqual(now)
  })

  // What was spent is the shop's account: nothing of the member's can be lacking there.
  test.each(kinds.filter(([kind, before]) => before.length > 0 && kind !== 'return'))(
    '%s of points that are not there is a crash and leaves no trace',
    (kind) => {
      const { book, move } = memberWithLot()
      const count = () => book.all('SELECT * FROM transfers').length
      const rows = count()
      expect(() => book.transaction(() => move(kind))).toThrow(/constraint/)
      expect([count(), ...stored(book)]).toEqual([rows, 0, 0, 0, 0])
    },
  )

  test('of nothing writes nothing', () => {
    const { book, member } = memberWithLot()
    expect(transfer(book, member, 'grant', [])).toBe(0)
    expect(book.all('SELECT * FROM transfers')).toEqual([])
  })
})

function memberWithLot() {
  const book = openBook()
  const member = enrol(book, 'ada')
  const lot = addLot(book, member, { funder: 'shop', availableAt: book.now, expiresAt: NEVER }) as Lot
  const move = (kind: Kind) => transfer(book, member, kind, kind === 'owe' ? 100 : [{ lot: lot.id, points: 100 }])
  return { book, member, move }
}

const balances = (member: MemberRow) => [member.pending, member.available, member.held, member.debt]
const stored = (book: TestBook) => balances(book.all<MemberRow>('SELECT * FROM members')[0] as MemberRow)
