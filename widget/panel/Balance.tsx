// How many points there are, and how many are on the way, held or owed.
import { grouped } from './number.ts'
import type { Props } from './Panel.tsx'

export function Balance({ model }: Props) {
  const { points, expiring } = model.wallet.value!
  const text = model.text.value
  const { day } = model
  const [soonest] = expiring
  return (
    <section class="balance">
      <p class="quiet">{text.available}</p>
      <p class="figure">
        <b>{grouped(points.available)}</b> {text.unit}
      </p>
      {soonest && <p class="quiet">{text.expiring(grouped(soonest.points), day(soonest.at))}</p>}
      <dl>
        {points.pending > 0 && <Part name={text.pending} count={points.pending} />}
        {points.held > 0 && <Part name={text.held} count={points.held} />}
        {points.debt > 0 && <Part name={text.debt} count={points.debt} sign="−" />}
      </dl>
      {points.debt > 0 && <p class="quiet">{text.debtWhy}</p>}
    </section>
  )
}

const Part = ({ name, count, sign }: { name: string; count: number; sign?: string }) => (
  <div>
    <dt>{name}</dt>
    <dd>
      {sign}
      {grouped(count)}
    </dd>
  </div>
)
