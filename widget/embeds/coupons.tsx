// <muse-coupons>: the codes a member holds, in the cart, each with Copy and Take back.
import { Open } from '../panel/Coupons.tsx'
import type { Props } from '../panel/Panel.tsx'
import { Spoken } from '../panel/standing.tsx'
import type { More } from '../text/en-more.ts'
import css from '../theme/page.css?inline'
import type { Site } from './embeds.ts'
import { show } from './place.ts'

export const live = (site: Site) => show(site, css, (model) => <Held model={model} more={site.text} />)

function Held({ model, more }: Props & { more: More }) {
  // To a guest the page's own words are more use than an empty list.
  if (model.standing.value !== 'member') return <slot />
  const isEmpty = !model.wallet.value!.coupons.some(({ state }) => state === 'open')
  return (
    <>
      <h3 tabIndex={-1}>{model.text.value.couponsTitle}</h3>
      <Open model={model} />
      {isEmpty && <p class="quiet">{more.couponsNone}</p>}
      <Spoken model={model} />
    </>
  )
}
