// Numbers and money as an embed writes them. Its own few lines, since to import them would fetch the whole panel.
import type { PublicProgram } from '../../server/contract.ts'
import type { More } from '../text/en-more.ts'

/** 1234567 → `1,234,567`; minor units with two digits: 1234567 → `12,345.67`. */
export const grouped = (value: number, digits = 0): string => (value / 10 ** digits).toFixed(digits).replace(/\d(?=(\d{3})+(\.|$))/g, '$&,')

/** Money as the shop writes it in this language; minor units. */
export const moneyIn = ({ money }: PublicProgram, text: More, amount: number): string =>
  text.money(money.symbol, grouped(amount, money.digits))
