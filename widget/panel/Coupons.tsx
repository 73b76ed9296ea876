// The coupons there are: open ones as tickets with their code, the earlier ones with what became of them.
import { useEffect, useRef } from 'preact/hooks'
import type { Coupon } from '../../server/contract.ts'
import { couponOf, moneyOf } from './model.ts'
import { inFours } from './number.ts'
import type { Props } from './Panel.tsx'
import { Trouble } from './standing.tsx'
import { copy, undo } from './wallet.ts'

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
  const past = model.wallet.value!.coupons.filter(({ state }) => state !== 'open')
  return past.length === 0 ? null : (
    <details>
      <summary>{text.couponsPast}</summary>
      <ul class="rows">
        {past.map(({ code, value, state }) => (
          <li>
            <span>
              {text.couponWorth(moneyOf(model, value))}
              <small>{inFours(code)}</small>
            </span>
            <small>{text.couponStates[state]}</small>
          </li>
        ))}
      </ul>
    </details>
  )
}

function Ticket({ model, coupon }: Props & { coupon: Coupon }) {
  const text = model.text.value
  const button = useRef<HTMLButtonElement>(null)
  const { code, expiresAt } = coupon
  const id = `muse-${code}`
  const isNew = model.made.value === code
  const isBusy = model.busy.value === code
  const look = model.copied.value === code ? 'plain copied' : 'plain'
  // The button that made it is gone; what one does next is copy it.
  useEffect(() => {
    if (isNew) button.current?.focus()
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
