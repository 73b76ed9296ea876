// <muse-page>: the Point & Reward page. All the panel has, inline and at once: the balance, redeeming, coupons, ways to earn, history.
import { Balance } from '../panel/Balance.tsx'
import { Open, Past } from '../panel/Coupons.tsx'
import { Part as EarnView } from '../panel/EarnView.tsx'
import type { Purchase } from '../panel/earning.ts'
import { Part as Guest, css as guest } from '../panel/Guest.tsx'
import { Part as History } from '../panel/History.tsx'
import type { Props } from '../panel/Panel.tsx'
import { Pending } from '../panel/Pending.tsx'
import { Redeem } from '../panel/Redeem.tsx'
import { Standing, Trouble } from '../panel/standing.tsx'
import css from '../theme/page.css?inline'
import type { Site } from './embeds.ts'
import { show } from './place.ts'

export const live = (site: Site) => show(site, guest + css, (model) => <Page model={model} purchases={purchasesOf(site.element)} />)

function Page({ model, purchases }: Props & { purchases: Purchase[] }) {
  return (
    <>
      {/* Whatever stands above it in the page, its own headings are the third level, below this one. */}
      {model.program.value && <h2 class="unseen">{model.program.value.name}</h2>}
      <Standing model={model} guest={<Guest model={model} />} member={<Member model={model} purchases={purchases} />} />
      <p class="unseen" role="status">
        {model.said}
      </p>
    </>
  )
}

const Member = ({ model, purchases }: Props & { purchases: Purchase[] }) => (
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
      <EarnView model={model} purchases={purchases} />
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
