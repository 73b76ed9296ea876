// Where the widget draws on a stage: its own host, and the elements of the page.

/** The widget's own element, which has the theme; undefined until the tag has run. */
export const hostOf = (frame: HTMLIFrameElement) => frame.contentDocument?.querySelector<HTMLElement>('muse-widget')

const embeds = 'muse-page, muse-coupons, muse-points, muse-badge, muse-checkout, muse-gallery'
const embedsIn = (frame: HTMLIFrameElement) => [...(frame.contentDocument?.querySelectorAll(embeds) ?? [])]
const embedded = (frame: HTMLIFrameElement): ShadowRoot[] => embedsIn(frame).flatMap(({ shadowRoot }) => shadowRoot ?? [])

/** The shadow roots there are by now: the embeds', then the widget's own. */
export function rootsIn(frame: HTMLIFrameElement): ShadowRoot[] {
  const own = hostOf(frame)?.shadowRoot
  return own ? [...embedded(frame), own] : []
}

/** The boxes that embeds show themselves in. */
export const boxesIn = (frame: HTMLIFrameElement): HTMLElement[] =>
  embedded(frame).flatMap((root) => root.querySelector<HTMLElement>('.embed') ?? [])

/** Whether every embed of the page shows something of its own. */
export const areAlive = (frame: HTMLIFrameElement) => boxesIn(frame).length === embedsIn(frame).length
