// What a guest sees: what the points are worth, how to earn them, and the way in.
import type { ComponentChildren } from 'preact'
import css from '../theme/guest.css?inline'
import { Aside } from './Aside.tsx'
import { moneyOf } from './model.ts'
import { grouped } from './number.ts'
import type { Props } from './Panel.tsx'
import { Campaigns, Purchase } from './Purchase.tsx'
import { Trouble } from './standing.tsx'

export { css, Guest as Part }

function Guest({ model }: Props) {
  const text = model.text.value
  const { earning, links } = model.program.value!
  const { purchase, welcome } = earning
  // Who was signed in has an account already.
  const isOut = !!model.failure.value
  return (
    <section class="guest">
      <Trouble model={model} at={model.failure.value?.at ?? ''} />
      <div class="empty welcome">
        <i />
        <h3>{text.guestTitle}</h3>
        <p>{text.guestLead(purchase.percent, moneyOf(model, 1))}</p>
        <Campaigns model={model} />
      </div>
      <ul class="rows">
        <Purchase model={model} />
        {welcome.points > 0 && (
          <li>
            <span>{text.earnWelcome}</span>
            <b>{text.earnPoints(grouped(welcome.points))}</b>
          </li>
        )}
      </ul>
      <div class="actions">
        {!isOut && (
          <Way class="main" to={links.signUp}>
            {text.signUp}
          </Way>
        )}
        <Way class={isOut ? 'main' : 'plain'} to={links.signIn}>
          {text.signIn}
        </Way>
      </div>
      <Aside model={model} />
    </section>
  )
}

/** A link of the merchant's, or nothing where there is none that is safe to follow. */
function Way({ to, children, ...rest }: { to: string | null; class: string; children: ComponentChildren }) {
  const href = to && safe(to)
  return href ? (
    <a href={href} {...rest}>
      {children}
    </a>
  ) : null
}

/** Only http(s), and paths of the page's own site, are ever followed: `javascript:` and the like are dropped. */
export function safe(link: string): string | undefined {
  try {
    // The document's own, whatever a page has named so.
    const url = new URL(link, new Text().baseURI)
    return /^https?:$/.test(url.protocol) ? url.href : undefined
  } catch {}
}
