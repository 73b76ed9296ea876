// What the widget does not use of preact and of ky costs as much as what it does: classes with their life cycles, what a server has drawn,
// parts that suspend, portals, SVG, HTML as text; hooks, progress, search parameters, a prefix, answers by their kind.
import type { Plugin } from 'vite'

/** Where a file asks whether any of it is wanted, how often, and what is written in its place: another release that asks otherwise ends the
 * build. What depends on it the bundler leaves out. */
type Unused = [file: string, asked: RegExp, known: number, written: string]

const preact = 'preact/dist/preact.mjs'
const hooks = 'preact/hooks/dist/hooks.mjs'
const signals = '@preact/signals/dist/signals.module.js'
const core = '@preact/signals-core/dist/signals-core.module.js'
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
  // No class, no context, and nothing that is told of what is made, of events or of when to draw.
  [preact, /\bC(?=\?r\.__c=d=new|\?25:0|&&\(d\.__s\|\||&&u\.__c|&&\(y\.push)/g, 5, '!1'],
  [preact, /\bL=s\?j\?j\.props\.value:s\.__:i,|\bj&&j\.sub\(d\),|\bd\.context=L,|\bk=d\.props,b=d\.state,|\bthis\.context=t,/g, 5, ''],
  [preact, /,L(?=\))|,d\.context(?=\))|,t(?=\)\{this\.props)/g, 7, ''],
  [preact, /\bd\.componentWillUpdate&&d\.componentWillUpdate\(M,d\.__s\),/g, 1, ''],
  [preact, /\bx\.prototype\.forceUpdate=function\(n\)\{[^{}]+\},/g, 1, ''],
  [preact, /(?<=return)!o&&n\.vnode&&n\.vnode\(e\),|\bn\.vnode&&n\.vnode\(r\),/g, 2, ' '],
  [preact, /\bn\.event\?n\.event\(r\):(?=r\))/g, 1, ''],
  [preact, /&&i==n\.debounceRendering(?=\|\|)/g, 1, ''],
  [preact, /\(\(i=n\.debounceRendering\)\|\|queueMicrotask\)|\(i\|\|queueMicrotask\)/g, 2, 'queueMicrotask'],
  // Of what elements have, only what is used, and each handler is a function that hears its event on the way up.
  [preact, /"(list|form|download|rowSpan|colSpan|popover)"!=t&&/g, 6, ''],
  [preact, /\bh(?=\?\(l\|\|)|\by(?=&&\(t\.textContent)/g, 2, '!1'],
  [preact, /"function"!=typeof [ru]&&\([ru]=null\),|\bf=t!=\(t=t\.replace\(l,"\$1"\)\),|\bl=\/\(P[^/]+\/i,/g, 4, ''],
  [preact, /,f(?=\):n\.removeE|\)\):n\.removeE)|(?<=n\.removeEventListener\(t,o),f/g, 2, ''],
  [preact, /\(t=t\.slice\(2\)\)\[0\]<"a"&&\(t=t\.toLowerCase\(\)\)/g, 1, 't=t.slice(2).toLowerCase()'],
  // The hooks are the first to be told, and signals always are.
  [hooks, /,v=a\.__b,l=a\.__r,m=a\.diffed,h=a\.__c,s=a\.unmount(?=;)/g, 1, ''],
  [hooks, /,v&&v\(n\)|\bl&&l\(n\),|\b[ms]&&[ms]\(n\);|,h&&h\(n,t\)|!a\.__s&&|\ba\.__h&&/g, 8, ''],
  [hooks, /&&i==a\.requestAnimationFrame\|\|\(\(i=a\.requestAnimationFrame\)\|\|z\)/g, 1, '||z'],
  [hooks, /"function"==typeof requestAnimationFrame/g, 1, '!0'],
  // Signals are read where something is drawn, and are neither drawn themselves nor given to elements.
  [signals, /\ba\(function\(\)\{h=this\.N\}\)\(\);/g, 1, ''],
  [signals, /function w\(i\)\{.*__b:\{configurable:!0,value:1\}\}\);/g, 1, ''],
  [signals, /if\("string"==typeof n\.type\)\{var r,t=n\.props;.*?(?=i\(n\)\}\);b\("__r")/g, 1, ''],
  [signals, /var r;if\("string"==typeof n\.type&&\(r=n\.__e\)\)\{.*?(?=i\(n\)\}\);function k\()/g, 1, ''],
  [signals, /if\("string"==typeof n\.type\)\{var r=n\.__e;.*?\}else(?=\{var c=n\.__c)/g, 1, ''],
  [signals, /,"function"==typeof r\.type\?r\.type\.displayName\|\|r\.type\.name:""|,\{name:n\}(?=\);r\.c=)/g, 2, ''],
  [signals, /\|\|"boolean"==typeof this\.u&&!0===this\.u|"__source"!==e&&/g, 2, ''],
  // Nor does anybody subscribe, watch, name, peek, or ask for one in words.
  [core, /\bl\.prototype\.(subscribe|valueOf|toString|toJSON|peek)=function\(.*?(?=l\.prototype|Object)|\bl\.prototype\.brand=i;/g, 6, ''],
  [core, /this\.(W|Z|name)=null==t\?void 0:t\.\w+;?|\bif\(n\)n\.push\(this\)/g, 5, ''],
  [core, /;else f\(function\(\)\{var i;[^{}]+\}\)|\bif\(void 0===n\)f\(function\(\)\{var i;[^{}]+\}\)/g, 2, ''],
  [core, /m\.prototype\.dispose=function\(\)\{this\.d\(\)\};|\bn\[Symbol\.dispose\]=n;/g, 2, ''],

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
  const unseen = new Set(unused.map(([file]) => file))
  return {
    name: 'without-unused',
    apply: 'build',
    buildEnd(failed) {
      if (!failed && unseen.size) this.error(`nothing comes from ${[...unseen]} any more`)
    },
    transform(code, id) {
      const those = unused.filter(([file]) => id.endsWith(file))
      for (const [file] of those) unseen.delete(file)
      return those.reduce((left, [file, asked, known, written]) => {
        const found = left.match(asked)?.length ?? 0
        if (found !== known) this.error(`${file} asks for ${asked} ${found} times, not ${known}`)
        return left.replace(asked, written)
      }, code)
    },
  }
}
