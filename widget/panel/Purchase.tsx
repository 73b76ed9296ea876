// Earning by buying: the rate, with a sum one can picture, and when the points are there.
import type { PublicProgram } from '../../server/contract.ts'
import type { Text } from '../text/en.ts'
import { moneyOf } from './model.ts'
import { grouped } from './number.ts'
import type { Props } from './Panel.tsx'

export function Purchase({ model }: Props) {
  const text = model.text.value
  const { earning } = model.program.value!
  const { percent, award, delay } = earning.purchase
  const price = 10_000
  return (
    <li>
      <span>
        {text.earnPurchase(String(percent))}
        <small>{text.earnExample(moneyOf(model, price), grouped(Math.floor((price * percent) / 100)))}</small>
        <small>{whenOf(text, award, delay)}</small>
      </span>
    </li>
  )
}

function whenOf(text: Text, award: PublicProgram['earning']['purchase']['award'], delay: string): string {
  const [, years, months, weeks, days, hours, minutes] =
    /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?/.exec(delay) ?? []
  const { year, month, week, day, hour, minute } = text.durations
  const parts = [
    [years, year],
    [months, month],
    [weeks, week],
    [days, day],
    [hours, hour],
    [minutes, minute],
  ] as const
  const wait = parts
    .filter(([count]) => Number(count))
    .map(([count, write]) => write(count!))
    .join(' ')
  if (wait) return text.earnAfter(wait, award === 'shipped')
  return award === 'shipped' ? text.earnShipped : text.earnPlaced
}
