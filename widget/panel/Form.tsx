// The amount: a ticket in the making, with its number and its slider in step. Fetched when somebody means to redeem.
import { useEffect, useRef, useState } from 'preact/hooks'
import css from '../theme/amount.css?inline'
import type { Bounds } from './amount.ts'
import { amountsOf, fits, startOf } from './amounts.ts'
import { moneyOf } from './model.ts'
import { grouped } from './number.ts'
import type { Props } from './Panel.tsx'

export { css }

export function Form({ model, bounds, redeem }: Props & { bounds: Bounds; redeem: (model: Props['model'], points: number) => unknown }) {
  const text = model.text.value
  const id = 'muse-amount'
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
  const take = ({ currentTarget: field, isComposing }: { currentTarget: HTMLInputElement; isComposing?: boolean }) => {
    // Full-width digits are none until they are composed.
    if (isComposing) return
    // Stopped in the field itself: from the most to the most is no change that would be drawn.
    if (Number(field.value) > max) field.value = String(max)
    setTyped(field.value)
  }
  const both = { min, max, step, onInput: take, onCompositionEnd: take }

  // With a mouse or a keyboard one types; under a thumb an on-screen keyboard would cover the panel.
  useEffect(() => {
    // What is here only until it has its answer was asked for in another place, or before.
    if (!model.isRedeeming.value) return
    const field = (matchMedia('(pointer: coarse)').matches ? slider : number).current
    // Down to the button that confirms it; where not both are to be seen, the field is.
    field?.form?.lastElementChild?.scrollIntoView({ block: 'nearest' })
    field?.focus()
  }, [])

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
        <output for={id}>{isFit ? text.couponWorth(moneyOf(model, value)) : ''}</output>
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
        {isBusy ? text.settling : isLocked ? '\xa0' : isFit && !model.failure.value ? outcome(model, bounds, value) : range(model, bounds)}
      </p>
      <div class="actions">
        <button type="submit" class="main" aria-disabled={model.busy.value !== ''}>
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
