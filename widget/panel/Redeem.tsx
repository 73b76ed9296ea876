// Points → coupon: the heading, the way in, and the amount form with its number and its slider in step.
import { useEffect, useId, useRef, useState } from 'preact/hooks'
import { amountsOf, type Bounds, boundsOf, fits, startOf } from './amount.ts'
import { moneyOf } from './model.ts'
import { grouped } from './number.ts'
import type { Props } from './Panel.tsx'
import { Trouble } from './standing.tsx'
import { redeem } from './wallet.ts'

export function Redeem({ model }: Props) {
  const text = model.text.value
  const { coupon } = model.program.value!.redeeming
  const bounds = boundsOf(coupon, model.wallet.value!.points.available, model.cartTotal.value)
  const isPossible = bounds.max >= bounds.min || !!model.unanswered.value
  const isOpen = isPossible && (model.isRedeeming.value || !!model.unanswered.value)
  const button = useRef<HTMLButtonElement>(null)
  const wasOpen = useRef(isOpen)
  // Who leaves the form is back where they came in; who has made a coupon is led to it by the ticket.
  useEffect(() => {
    if (wasOpen.current && !isOpen && !model.made.value) button.current?.focus()
    wasOpen.current = isOpen
  }, [isOpen])
  return (
    <section class="redeem">
      <h3 tabIndex={-1}>{text.couponsTitle}</h3>
      <p class="quiet">{text.couponsLead(moneyOf(model, 1))}</p>
      {isOpen ? (
        <Form model={model} bounds={bounds} />
      ) : (
        <button ref={button} type="button" class="main" disabled={!isPossible} onClick={() => (model.isRedeeming.value = true)}>
          {text.redeem}
        </button>
      )}
      {!isPossible && <p class="quiet">{text.tooFew(grouped(bounds.min))}</p>}
      <Trouble model={model} at="redeem" />
    </section>
  )
}

function Form({ model, bounds }: Props & { bounds: Bounds }) {
  const text = model.text.value
  const id = useId()
  const number = useRef<HTMLInputElement>(null)
  const slider = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState(String(startOf(bounds)))
  const { min, max, step } = bounds
  const isBusy = model.busy.value === 'redeem'
  // Until an earlier redeem has had its answer, its amount stands.
  const asked = model.unanswered.value?.points
  // The bounds may have come down since it was typed.
  const value = asked ?? Math.min(Number(typed), max)
  const isFit = asked !== undefined || (typed !== '' && fits(value, bounds))
  const isLocked = isBusy || asked !== undefined
  const take = ({ currentTarget: field }: { currentTarget: HTMLInputElement }) => {
    // Stopped in the field itself: from the most to the most is no change that would be drawn.
    if (Number(field.value) > max) field.value = String(max)
    setTyped(field.value)
  }
  const both = { min, max, step, onInput: take }

  // With a mouse or a keyboard one types; under a thumb an on-screen keyboard would cover the panel.
  useEffect(() => (matchMedia('(pointer: coarse)').matches ? slider : number).current?.focus(), [])

  const submit = (event: Event) => {
    event.preventDefault()
    if (isFit) void redeem(model, value)
    else number.current?.focus()
  }
  const shown = typed === '' && asked === undefined ? '' : value
  const invalid = { 'aria-invalid': !isFit, 'aria-describedby': `${id}-hint` }
  const part = { '--muse-part': `${max > min ? ((value - min) / (max - min)) * 100 : 100}%` }
  return (
    <form noValidate onSubmit={submit} aria-busy={isBusy}>
      <label for={id}>{text.amount}</label>
      <div class="amount">
        <input ref={number} id={id} type="number" inputMode="numeric" {...both} {...invalid} value={shown} readOnly={isLocked} />
        <output for={id}>{isFit ? text.becomes(moneyOf(model, value)) : ''}</output>
      </div>
      <input ref={slider} type="range" aria-label={text.amount} {...both} value={isFit ? value : min} disabled={isLocked} style={part} />
      <div class="chips">
        {[...amountsOf(bounds), max].map((amount) => (
          <button key={amount} type="button" disabled={isLocked} aria-pressed={amount === value} onClick={() => setTyped(String(amount))}>
            {amount === max ? text.amountMax : grouped(amount)}
          </button>
        ))}
      </div>
      <p id={`${id}-hint`} class="quiet" role={isFit ? undefined : 'alert'}>
        {isBusy ? text.settling : isLocked ? '' : isFit ? outcome(model, bounds, value) : range(model, bounds)}
      </p>
      <div class="actions">
        <button type="submit" class="main" aria-disabled={isBusy}>
          {text.redeem}
        </button>
        <button type="button" class="faint" disabled={isLocked} onClick={() => (model.isRedeeming.value = false)}>
          {text.cancel}
        </button>
      </div>
    </form>
  )
}

/** What stays, or why there is no more to be had. */
const outcome = (model: Props['model'], { byCart }: Bounds, value: number) =>
  byCart
    ? model.text.value.cappedByCart(moneyOf(model, model.cartTotal.value))
    : model.text.value.left(grouped(model.wallet.value!.points.available - value))

const range = (model: Props['model'], { min, max, step }: Bounds) => model.text.value.amountHint(grouped(min), grouped(max), grouped(step))
