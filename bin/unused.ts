// What the widget does not use of preact costs as much as what it does: classes with their life cycles, hydration, portals, SVG, HTML as
// text.
import type { Plugin } from 'vite'

/** Where preact asks whether any of it is wanted, and how often: another release that asks otherwise ends the build. */
const unused: [asked: RegExp, known: number][] = [
  [/\b\w\.component(WillMount|DidMount|DidUpdate|WillReceiveProps|DidCatch)(?=&&)/g, 5],
  [/\b\w\.get(ChildContext|SnapshotBeforeUpdate|DerivedStateFromProps)(?=&&)/g, 5],
  [/\b\w\.getDerivedStateFromError(?=\)&&)|\(\w=\w\.contextType\)(?=&&)|\(\w=\w\.prototype\)&&\w\.render/g, 3],
  [/\b(128|32)&\w\.__u/g, 5],
  [/\b\w\.__P(?=&&\()|\b\w\.props\.__P(?!!)/g, 6],
  [/"(dangerouslySetInnerHTML|svg|math|foreignObject|popover)"==\w/g, 6],
  [/"http:\/\/www\.w3\.org\/(2000\/svg|1998\/Math\/MathML)"==\w/g, 2],
]
/** The answer is no for good: what depends on it the bundler leaves out. */
export function withoutUnused(): Plugin {
  return {
    name: 'without-unused',
    apply: 'build',
    transform(code, id) {
      if (!id.endsWith('preact/dist/preact.mjs')) return
      return unused.reduce((left, [asked, known]) => {
        const found = left.match(asked)?.length ?? 0
        if (found !== known) this.error(`preact asks for ${asked} ${found} times, not ${known}`)
        return left.replace(asked, '!1')
      }, code)
    },
  }
}
