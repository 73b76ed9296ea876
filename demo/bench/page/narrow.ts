// Whether the page is too narrow for previews beside the tools: then they are a strip on top, which stays in sight.
import { signal } from '@preact/signals'

const query = matchMedia('(max-width: 700px)')
export const narrow = signal(query.matches)
query.addEventListener('change', ({ matches }) => (narrow.value = matches))

/** In percent: as large as leaves the tools more than half of the page. */
export const fitting = () => (narrow.value ? Math.min(60, Math.max(30, Math.round((innerHeight * 0.42 - 84) / 5.6))) : 54)

/** What is scrolled to comes to stand below the strip. Returns what ends that. */
export function keepClear(strip: HTMLElement): () => void {
  const { style } = document.documentElement
  const watch = new ResizeObserver(() => {
    const isSticky = getComputedStyle(strip).position === 'sticky'
    style.scrollPaddingTop = isSticky ? `${strip.offsetHeight + 8}px` : ''
  })
  watch.observe(strip)
  return () => {
    watch.disconnect()
    style.scrollPaddingTop = ''
  }
}
