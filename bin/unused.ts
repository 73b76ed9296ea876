// What the widget does not use of preact and of ky costs as much as what it does: classes with their life cycles, what a server has drawn,
// parts that suspend, portals, SVG, HTML as text; hooks, progress, search parameters, a prefix, answers by their kind.
import type { Plugin } from 'vite'

/** Where a file asks whether any of it is wanted, how often, and what is written in its place: another release that asks otherwise ends the
 * build. What depends on it the bundler leaves out. */
type Unused = [file: string, asked: RegExp, known: number, written: string]

const preact = 'preact/dist/preact.mjs'
const hooks = 'preact/hooks/dist/hooks.mjs'
const ky = 'ky/distribution/core/Ky.js'

const unused: Unused[] = [
  [preact, /\b\w\.component(WillMount|DidMount|DidUpdate|WillReceiveProps|DidCatch)(?=&&)/g, 5, '!1'],
  [preact, /\b\w\.get(ChildContext|SnapshotBeforeUpdate|DerivedStateFromProps)(?=&&)/g, 5, '!1'],
  [preact, /\b\w\.getDerivedStateFromError(?=\)&&)|\(\w=\w\.contextType\)(?=&&)|\(\w=\w\.prototype\)&&\w\.render/g, 3, '!1'],
  [preact, /\b(128|32)&\w\.__u/g, 5, '!1'],
  [preact, /\b\w\.__P(?=&&\()|\b\w\.props\.__P(?!!)/g, 6, '!1'],
  [preact, /"(dangerouslySetInnerHTML|svg|math|foreignObject|popover|template)"==\w/g, 7, '!1'],
  [preact, /"http:\/\/www\.w3\.org\/(2000\/svg|1998\/Math\/MathML)"==\w/g, 2, '!1'],

  // All is drawn into what is empty: there is never anything to be taken over, of a server's or of anybody's.
  [preact, /\bi\?null:r\.firstChild\?d\.call\(r\.childNodes\):null/g, 1, 'null'],
  [preact, /(?<=,)o(?=\)for\(s=0)|\bl(?=&&\(n\.__m)|\bl(?=&&"(function|textarea)"!=)|\bl(?=&&t\.data==x)/g, 5, '!1'],
  [preact, /"textarea"==C&&null!=x\.defaultValue\?null:o&&d\.call\(a\.childNodes\),!l&&o(?=\)for)/g, 1, 'null,!1'],
  [preact, /\bo\?o\[0\]:(?=u\.__k)|,x\.is\?x:a/g, 2, ''],
  [preact, /\bo(?=&&o\.some\(g\)\),!1)|\bp(?=&&p\.some\(g\))|\b9==r\.nodeType/g, 3, '!1'],
  // Nor does anything suspend, or stand between comments.
  [preact, /\bc\|\|o(?=\)if\(t&&t\.then)|\bt&&t\.then(?=\|\|D)|!u&&\(i=t\.__c\)(?=&&\(i=i\.__z)/g, 3, '!1'],
  [preact, /\be&&8==e\.nodeType(?=;\))|\b8==t\.nodeType&&!t\.data\.startsWith\("\$s"\)/g, 2, '!1'],
  // Styles are objects, and no progress is shown.
  [preact, /"string"==typeof r(?=\)n\.style)|"string"==typeof u(?=&&\(n\.style)|"progress"==C(?=&&null)/g, 3, '!1'],
  [preact, /"progress"!=C/g, 1, '!0'],
  // Ids by the place in the tree.
  [preact, /\bn\.__&&n\.__\(t,r\),/g, 1, ''],
  [hooks, /,a\.__=function\(n,t\)\{[^{}]+\}/g, 1, ''],
  [hooks, /,p=a\.__(?=;)/g, 1, ''],

  // Nobody is told how far a request has come, and none has search parameters.
  [ky, /\b(ky|this)\.#options\.on(Down|Up)loadProgress(?=\)| \|\|)|\bsupportsRequestStreams(?=\) \{)/g, 6, 'false'],
  [ky, /\bhasSearchParameters\([^()]+\)(?=\) \{)/g, 1, 'false'],
  ['ky/distribution/utils/merge.js', /\bkey === 'searchParams'|\bsearchParameters !== undefined(?=\) \{)/g, 2, 'false'],
  // What it tries at the start, to know whether it could, changes nothing.
  ['ky/distribution/core/constants.js', /(?<= = )(?=\(\(\) => \{|new TextEncoder\(\))/g, 2, '/* @__PURE__ */ '],
  // Nobody stands between a request and its answer, which is the plain `Response`.
  [ky, /\bfor \(const hook of (ky|this)\.#options\.hooks\.\w+\)/g, 4, 'while (false)'],
  [ky, /\bfor \(const \[type, mimeType\] of Object\.entries\(responseTypes\)\)/g, 1, 'while (false)'],
  [ky, /\berror(Object)? instanceof ForceRetryError\b/g, 2, 'false'],
  [
    ky,
    /\bthis\.#options\.retry\.(shouldRetry !== undefined|jitter === true)|typeof this\.#options\.retry\.jitter === 'function'/g,
    3,
    'false',
  ],
  [ky, /\bthis\.#options\.(prefixUrl(?= &&)|parseJson(?=\) \{))/g, 2, 'false'],
]

export function withoutUnused(): Plugin {
  return {
    name: 'without-unused',
    apply: 'build',
    transform(code, id) {
      const those = unused.filter(([file]) => id.endsWith(file))
      return those.reduce((left, [file, asked, known, written]) => {
        const found = left.match(asked)?.length ?? 0
        if (found !== known) this.error(`${file} asks for ${asked} ${found} times, not ${known}`)
        return left.replace(asked, written)
      }, code)
    },
  }
}
