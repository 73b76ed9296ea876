// How many points there are, and how many are on the way, held or owed.
import { grouped } from './number.ts'
import type { Props } from './Panel.tsx'

export function Balance({ model }: Props) {
  const { points, expiring } = model.wallet.value!
  const text = model.text.value
  const { day } = model
  const [soonest] = expiring
  // What runs out on one day is told as one, though it came at different times; at one instant, until days can be written.
  const on = ({ at }: { at: string }) => day(at) || at
  let going = 0
  for (const lot of expiring) {
    if (on(lot) !== on(soonest!)) break
    going += lot.points
  }
  const parts = [[text.pending, points.pending, ''] as const, [text.held, points.held, ''] as const, [text.debt, points.debt, '−'] as const]
  return (
    <section class="balance">
      <p class="quiet">{text.available}</p>
      <p class="figure">
        <b>{grouped(points.available)}</b> {points.available === 1 ? text.unitOne : text.unit}
      </p>
      {soonest && <p class="quiet">{text.expiring(grouped(going), day(soonest.at))}</p>}
      <dl>
        {parts.map(
          ([name, count, sign]) =>
            count > 0 && (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{sign + grouped(count)}</dd>
              </div>
            ),
        )}
      </dl>
      {points.debt > 0 && <p class="quiet">{text.debtWhy}</p>}
    </section>
  )
}
