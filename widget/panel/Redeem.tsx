// Points → coupon: the heading, the way in, and the amount form once it is asked for.
import { useEffect, useRef } from 'preact/hooks'
import { type Bounds, boundsOf } from './amount.ts'
import { moneyOf } from './model.ts'
import { grouped } from './number.ts'
import type { Props } from './Panel.tsx'
import { part } from './part.tsx'
import { Trouble } from './standing.tsx'
import { redeem, show } from './wallet.ts'

export const Form = part(() => import('./doing.ts'), 'rest')

export function Redeem({ model }: Props) {
  const text = model.text.value
  const { coupon } = model.program.value!.redeeming
  const bounds = boundsOf(coupon, model.wallet.value!.points.available, model.cartTotal.value)
  const isAsked = !!model.unanswered.value
  const isPossible = isAsked || bounds.max >= bounds.min
  const isOpen = isAsked || (isPossible && model.isRedeeming.value)
  const button = useRef<HTMLButtonElement>(null)
  const isEntered = isOpen && model.isRedeeming.value
  const wasEntered = useRef(isEntered)
  // Who leaves the form is back where they came in; who has made a coupon is led to it by the ticket.
  useEffect(() => {
    if (wasEntered.current && !isOpen && !model.made.value) button.current?.focus()
    wasEntered.current = isEntered
  }, [isEntered])
  return (
    <section class="redeem">
      <h3 tabIndex={-1}>{text.couponsTitle}</h3>
      <p class="quiet">{text.couponsLead(moneyOf(model, 1))}</p>
      {isOpen ? (
        <Form model={model} bounds={bounds} redeem={redeem} />
      ) : (
        // The press is seen first, and then the form.
        <button ref={button} type="button" class="main" disabled={!isPossible} onClick={() => setTimeout(() => show(model, 'redeem'))}>
          {text.redeem}
        </button>
      )}
      {!isPossible && <Reason model={model} bounds={bounds} />}
      <Trouble model={model} at="redeem" />
    </section>
  )
}

/** Why there is nothing to redeem: the cart, where the points alone would do; else how there will be some, unless there is a coupon to use. */
function Reason({ model, bounds: { min, byCart } }: Props & { bounds: Bounds }) {
  const { cartTooSmall, tooFew, everyOrder } = model.text.value
  const { percent } = model.program.value!.earning.purchase
  const { available, held } = model.wallet.value!.points
  if (byCart && available >= min) return <p class="quiet">{cartTooSmall(moneyOf(model, model.cartTotal.value), grouped(min))}</p>
  return (
    <>
      <p class="quiet">{tooFew(grouped(min))}</p>
      {!held && percent > 0 && <p class="quiet">{everyOrder(percent)}</p>}
    </>
  )
}
