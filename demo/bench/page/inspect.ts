// What one clicks in a preview: which tokens paint it, and a tap that came too early for it.
import { tokenOf } from '../theme/tokens.ts'

/** Has `tell` told of the tokens that paint whatever is clicked on a stage; the click does what it does besides. */
export function listen(page: Document, tell: (tokens: string[]) => void) {
  const hear = (event: MouseEvent) => {
    const [target] = event.composedPath()
    if (event.isTrusted || tapped === target) tell(tokensAt(target as Element))
  }
  page.addEventListener('click', hear, { capture: true })
}

/** What a tap has been passed on to. */
let tapped: EventTarget | undefined

/**
 * A stage sleeps until one comes to it, and a finger comes and taps in one: the tap has then been the bench's, at this point of the
 * stage, in its own pixels. It does what it would have done there.
 */
export function tap(page: Document, x: number, y: number) {
  let target = page.elementFromPoint(x, y)
  while (target?.shadowRoot) {
    const inner: Element | null = target.shadowRoot.elementFromPoint(x, y)
    if (!inner || inner === target) break
    target = inner
  }
  if (!target) return
  const field = target.closest<HTMLElement>('input, select, textarea, button, a, summary, [tabindex]')
  field?.focus({ preventScroll: true })
  tapped = target
  target.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, composed: true, clientX: x, clientY: y }))
  tapped = undefined
}

/** The tokens that paint an element of the widget, the nearest first: read from the rules that match it and what it inherits from. */
function tokensAt(target: Element): string[] {
  const root = target.getRootNode() as ShadowRoot | Document
  const names = new Set<string>()
  const inherits = /^(color|font|letter-spacing|line-height|stroke|fill)/
  // What lies behind it is as much part of what one sees, but no further than the first ground.
  let isCovered = false
  for (let element: Element | null = target; element; element = element.parentElement) {
    const rules = root.adoptedStyleSheets.flatMap((sheet) => matching([...sheet.cssRules], element!))
    // As it is written: a shorthand with a token in it has no longhands to be asked for.
    for (const { style } of rules.reverse())
      for (const [, property, value] of style.cssText.matchAll(/([\w-]+):\s*([^;]+)/g)) {
        const isHere = element === target || inherits.test(property!) || (!isCovered && /^(background|border-.*radius)/.test(property!))
        if (isHere) for (const [, name] of value!.matchAll(/var\(--muse-([\w-]+)/g)) if (tokenOf(name!)) names.add(name!)
      }
    isCovered ||= element !== target && getComputedStyle(element).backgroundColor !== 'rgba(0, 0, 0, 0)'
  }
  return [...names]
}

function matching(rules: CSSRule[], element: Element): CSSStyleRule[] {
  return rules.flatMap((rule) => {
    const { selectorText, conditionText, cssRules, media } = rule as CSSStyleRule & CSSMediaRule
    if (media) return element.ownerDocument.defaultView!.matchMedia(conditionText).matches ? matching([...cssRules], element) : []
    if (!selectorText || selectorText.startsWith(':host')) return []
    const bare = selectorText.replace(/::[\w-]+(\([^)]*\))?/g, '')
    return bare && element.matches(bare) ? [rule as CSSStyleRule] : []
  })
}
