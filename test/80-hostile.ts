// Pages that are hard to live on. Each is what stands in <head> before the tag, what is in <body>, and what the server says with it.

export interface Hostile {
  head?: string
  body?: string
  /** In place of `<!doctype html>`. */
  doctype?: string
  html?: string
  headers?: Record<string, string>
  nonce?: string
  /** The page's own errors, which are not ours. */
  own?: RegExp
}

const css = (text: string): Hostile => ({ head: `<style>${text}</style>` })
const js = (text: string): Hostile => ({ head: `<script>${text}</script>` })
const policy = (text: string, nonce = 'n0nce', more: Hostile = {}): Hostile => ({
  ...more,
  nonce,
  headers: { 'content-security-policy': text },
})
const strict = "default-src 'none'; script-src 'nonce-n0nce'; connect-src 'self'"

export const hostile: Record<string, Hostile> = {
  'all unset': css('* { all: unset !important }'),
  'all unset, and its pseudo-elements': css('*, *::before, *::after { all: unset !important }'),
  'all revert': css('* { all: revert !important }'),
  'root of 1 px': css('html { font-size: 1px !important }'),
  'root of 62.5 %': css('html { font-size: 62.5% }'),
  'root of 40 px': css('html { font-size: 40px }'),
  'body turned': css('body { transform: translateX(40px) scale(.98) }'),
  'body blurred': css('body { filter: blur(2px) }'),
  'body with perspective': css('body { perspective: 200px; will-change: transform }'),
  'body contained': css('body { contain: strict; height: 100px }'),
  'huge z-index': {
    head: '<style>.z { position: absolute; z-index: 2147483647; top: 0; left: 0; width: 90px; height: 50px }</style>',
    body: '<div class="z"></div>',
  },
  'nothing overflows': css('html, body { overflow: hidden !important; height: 100% }'),
  'right to left': { html: '<html lang="en" dir="rtl">' },
  'direction by CSS': css('html, body { direction: rtl; unicode-bidi: bidi-override }'),
  'quirks mode': { doctype: '' },
  'limited quirks mode': {
    doctype: '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">',
  },
  'huge letters': css('* { font: 90px/3 serif !important; letter-spacing: 1em !important; word-spacing: 2em !important }'),
  capitals: css('* { text-transform: uppercase !important; font-variant: small-caps !important; text-indent: 50px !important }'),
  'nothing to see': css('html { visibility: hidden !important } body, body * { opacity: 0 !important }'),
  'nothing displayed': css('body * { display: none !important } html > *:not(head):not(body) { display: none !important }'),
  'all static': css('* { position: static !important; float: left !important }'),
  'no clicks': css('* { pointer-events: none !important; user-select: none !important; cursor: none !important }'),
  'vertical writing': css('html { writing-mode: vertical-rl }'),
  'white space': css('* { white-space: pre-wrap !important; word-break: break-all !important; hyphens: auto !important }'),
  colours: css('* { color: red !important; background: none !important; border: 9px solid lime !important }'),
  buttons: css('button, dialog, input, h2, h3 { all: unset; border: 9px solid red !important; width: 7px !important }'),
  'custom properties': css(':root { --accent: red; --space: 99px; --text: 1px }'),
  animated: css(
    '@keyframes spin { to { rotate: 360deg } } body, body * { animation: spin 1s infinite !important; transition: all 5s !important }',
  ),
  scaled: css('body, body * { scale: .5 !important; rotate: 20deg !important; translate: 90px !important }'),
  boxes: css('* { box-sizing: content-box !important; margin: 20px !important; padding: 20px !important; min-width: 300px !important }'),
  'columns and grids': css('body, html { display: grid !important; columns: 3 }'),
  'color-scheme': css(':root { color-scheme: only light }'),
  'print-like': css('@layer a { * { all: unset } } @media screen { * { line-height: 0 !important } }'),

  'fetch wrapped': js('{ const f = window.fetch; window.fetch = function (...a) { return f.apply(this, a).then((r) => r) } }'),
  'fetch with a header': js('{ const f = window.fetch; window.fetch = (u, o = {}) => f(u, { ...o, priority: "low" }) }'),
  'fetch as an old promise': js(
    '{ const f = window.fetch; window.fetch = (...a) => { const p = f(...a); return { then: (y, n) => p.then(y, n), catch: (n) => p.catch(n), finally: (d) => p.finally(d) } } }',
  ),
  'Promise replaced': js('window.Promise = class Mine extends Promise {}'),
  'Promise broken': js('window.Promise = function () { throw new Error("no promises") }'),
  'Promise.all gone': js('delete Promise.all; delete Promise.race; delete Promise.allSettled'),
  'customElements patched': js('customElements.define = () => { throw new Error("not here") }'),
  'customElements gone': js('Object.defineProperty(window, "customElements", { value: undefined })'),
  'JSON patched': js('JSON.parse = JSON.stringify = () => { throw new Error("no JSON") }'),
  'toJSON everywhere': js('Object.prototype.toJSON = Array.prototype.toJSON = String.prototype.toJSON = function () { return "x" }'),
  'Prototype.js': js(`
    Array.from = (a) => [].slice.call(a || []);
    Array.prototype.reduce = function () { return this.length > 1 ? this : this[0] };
    Array.prototype.toJSON = function () { return '[' + this.join() + ']' };
    Array.prototype.each = Array.prototype.without = Array.prototype.first = function () { return this };
    Function.prototype.bind = function (that) { const f = this, rest = [].slice.call(arguments, 1); return function () { return f.apply(that, rest.concat([].slice.call(arguments))) } };
    String.prototype.strip = String.prototype.camelize = Element.prototype.show = Element.prototype.hide = function () { return this };
    Object.extend = Object.assign; window.$ = (id) => document.getElementById(id); Element.prototype.remove = function () { this.parentNode && this.parentNode.removeChild(this); return this };`),
  MooTools: js(
    'Function.prototype.extend = Array.prototype.append = Array.prototype.combine = Object.prototype.$family = function () { return this }; window.$$ = () => []',
  ),
  'Object.prototype extended': js('Object.prototype.extra = function () {}; Object.prototype.more = 1; Object.prototype.data = "x"'),
  'Array.prototype extended': js('Array.prototype.extra = function () {}; Array.prototype.last = 1'),
  'Object.prototype frozen': js('Object.freeze(Object.prototype); Object.freeze(Array.prototype)'),
  'all intrinsics frozen': js(
    'for (const c of [Object, Array, Function, String, Number, Promise, Map, Set, WeakMap, Error, Symbol, RegExp, Date]) { Object.freeze(c); Object.freeze(c.prototype) } Object.freeze(JSON); Object.freeze(Math); Object.freeze(Reflect)',
  ),
  'Element.prototype frozen': js('for (const c of [EventTarget, Node, Element, Document, Event]) Object.freeze(c.prototype)'),
  'storage throws': js(
    'for (const s of ["localStorage", "sessionStorage"]) Object.defineProperty(window, s, { get() { throw new DOMException("denied", "SecurityError") } })',
  ),
  'storage is full': js('Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError") }'),
  'storage is null': js('Object.defineProperty(window, "localStorage", { value: null })'),
  'requestIdleCallback gone': js('delete window.requestIdleCallback; window.requestIdleCallback = undefined'),
  'timers patched': js('{ const t = window.setTimeout; window.setTimeout = (f, ...a) => t(() => { try { f() } catch {} }, ...a) }'),
  'observers gone': js('delete window.IntersectionObserver; delete window.ResizeObserver; delete window.visualViewport'),
  'history patched': js('history.pushState = history.replaceState = () => { throw new Error("no") }'),
  'console gone': js('window.console = undefined'),
  'crypto.randomUUID gone': js('delete Crypto.prototype.randomUUID'),
  'addEventListener wrapped': js(
    '{ const a = EventTarget.prototype.addEventListener; EventTarget.prototype.addEventListener = function (t, l, o) { return a.call(this, t, l, o) } }',
  ),
  'getComputedStyle lies': js('{ const g = window.getComputedStyle; window.getComputedStyle = (e, p) => g(e, p) }'),
  'AMD and CommonJS': js(
    'window.define = Object.assign(() => { throw new Error("define") }, { amd: {} }); window.module = { exports: {} }; window.exports = {}; window.require = () => { throw new Error("require") }',
  ),
  'Muse is an element': { body: '<div id="Muse"></div>' },
  'currentScript clobbered': { body: '<img name="currentScript" src="data:,"><form name="body"></form>', own: /data:,/ },
  'the document clobbered': {
    body: '<form name="documentElement"></form><form name="activeElement"></form><form name="head"></form>',
  },
  'a form clobbers itself': { body: '<form><input name="querySelector"><input name="append"><input name="parentNode"></form>' },
  'names of ours taken': { body: '<div id="muse-name"></div><div class="panel launcher"></div><muse-widget-other></muse-widget-other>' },
  'a base elsewhere': { head: '<base href="https://elsewhere.example/deep/">' },

  'a policy of nothing, and a nonce': policy(strict),
  'strict-dynamic': policy("default-src 'none'; script-src 'nonce-n0nce' 'strict-dynamic'; connect-src 'self'"),
  'Trusted Types': policy(`${strict}; require-trusted-types-for 'script'`),
  'Trusted Types, no policies': policy(`${strict}; require-trusted-types-for 'script'; trusted-types 'none'`),
  'a sandbox by policy': policy(`${strict}; sandbox allow-scripts allow-same-origin`),
  'no styles at all': policy(`${strict}; style-src 'none'; font-src 'none'; img-src 'none'`),
  'permissions refused': { headers: { 'permissions-policy': 'clipboard-write=(), clipboard-read=(), storage-access=()' } },
  isolated: { headers: { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' } },
}
