// A part of the panel that is fetched when it is first shown, or sooner, when somebody seems to mean to.
import type { ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { type Model, restOf } from './model.ts'
import type { Props } from './Panel.tsx'
import { Skeleton } from './standing.tsx'

/** A component, and the style sheet it comes with. */
interface Found<P> {
  Part: ComponentType<P>
  css?: string
}

/** The part; until it is there its bones. `fetch` of it gets it beforehand. */
export function part<P extends Props>(get: () => Promise<Found<P>>) {
  let part: Found<P> | undefined
  const fetch = async (model: Model) => {
    const found = get()
    await restOf(model)
    part = await found
  }
  const Shown = (props: P) => {
    const [, redraw] = useState(0)
    // A tag pasted in anew finds the code there, but has no words yet.
    const found = props.model.rest.value && part
    useEffect(() => {
      if (found) return
      fetch(props.model).then(
        () => redraw(1),
        () => {
          props.model.failure.value = { at: 'load', code: navigator.onLine ? 'unreachable' : 'offline' }
        },
      )
    }, [])
    if (!found) return <Skeleton />
    const { Part, css } = found
    dress(props.model.place.root, css)
    return <Part {...props} />
  }
  return Object.assign(Shown, { fetch })
}

/** Puts on a style sheet, once a root. */
export function dress(root: ShadowRoot, css: string | undefined) {
  if (!css) return
  const worn = wardrobe.get(root) ?? new Set()
  wardrobe.set(root, worn)
  if (worn.has(css)) return
  worn.add(css)
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(css)
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet]
}

const wardrobe = new WeakMap<ShadowRoot, Set<string>>()
