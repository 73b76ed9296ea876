// A part of the panel that is fetched when it is first shown, or sooner, when somebody seems to mean to.
import type { ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { learn, type Model, type Words } from './model.ts'
import type { Props } from './Panel.tsx'
import { failureOf } from './reading.ts'
import { Skeleton } from './standing.tsx'

/** A component, and the style sheet it comes with. */
interface Found<P> {
  Part: ComponentType<P>
  css?: string
}

/** The part, and the words it says beside the first; until they are there its bones, or `Lost` where they could not be fetched. `fetch` of it
 * gets both beforehand, or answers with why it could not. */
export function part<P extends Props>(load: () => Promise<Found<P>>, words?: Words, Lost = Again) {
  let part: Found<P> | undefined
  const fetch = async (model: Model) => {
    try {
      const found = load()
      if (words) await learn(model, words)
      part = await found
    } catch (thrown) {
      return failureOf(thrown)
    }
  }
  const Shown = (props: P) => {
    const [, redraw] = useState(0)
    const { model } = props
    // A tag pasted in anew finds the code there, but has no words yet.
    const found = (!words || model[words].value) && part
    const get = async () => {
      const failed = await fetch(model)
      if (failed) throw failed
      redraw(1)
    }
    if (!found) return <Awaited model={model} get={get} Lost={Lost} />
    const { Part, css } = found
    dress(model.place.root, css)
    return <Part {...props} />
  }
  Shown.fetch = fetch
  return Shown
}

/** Stands where a part will be, and gets it: once it is shown, and again when what went wrong is not said any more. */
export function Awaited({ model, get, Lost = Again }: Props & { get: () => Promise<void>; Lost?: ComponentType<Props> }) {
  const { failure, stage } = model
  const [isLost, lose] = useState(false)
  // Something else may have gone wrong, which keeps nothing from being got.
  const isSaid = failure.value?.at === 'load'
  useEffect(() => {
    if (!isLost || !isSaid)
      get().catch((thrown) => {
        lose(true)
        failure.value = { at: 'load', code: failureOf(thrown).code, box: model.place.box }
        stage.lost('load')
      })
  }, [isSaid])
  return isLost && isSaid ? <Lost model={model} /> : <Skeleton />
}

/** What went wrong is said above. */
const Again = ({ model: { failure, text } }: Props) => (
  <button type="button" class="plain wide" onClick={() => (failure.value = null)}>
    {text.value.retry}
  </button>
)

/** False when it is first asked; a frame later what asks is drawn anew, and it is true. */
export function useLater() {
  const [isTime, come] = useState(false)
  useEffect(() => come(true), [])
  return isTime
}

/** Puts on a style sheet, once a root; all roots share it. */
export function dress({ adoptedStyleSheets }: ShadowRoot, css: string | undefined) {
  if (!css) return
  const sheet = wardrobe.get(css) ?? new CSSStyleSheet()
  if (!wardrobe.has(css)) sheet.replaceSync(css)
  wardrobe.set(css, sheet)
  if (!adoptedStyleSheets.includes(sheet)) adoptedStyleSheets.push(sheet)
}

const wardrobe = new Map<string, CSSStyleSheet>()
