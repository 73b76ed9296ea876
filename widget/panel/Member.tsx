// What a member sees: the balance, and one of three views.
import { useEffect } from 'preact/hooks'
import css from '../theme/ticket.css?inline'
import { Balance } from './Balance.tsx'
import { Open, Past } from './Coupons.tsx'
import type { Props } from './Panel.tsx'
import { Pending } from './Pending.tsx'
import { part, useLater } from './part.tsx'
import { Form, Redeem } from './Redeem.tsx'
import { Trouble } from './standing.tsx'
import { show } from './wallet.ts'

export { css, Member as Part }

const History = part(() => import('./History.tsx'), 'rest')
const EarnView = part(() => import('./EarnView.tsx'), 'rest')

function Member({ model }: Props) {
  const { box } = model.place
  // Who moves or taps in the panel is fetched what they may want next, once that is seen: without points that is no coupon.
  useEffect(() => {
    box.onpointerover = box.onkeydown = () => {
      box.onpointerover = box.onkeydown = null
      setTimeout(() => (model.wallet.value?.points.available ? Form : EarnView).fetch(model))
    }
  }, [])
  return (
    <>
      <Trouble model={model} at="load" />
      <Balance model={model} />
      <Views model={model} />
      <View model={model} />
    </>
  )
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

/** Comes a frame after what is above it, too. */
function View({ model }: Props) {
  if (!useLater()) return null
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
