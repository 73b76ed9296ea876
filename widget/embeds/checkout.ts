// <muse-checkout total lines name="points">: how many points to use for this order. It is a field of the storefront's own form, since
// only the merchant's server may use them: it submits the points under its `name`, and tells `input` and `change` like any field.
import type { Wallet } from '../../server/contract.ts'
import css from '../theme/field.css?inline'
import type { Site } from './embeds.ts'
import { draw } from './field.ts'
import { grouped, moneyIn } from './written.ts'

interface Redeeming {
  checkout: { max: number | null } | null
  exclude: { tags: string[] }
}

interface Line {
  price: number
  quantity?: number
  tags?: string[]
}

export async function live(site: Site) {
  const { element, stage, opening, program, text, signal, fieldOf, box, clear, watched } = site
  const redeeming = program.redeeming as unknown as Redeeming
  // A program without points at checkout has nothing to ask.
  if (!redeeming.checkout) return
  const field = fieldOf(element)
  let wallet: Wallet | null | undefined = opening.panel?.model.wallet.value ?? (await stage.wallet())
  // What the page has said before this was there, or the shopper before it was moved.
  const own = element as { value?: string }
  let points = Number(own.value ?? asked(element)) || 0
  let drawn: ReturnType<typeof draw> | undefined

  const settle = (event?: 'input' | 'change') => {
    field.setFormValue(wallet ? String(points) : null)
    if (event) element.dispatchEvent(new Event(event, { bubbles: true }))
  }
  const take = (wanted: unknown, event: 'input' | 'change') => {
    points = Math.min(Math.max(0, Math.floor(Number(wanted)) || 0), mostOf(element, redeeming, wallet?.points.available ?? 0))
    show()
    settle(event)
  }
  const show = () => {
    if (!wallet) {
      drawn = undefined
      clear()
      return settle()
    }
    const max = mostOf(element, redeeming, wallet.points.available)
    drawn ??= draw(box(css), text, site.create, take, field)
    const before = points
    points = Math.min(points, max)
    drawn.show(
      points,
      max,
      element.matches(':disabled'),
      moneyIn(program, text, points),
      text.checkoutHint(grouped(wallet.points.available), grouped(max)),
    )
    settle(before === points ? undefined : 'change')
  }
  Object.defineProperty(element, 'value', { configurable: true, get: () => String(points), set: (wanted) => take(wanted, 'input') })
  const hear = (told: Event) => {
    wallet = (told as CustomEvent).detail.wallet
    show()
  }
  addEventListener('muse:wallet', hear, { signal })
  // Whichever form it is in by then, and where the page lets it be reset.
  const reset = ({ target, defaultPrevented }: Event) => target === field.form && !defaultPrevented && take(asked(element), 'change')
  // The document may answer with a form of that name.
  addEventListener.call(element.getRootNode(), 'reset', reset, { signal })
  signal.addEventListener('abort', () => {
    field.setFormValue(null)
    delete own.value
    if (!stage.signal.aborted) own.value = String(points)
  })
  // The last of them is said where a `<fieldset disabled>` is around it, or no more.
  watched(show, 'total', 'lines', 'aria-disabled')
}

/** The most that can be used: by the balance, by what points may pay for, by what there is to pay, and by the program. */
function mostOf(element: Element, { checkout, exclude }: Redeeming, available: number) {
  const sum = linesOf(element)?.reduce(
    (sum, { price, quantity = 1, tags = [] }) => (tags.some((tag) => exclude.tags.includes(tag)) ? sum : sum + price * quantity),
    0,
  )
  const limits = [available, sum, element.getAttribute('total'), checkout?.max]
  return Math.max(0, Math.floor(Math.min(...limits.map((limit) => Number(limit ?? Number.POSITIVE_INFINITY)))) || 0)
}

/** The order's lines as its `lines` attribute says, in JSON; undefined where it says nothing readable. */
function linesOf(element: Element): Line[] | undefined {
  try {
    // What is no list has no `filter`.
    return JSON.parse(element.getAttribute('lines') ?? '').filter((line: Line | null) => Number(line?.price) >= 0)
  } catch {}
}

/** What the page proposes: its own field's value, which stands inside until this one is there. */
const asked = (element: Element) => element.getAttribute('value') ?? element.querySelector('input')?.value
