// How many points there are, how many are on the way and when they arrive, and what is held or owed.
import { grouped } from './number.ts'
import type { Props } from './Panel.tsx'

export function Balance({ model }: Props) {
  const { points, expiring } = model.wallet.value!
  const text = model.text.value
  const { day } = model.dates
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

/** Each order's points that are not usable yet, and what they wait for. */
export function Pending({ model }: Props) {
  const { pending } = model.wallet.value!
  const text = model.text.value
  const { day } = model.dates
  if (pending.length === 0) return null
  return (
    <section>
      <h3>{text.pending}</h3>
      <ul class="rows">
        {pending.map(({ order, points, availableAt, waitsFor }) => (
          <li key={order}>
            <span>
              {order && text.order(order)}
              <small>{waitsFor ? text.waitsForShipment : availableAt ? text.availableOn(day(availableAt)) : text.waits}</small>
            </span>
            <b>+{grouped(points)}</b>
          </li>
        ))}
      </ul>
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
