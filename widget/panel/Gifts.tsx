// The gifts that points buy: one tap asks for one, its points are held, and what became of it is shown here.
import type { Gift } from '../../server/contract.ts'
import type { More } from '../text/en-more.ts'
import { ask, offersOf, withdraw } from './earning.ts'
import { grouped } from './number.ts'
import type { Props } from './Panel.tsx'
import { Said } from './Said.tsx'

export function Gifts({ model, more }: Props & { more: More }) {
  const { gifts } = offersOf(model.program.value!)
  const asked = model.wallet.value?.gifts ?? []
  if (gifts.length + asked.length === 0) return null
  return (
    <section class="gifts">
      <h3>{more.giftsTitle}</h3>
      <p class="quiet">{more.giftsLead}</p>
      <ul class="rows">
        {gifts.map((gift) => (
          <Offer key={gift.id} {...{ model, more, gift }} />
        ))}
        {asked.map((gift) => (
          <Asked key={gift.id} {...{ model, more, gift }} />
        ))}
      </ul>
    </section>
  )
}

function Offer({ model, more, gift }: Props & { more: More; gift: ReturnType<typeof offersOf>['gifts'][number] }) {
  const { id, title, points } = gift
  const short = points - (model.wallet.value?.points.available ?? 0)
  const at = `gift ${id}`
  return (
    <li class="way" aria-busy={model.busy.value === at}>
      <span>
        {title}
        <small>
          <span>{more.giftCost(grouped(points))}</span> {short > 0 && <span>{more.giftShort(grouped(short))}</span>}
        </small>
      </span>
      {short <= 0 && (
        <button type="button" class="plain small" aria-label={`${title}: ${more.giftAsk}`} onClick={() => void ask(model, more, gift)}>
          {more.giftAsk}
        </button>
      )}
      <Said {...{ model, more, at }} as="gift" />
    </li>
  )
}

function Asked({ model, more, gift }: Props & { more: More; gift: Gift }) {
  const { undo } = model.text.value
  const { id, title, points, state, at } = gift
  return (
    <li class="way" aria-busy={model.busy.value === `gift ${id}`}>
      <span>
        {title}
        <small>
          <span>{more.giftCost(grouped(points))}</span> <span>{more.giftStates[state]}</span> <span>{model.day(at)}</span>
        </small>
      </span>
      {state === 'waiting' && (
        <button type="button" class="faint" aria-label={`${title}: ${undo}`} onClick={() => void withdraw(model, gift)}>
          {undo}
        </button>
      )}
      <Said {...{ model, more }} at={`gift ${id}`} as="gift" />
    </li>
  )
}
