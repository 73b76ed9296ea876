// How points are earned under this program: by buying, in its campaigns, and by what else there is to do, each with the way to do it;
// and the gifts that points buy. Fetched when somebody looks at it.
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Activity } from '../../server/contract.ts'
import type { More } from '../text/en-more.ts'
import css from '../theme/earn.css?inline'
import { Aside } from './Aside.tsx'
import { follow, offersOf, type Purchase as Purchased } from './earning.ts'
import { Gifts } from './Gifts.tsx'
import { safe } from './Guest.tsx'
import { grouped } from './number.ts'
import type { Props } from './Panel.tsx'
import { Photo } from './Photo.tsx'
import { Campaigns, Purchase } from './Purchase.tsx'
import { Review } from './Review.tsx'
import { Said } from './Said.tsx'

export interface EarnProps extends Props {
  more: More
  /** What the page says may be reviewed. */
  purchases?: Purchased[] | undefined
}

export function Earn({ model, more, purchases = [] }: EarnProps) {
  const text = model.text.value
  return (
    <>
      <section class="earn">
        <h3 class="unseen">{text.navEarn}</h3>
        <Campaigns model={model} />
        <ul class="rows">
          <Purchase model={model} />
          {model.wallet.value?.activities.map((activity) => (
            <Way key={activity.kind + activity.network} {...{ model, more, purchases, activity }} />
          ))}
        </ul>
      </section>
      <Gifts model={model} more={more} />
      <Aside model={model} />
    </>
  )
}

/** Its looks, for the root it is shown in. */
export { css }

/** One thing to do for points: what it is, what it brings, and the way to do it while it can be done. */
function Way({ model, more, purchases, activity }: EarnProps & { purchases: Purchased[]; activity: Activity }) {
  const text = model.text.value
  const { kind, network, points, state } = activity
  const [isOpen, open] = useState(false)
  const row = useRef<HTMLLIElement>(null)
  const title = network ? more.followOn(nameOf(network)) : text.activities[kind]
  useEffect(() => {
    if (isOpen || row.current!.matches(':focus-within')) row.current!.scrollIntoView({ block: 'nearest' })
  }, [isOpen])
  // What is done needs no form any more.
  useEffect(() => {
    if (state !== 'open') open(false)
  }, [state])
  const forms = { photo: more.photoOpen, review: purchases.length > 0 ? more.reviewOpen : '' }
  const action = state === 'open' && (forms[kind as keyof typeof forms] ?? '')
  // The form that is done takes the button with it that had the focus.
  const close = () => {
    open(false)
    row.current!.focus()
  }
  return (
    <li tabIndex={-1} ref={row} class="way">
      <span>
        {title}
        <small>
          <b>{text.earnPoints(grouped(points))}</b>
        </small>
      </span>
      <small>{text.activityStates[state]}</small>
      {action && (
        <button type="button" class="plain small" aria-expanded={isOpen} aria-label={`${title}: ${action}`} onClick={() => open(!isOpen)}>
          {action}
        </button>
      )}
      {kind === 'follow' && network && state === 'open' && <Follow {...{ model, more, network, title }} />}
      {isOpen && kind === 'photo' && <Photo {...{ model, more, close }} />}
      {isOpen && kind === 'review' && <Review {...{ model, more, purchases, close }} />}
      {kind === 'follow' && <Said {...{ model, more }} at={`follow ${network}`} as="follow" />}
    </li>
  )
}

/** Opens the account in a new tab, as any link does, and claims its points here. */
function Follow({ model, more, network, title }: Props & { more: More; network: string; title: string }) {
  const href = safe(offersOf(model.program.value!).accounts[network] ?? '')
  if (!href) return null
  const claim = () => void follow(model, more, network)
  return (
    <a class="plain small" href={href} target="_blank" rel="noopener" aria-label={`${title}: ${more.follow}`} onClick={claim}>
      {more.follow}
    </a>
  )
}

const names: Record<string, string> = {
  x: 'X',
  facebook: 'Facebook',
  instagram: 'Instagram',
  line: 'LINE',
  youtube: 'YouTube',
  tiktok: 'TikTok',
}
const nameOf = (network: string) => (Object.hasOwn(names, network) ? names[network]! : network)
