// The chart of accounts: every movement of points there is, and the two accounts it runs between.

/** Accounts of a member. `debt` is never above zero, the others never below. */
export const memberAccounts = ['pending', 'available', 'held', 'debt'] as const
export type MemberAccount = (typeof memberAccounts)[number]

/** Accounts of the shop. `issued` is kept per funder: the shop itself, or a seller. */
type ShopAccount = 'issued' | 'spent' | 'expired'

/** The kinds of transfer: from which account, to which account. Nothing else may move points. */
export const chart = {
  earn: ['issued', 'pending'],
  activate: ['pending', 'available'],
  grant: ['issued', 'available'],
  revoke: ['pending', 'issued'],
  clawback: ['available', 'issued'],
  owe: ['debt', 'issued'],
  repay: ['available', 'debt'],
  hold: ['available', 'held'],
  release: ['held', 'available'],
  spend: ['held', 'spent'],
  return: ['spent', 'available'],
  expire: ['available', 'expired'],
} as const satisfies Record<string, readonly [MemberAccount | ShopAccount, MemberAccount | ShopAccount]>

export type Kind = keyof typeof chart

/** An account's full name: `issued` carries its funder. */
export const account = (name: MemberAccount | ShopAccount, funder: string) => (name === 'issued' ? `issued:${funder}` : name)
