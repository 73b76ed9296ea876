// <muse-page>: the Point & Reward page. All the panel has, inline and at once: the balance, redeeming, coupons, ways to earn, history.
import { type ReadonlySignal, signal } from '@preact/signals'
import { Balance } from '../panel/Balance.tsx'
import { Open, Past } from '../panel/Coupons.tsx'
import { Part as EarnView } from '../panel/EarnView.tsx'
import type { Purchase } from '../panel/earning.ts'
import { Part as Guest, css as guest } from '../panel/Guest.tsx'
import { Part as History } from '../panel/History.tsx'
import type { Props } from '../panel/Panel.tsx'
import { Pending } from '../panel/Pending.tsx'
import { Redeem } from '../panel/Redeem.tsx'
import { Spoken, Standing, Trouble } from '../panel/standing.tsx'
import css from '../theme/page.css?inline'
import type { Site } from './embeds.ts'
import { show } from './place.ts'

type Bought = Props & { purchases: ReadonlySignal<Purchase[]> }

export function live(site: Site) {
  const purchases = signal<Purchase[]>([])
  site.watched(() => {
    purchases.value = purchasesOf(site.element)
  }, 'purchases')
  return show(site, guest + css, (model) => <Page model={model} purchases={purchases} />)
}

function Page({ model, purchases }: Bought) {
  return (
    <>
      {/* Whatever stands above it in the page, its own headings are the third level, below this one. */}
      {model.program.value && <h2 class="unseen">{model.program.value.name}</h2>}
      <Standing model={model} guest={<Guest model={model} />} member={<Member model={model} purchases={purchases} />} />
      <Spoken model={model} />
    </>
  )
}

const Member = ({ model, purchases }: Bought) => (
  <div class="columns">
    <div>
      <Trouble model={model} at="load" />
      <Balance model={model} />
      <Redeem model={model} />
      <Open model={model} />
      <Pending model={model} />
      <Past model={model} />
    </div>
    <div>
      <EarnView model={model} purchases={purchases.value} />
    </div>
    <History model={model} />
  </div>
)

/** What may be reviewed, as the page says in its `purchases` attribute: JSON, `[{"order", "sku", "title"}]`. */
function purchasesOf(element: Element): Purchase[] {
  try {
    const all = JSON.parse(element.getAttribute('purchases') ?? '')
    const isWhole = (one: Purchase) => [one?.order, one?.sku, one?.title].every((part) => typeof part === 'string' && part)
    return Array.isArray(all) ? all.filter(isWhole) : []
  } catch {
    return []
  }
}
