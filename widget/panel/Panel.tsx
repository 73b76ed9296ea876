// The panel: its head, the balance, and one of three views.
import { useEffect, useState } from 'preact/hooks'
import { Balance, Pending } from './Balance.tsx'
import { Open, Past } from './Coupons.tsx'
import { Cross } from './icons.tsx'
import type { Model } from './model.ts'
import { part } from './part.tsx'
import { Redeem } from './Redeem.tsx'
import { Failed, Skeleton, Trouble } from './standing.tsx'
import { show } from './wallet.ts'

export const Guest = part(() => import('./Guest.tsx').then((found) => ({ Part: found.Guest, css: found.css })))
export const History = part(() => import('./History.tsx').then((found) => ({ Part: found.History })))
const EarnView = part(() => import('./EarnView.tsx').then((found) => ({ Part: found.EarnView })))

export interface Props {
  model: Model
}

export function Panel({ model, close }: Props & { close: () => void }) {
  const text = model.text.value
  return (
    <>
      <div class="head">
        <i />
        <h2 id="muse-name" tabIndex={-1}>
          {model.program.value?.name ?? model.stage.launcher.ariaLabel}
        </h2>
        <button type="button" class="icon" aria-label={text.close} onClick={close}>
          <Cross />
        </button>
      </div>
      <div class="body">
        <Body model={model} />
      </div>
      <p class="unseen" role="status">
        {model.said}
      </p>
    </>
  )
}

function Body({ model }: Props) {
  switch (model.standing.value) {
    case 'loading':
      return <Skeleton />
    case 'failed':
      return <Failed model={model} />
    case 'guest':
      return <Guest model={model} />
    default:
      return (
        <>
          <Trouble model={model} at="load" />
          <Balance model={model} />
          <Views model={model} />
          <View model={model} />
        </>
      )
  }
}

function Views({ model }: Props) {
  const { navPoints, navEarn, navHistory } = model.text.value
  const views = { points: navPoints, earn: navEarn, history: navHistory }
  return (
    <nav aria-labelledby="muse-name">
      {Object.entries(views).map(([view, name]) => (
        <button key={view} type="button" aria-current={model.view.value === view ? 'page' : undefined} onClick={() => show(model, view)}>
          {name}
        </button>
      ))}
    </nav>
  )
}

/** Comes a frame after what is above it: both at once would be one long task of a slow phone. */
function View({ model }: Props) {
  const [isTime, come] = useState(false)
  useEffect(() => come(true), [])
  if (!isTime) return null
  switch (model.view.value) {
    case 'earn':
      return <EarnView model={model} />
    case 'history':
      return <History model={model} />
    default:
      return (
        <>
          <Redeem model={model} />
          <Open model={model} />
          <Pending model={model} />
          <Past model={model} />
        </>
      )
  }
}
