// Earning by buying: the campaigns; the rate, with a sum one can picture, and when the points are there.
import { useState } from 'preact/hooks'
import type { PublicProgram } from '../../server/contract.ts'
import type { Text } from '../text/en.ts'
import { datesIn } from './dates.ts'
import { moneyOf } from './model.ts'
import { grouped } from './number.ts'
import type { Props } from './Panel.tsx'

export function Purchase({ model }: Props) {
  const text = model.text.value
  const { percent, rounding, award, delay } = model.program.value!.earning.purchase
  // As a receipt rounds: in ten-thousandths of a percent, which are whole numbers, and by functions of the program's own names.
  const points = Math[rounding as 'floor'](Math.round(percent * 1e4) / 100)
  return (
    <li>
      <span>
        {text.earnPurchase(percent)}
        {points > 0 && <small>{text.earnExample(moneyOf(model, 10_000), grouped(points))}</small>}
        <small>{whenOf(text, award, delay)}</small>
      </span>
    </li>
  )
}

/** The campaigns there are, and those to come. */
export function Campaigns({ model }: Props) {
  const text = model.text.value
  const [moment] = useState(() => momentsIn(model))
  const campaigns = model.program.value!.campaigns as Campaign[]
  return campaigns.map(({ id, title, ordered: { from = '', until = '' } = {} }) => (
    <p key={id} class="campaign">
      <b>{title}</b>
      {Date.parse(from) > Date.now() && <small>{moment(text.from, from)}</small>}
      {until && <small>{moment(text.until, until)}</small>}
    </p>
  ))
}

/** With its time and the zone's name, for a deadline: the shop's in its sentence, and the shopper's own behind that where their clock shows
 * another hour. */
function momentsIn({ stage, program }: Props['model']) {
  const exact = { hour: 'numeric', minute: '2-digit', timeZoneName: 'short' } as const
  const shops = datesIn(stage.locale, program, exact)
  const own = datesIn(stage.locale, program, { ...exact, timeZone: undefined })
  /** Without the zone, which one place may call by two names. */
  const hour = (said: string) => said.replace(/\S+$/, '')
  return (said: (date: string) => string, at: string) => {
    // No line ends within a date.
    const [there, here] = [shops(at), own(at)].map((said) => said.replace(/ /g, '\xa0')) as [string, string]
    return said(there) + (hour(there) === hour(here) ? '' : `\n(${here})`)
  }
}

/** What is shown of one: its beginning only while that is still to come. */
interface Campaign {
  id: string
  title: string
  ordered?: { from?: string; until?: string }
}

function whenOf(text: Text, award: PublicProgram['earning']['purchase']['award'], delay: string): string {
  // What is M before the T is months, after it minutes.
  const parts = delay.replace(/T.*/, (time) => time.replace('M', 'm')).matchAll(/([1-9]\d*)([YMWDHm])/g)
  const wait = [...parts].map(([, count, unit]) => text.durations[unit as keyof Text['durations']](count!)).join(' ')
  return text.earnWhen(wait, award === 'shipped')
}
