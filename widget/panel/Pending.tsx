// The points on the way, and when they arrive.
import { grouped } from './number.ts'
import type { Props } from './Panel.tsx'

/** Each order's points that are not usable yet, and what they wait for. */
export function Pending({ model }: Props) {
  const { pending } = model.wallet.value!
  const text = model.text.value
  const { day } = model
  if (pending.length === 0) return null
  return (
    <section>
      <h3>{text.pending}</h3>
      <ul class="rows">
        {pending.map(({ order, points, availableAt, waitsFor }) => (
          <li>
            <span>
              {order && text.order(order)}
              <small>{waitsFor ? text.waitsForShipment : availableAt ? text.availableOn(day(availableAt)) : text.waits}</small>
            </span>
            <b>{`+${grouped(points)}`}</b>
          </li>
        ))}
      </ul>
    </section>
  )
}
