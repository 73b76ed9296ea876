// How an embed gets at what it shares with the launcher and the panel: one session, one wallet, one text.
//
// - The six elements are empty classes (all of them form-associated), defined by elements.ts once the tag has seen an element that nobody
//   has defined. When one is put into the page, now or later, embeds/embeds.ts is fetched and `connect(element, shared)` of it called; what
//   that leaves in `element.leave` is called when the element is taken out, and by `Muse.remove()`. Attributes are watched by the embed
//   itself (MutationObserver).
// - `muse-points` and `muse-badge` need no more than `stage` and their text chunk.
// - The others take `(await shared.opening.load())?.model`: THE model of the panel, with its session, wallet and api. Components and
//   verbs are imported from panel/* statically. `load()` mounts the panel into its closed dialog, also where no launcher is drawn.
// - Several places show one model. What is a place's own (its root, its box, which view, whose ticket is new, what its live region
//   says) is overridden by `placed()` of embeds/place.ts, on an object made from THE model; so components ask `model.place.root` and
//   `model.place.box` (the panel's: the shadow root and the dialog), and verbs write to the model they are given.
// - Writes: `send` and `accept` in panel/writing.ts, `begin` and `fail` in panel/verbs.ts.
import type { Opening } from './opening.ts'
import type { Stage } from './stage.ts'

/** What an embed is given. */
export interface Shared {
  stage: Stage
  opening: Opening
}

/** One of the six elements, as the tag defines it. */
export interface Embed extends HTMLElement {
  /** Set by `connect`: undoes it. */
  leave?: (() => void) | undefined
}
