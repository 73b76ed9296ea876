// <muse-badge sku>: the seller's badge of a product, and the campaign that counts for it; nothing where there is neither.
import css from '../theme/inline.css?inline'
import { badgeOf } from './badges.ts'
import type { Site } from './embeds.ts'

export function live({ element, stage, program, create, box, clear, watched }: Site) {
  let last = 0
  const show = async () => {
    last++
    const turn = last
    const sku = element.getAttribute('sku')
    const badge = sku ? await badgeOf(stage, sku) : undefined
    if (turn !== last) return
    if (!badge) return clear()
    const campaign = program.campaigns.find(({ id }) => id === badge.campaign)
    const drawn = box(css)
    for (const label of [badge.badge, campaign?.title]) {
      if (!label) continue
      const mark = create('span')
      mark.className = 'mark'
      mark.textContent = label
      drawn.append(drawn.firstChild ? ' ' : '', mark)
    }
  }
  watched(show, 'sku')
}
