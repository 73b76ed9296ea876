// The coupons there are: open ones as tickets with their code, the earlier ones with what became of them.
import { useEffect, useRef } from 'preact/hooks'
import type { Coupon } from '../../server/contract.ts'
import { couponOf, fateOf, isHere, moneyOf } from './model.ts'
import { inFours } from './number.ts'
import type { Props } from './Panel.tsx'
import { part } from './part.tsx'
import { Trouble } from './standing.tsx'
import { copy, undo } from './wallet.ts'

/** Comes with the history, to whoever has that many. */
const More = part(async () => ({ Part: (await import('./History.tsx')).More }), 'rest')

export function Open({ model }: Props) {
  const { place, said, wallet } = model
  const open = wallet.value!.coupons.filter(({ state }) => state === 'open')
  const count = useRef(open.length)
  // A ticket taken back takes the focus with it.
  useEffect(() => {
    if (open.length < count.current && said.value && !place.root.activeElement) place.box.querySelector('h3')?.focus()
    count.current = open.length
  }, [open.length])
  // What went wrong with a coupon that is open no more has no ticket to be said on.
  const gone = model.failure.value && couponOf(model, model.failure.value.at)
  return (
    <>
      {gone && gone.state !== 'open' && <Trouble model={model} at={gone.code} />}
      {open.length > 0 && (
        <ul class="tickets">
          {open.map((coupon) => (
            <Ticket key={coupon.code} model={model} coupon={coupon} />
          ))}
        </ul>
      )}
    </>
  )
}

export function Past({ model }: Props) {
  const text = model.text.value
  const { coupons } = model.wallet.value!
  const { rows = [], next = coupons.length > 19 } = model.coupons.value ?? {}
  const past = [...coupons.filter(({ state }) => state !== 'open'), ...rows.filter(({ code }) => !couponOf(model, code))]
  // A wallet has the latest twenty, where there are as many.
  return past[0] || next ? (
    <details>
      <summary>{text.couponsPast}</summary>
      <ul class="rows">
        {past.map((coupon) => (
          <li key={coupon.code} tabIndex={-1}>
            <span>
              {text.couponWorth(moneyOf(model, coupon.value))}
              <small>{inFours(coupon.code)}</small>
            </span>
            <small>{text.couponStates[fateOf(coupon)]}</small>
          </li>
        ))}
      </ul>
      {next && <More model={model} at="coupons" />}
      <Trouble model={model} at="coupons" />
    </details>
  ) : null
}

function Ticket({ model, coupon }: Props & { coupon: Coupon }) {
  const text = model.text.value
  const button = useRef<HTMLButtonElement>(null)
  const { code, expiresAt } = coupon
  const id = `muse-${code}`
  const isNew = model.made.value === code
  const isBusy = model.busy.value === code
  const look = model.copied.value === code ? 'plain copied' : 'plain'
  // The button that made it is gone; what one does next is copy it, unless one has moved on in the page.
  useEffect(() => {
    if (isNew && isHere(model)) button.current?.focus()
  }, [isNew])
  const unlessBusy = (act: typeof copy) => () => isBusy || void act(model, code)
  return (
    <li class="ticket" data-new={isNew} aria-busy={isBusy}>
      {isNew && <i />}
      <p class="worth">{text.couponWorth(moneyOf(model, coupon.value))}</p>
      <p class="quiet">{expiresAt ? text.couponUntil(model.day(expiresAt)) : text.couponForever}</p>
      <code id={id}>{inFours(code)}</code>
      <div class="actions">
        <button ref={button} type="button" class={look} aria-describedby={id} aria-disabled={isBusy} onClick={unlessBusy(copy)}>
          {text.copy}
        </button>
        <button type="button" class="faint" aria-describedby={id} aria-disabled={isBusy} onClick={unlessBusy(undo)}>
          {text.undo}
        </button>
      </div>
      <Trouble model={model} at={code} />
    </li>
  )
}
