// <muse-points price="10000" sku tags categories seller>: what an item earns by the program as it is now, and why when that is nothing. Without
// a price it is the one that the shop has told of its product.
import type { OrderLine } from '../../server/contract.ts'
import css from '../theme/inline.css?inline'
import { badgeOf } from './badges.ts'
import type { Site } from './embeds.ts'
import { type Earns, quoted } from './quotes.ts'
import { grouped } from './written.ts'

export function live({ element, stage, program, text, create, box, clear, watched }: Site) {
  let last = 0
  const show = async () => {
    last++
    const turn = last
    const line = lineOf(element)
    const earns = line ? await quoted(stage, program, line) : await told()
    // Another price has been asked for since.
    if (turn !== last) return
    if (!earns) return clear()
    const [sentence, note] = sentences(earns)
    box(css).append(said('span', sentence), ...(note ? [' ', said('small', note)] : []))
  }
  const told = async (): Promise<Earns | undefined> => {
    const sku = !element.hasAttribute('price') && element.getAttribute('sku')
    const badge = sku ? await badgeOf(stage, sku) : undefined
    // Why one that would earn something earns nothing is not told.
    if (!badge || (badge.percent && !badge.points)) return
    const campaign = program.campaigns.find(({ id }) => id === badge.campaign)?.title ?? null
    return { points: badge.points, why: badge.percent ? null : 'excluded', campaign }
  }
  const said = (name: 'span' | 'small', content: string) => Object.assign(create(name), { textContent: content })
  const sentences = ({ points, why, campaign }: Earns): [string, string?] => {
    if (points > 0) return [text.earns(grouped(points)), campaign ?? '']
    return [why === 'excluded' || why === 'before-start' ? text.earnsNothing[why] : text.earnsNothing.little]
  }
  watched(show, 'price', 'sku', 'tags', 'categories', 'seller')
}

/** What its attributes say; undefined without a price that is a whole number of minor units. */
function lineOf(element: Element): Omit<OrderLine, 'id'> | undefined {
  const price = element.getAttribute('price') ?? ''
  if (!/^\d{1,12}$/.test(price.trim())) return
  const listed = (name: string) =>
    element
      .getAttribute(name)
      ?.split(',')
      .map((tag) => tag.trim())
      .filter(Boolean)
  const line = { sku: element.getAttribute('sku') || 'item', price: Number(price), quantity: 1 }
  const more = { tags: listed('tags'), categories: listed('categories'), seller: element.getAttribute('seller') || undefined }
  // An empty list says more than no list: none of the product's own.
  return JSON.parse(JSON.stringify({ ...line, ...more }))
}
