// Pages that are hard to live on. Each is what stands in <head> before the tag, what is in <body>, and what the server says with it.
// What is done to <html> itself (`display`, `opacity`, `filter`, `transform`) is done to all that is in it: nothing outside the top layer
// is spared that, and so no page here does it. Nor is there one that takes away its timers, `addEventListener`, `document.createElement` or `document.querySelector`.
import { readFileSync } from 'node:fs'

/** Stands for the server's address, which is known once it is up. */
export const SERVER = 'https://SERVER'

export interface Hostile {
  head?: string
  body?: string
  /** In place of `<!doctype html>`. */
  doctype?: string
  html?: string
  headers?: Record<string, string>
  nonce?: string
  /** Of another origin than the server. */
  isElsewhere?: boolean
  /** The page's own errors, which are not ours. */
  own?: RegExp
}

const css = (text: string): Hostile => ({ head: `<style>${text}</style>` })
const js = (text: string): Hostile => ({ head: `<script>${text}</script>` })
/** A page with promises of its own, as before there were any. */
const promises = `window.Promise = function Old(begin) {
  const told = []; let state = 0, value;
  const settle = (as) => (found) => { if (state) return; if (as === 1 && found && typeof found.then === 'function') { state = -1; const open = () => { state = 0 };
    return found.then((v) => { open(); settle(1)(v) }, (e) => { open(); settle(2)(e) }) } state = as; value = found; told.forEach((tell) => setTimeout(tell)) };
  this.then = (yes, no) => new Promise((done, fail) => { const tell = () => { const act = state === 1 ? yes : no;
    if (typeof act !== 'function') return state === 1 ? done(value) : fail(value); try { done(act(value)) } catch (e) { fail(e) } };
    state > 0 ? setTimeout(tell) : told.push(tell) });
  this.catch = (no) => this.then(undefined, no);
  try { begin(settle(1), settle(2)) } catch (e) { settle(2)(e) }
}; Promise.resolve = (v) => new Promise((done) => done(v)); Promise.reject = (e) => new Promise((_, fail) => fail(e));
Promise.all = (all) => new Promise((done, fail) => { const out = []; let left = all.length; all.forEach((one, at) => Promise.resolve(one).then((v) => { out[at] = v; --left || done(out) }, fail)) })`
const policy = (text: string, nonce = 'n0nce', more: Hostile = {}): Hostile => ({
  ...more,
  nonce,
  headers: { 'content-security-policy': text },
})
/** As it is printed, with the server in the place of `https://points.example`. */
const recipe = readFileSync('README.md', 'utf8')
  .match(/^script-src 'nonce-R4nd0m';\n(?:[^`].+\n)+/m)![0]
  .replaceAll('\n', ' ')
  .replaceAll('https://points.example', SERVER)
  .trim()
const trusted = "require-trusted-types-for 'script'; trusted-types 'none'"
const strict = "default-src 'none'; script-src 'nonce-n0nce'; connect-src 'self'"

export const hostile: Record<string, Hostile> = {
  'all unset': css('* { all: unset !important }'),
  'all unset, and its pseudo-elements': css('*, *::before, *::after { all: unset !important }'),
  'all revert': css('* { all: revert !important }'),
  'root of 1 px': css('html { font-size: 1px !important }'),
  'root of 62.5 %': css('html { font-size: 62.5% }'),
  'root of 40 px': css('html { font-size: 40px }'),
  'body turned': css('html > * { transform: translateX(40px) scale(.98) !important }'),
  'body blurred': css('html > * { filter: blur(2px) !important; clip-path: circle(9px) !important }'),
  'body with perspective': css('html > * { perspective: 200px !important; will-change: transform !important }'),
  'body contained': css('body { contain: strict; height: 100px }'),
  'huge z-index': css('* { z-index: 2147483647 !important }'),
  'a veil over it all': {
    head: '<style>.z { position: fixed; inset: 0; z-index: 2147483647; background: #0f0 }</style>',
    body: '<div class="z"></div>',
  },
  'nothing overflows': css('html, body { overflow: hidden !important; height: 100% }'),
  'right to left': { html: '<html lang="en" dir="rtl">' },
  'direction by CSS': css('* { direction: rtl !important; unicode-bidi: bidi-override !important }'),
  'quirks mode': { doctype: '' },
  'limited quirks mode': {
    doctype: '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">',
  },
  'huge letters': css('* { font: 90px/3 serif !important; letter-spacing: 1em !important; word-spacing: 2em !important }'),
  capitals: css('* { text-transform: uppercase !important; font-variant: small-caps !important; text-indent: 50px !important }'),
  'nothing to see': css('* { visibility: hidden !important } html > *, body * { opacity: 0 !important }'),
  'nothing displayed': css('body * { display: none !important } html > *:not(head):not(body) { display: none !important }'),
  'all static': css('* { position: static !important; float: left !important }'),
  'no clicks': css('* { pointer-events: none !important; user-select: none !important; cursor: none !important }'),
  'vertical writing': css('* { writing-mode: vertical-rl !important; text-orientation: upright !important }'),
  'white space': css('* { white-space: pre-wrap !important; word-break: break-all !important; hyphens: auto !important }'),
  colours: css('* { color: red !important; background: none !important; border: 9px solid lime !important }'),
  buttons: css('button, dialog, input, h2, h3 { all: unset; border: 9px solid red !important; width: 7px !important }'),
  'custom properties': css(':root { --accent: red; --space: 99px; --text: 1px }'),
  animated: css(
    '@keyframes spin { to { rotate: 360deg } } html > *, body * { animation: spin 1s infinite !important; transition: all 5s !important }',
  ),
  scaled: css('html > *, body * { scale: .5 !important; rotate: 20deg !important; translate: 90px !important; zoom: 3 !important }'),
  boxes: css('* { box-sizing: content-box !important; margin: 20px !important; padding: 20px !important; min-width: 300px !important }'),
  'columns and grids': css('* { display: grid !important; columns: 3 !important; place-content: center !important }'),
  'color-scheme': css('* { color-scheme: only light !important; forced-color-adjust: none !important; accent-color: red !important }'),
  'print-like': css('@layer a { * { all: unset } } @media screen { * { line-height: 0 !important } }'),

  'fetch wrapped': js('{ const f = window.fetch; window.fetch = function (...a) { return f.apply(this, a).then((r) => r) } }'),
  'fetch with a header': js('{ const f = window.fetch; window.fetch = (u, o = {}) => f(u, { ...o, priority: "low" }) }'),
  'fetch as an old promise': js(
    '{ const f = window.fetch, old = (p) => ({ then: (y, n) => old(p.then(y, n)), catch: (n) => old(p.catch(n)) }); window.fetch = (...a) => old(f(...a)) }',
  ),
  'fetch as a thenable': js(
    '{ const f = window.fetch; window.fetch = (...a) => { const p = f(...a); return { then: (y, n) => p.then(y, n) } } }',
  ),
  'fetch as XMLHttpRequest':
    js(`${promises}; window.fetch = (url, { method = 'GET', headers = {}, body, signal } = {}) => new Promise((done, fail) => {
    const x = new XMLHttpRequest(); x.open(method, url); for (const name in headers) x.setRequestHeader(name, headers[name]);
    x.onload = () => done({ ok: x.status < 300, status: x.status, json: () => Promise.resolve(x.responseText).then(JSON.parse), text: () => Promise.resolve(x.responseText) });
    x.onerror = () => fail(new TypeError('no')); x.send(body) })`),
  'Promise replaced': js(promises),
  'Promise broken': js('window.Promise = function () { throw new Error("no promises") }'),
  'Promise.all gone': js('delete Promise.all; delete Promise.race; delete Promise.allSettled'),
  'customElements patched': js('customElements.define = () => { throw new Error("not here") }'),
  'customElements gone': js('Object.defineProperty(window, "customElements", { value: undefined })'),
  'JSON patched': js('JSON.parse = JSON.stringify = () => { throw new Error("no JSON") }'),
  'toJSON everywhere': js('Object.prototype.toJSON = Array.prototype.toJSON = String.prototype.toJSON = function () { return "x" }'),
  // As their last releases do it. Not the MooTools of 2008, whose `bind` forgets what a bound function is called with: Preact needs it.
  'Prototype.js': js(`
    Array.from = (a) => [].slice.call(a || []);
    Object.extend = (to, from) => { for (const name in from) to[name] = from[name]; return to };
    Object.values = (o) => { const out = []; for (const name in o) out.push(o[name]); return out };
    Object.keys = (o) => { const out = []; for (const name in o) if (Object.prototype.hasOwnProperty.call(o, name)) out.push(name); return out };
    Object.toJSON = JSON.stringify; Object.isArray = Array.isArray;
    const enumerable = { reduce() { return this.length > 1 ? this : this[0] }, toJSON() { return '[' + this.join() + ']' }, entries() { return [].slice.call(this) },
      find(f) { for (let i = 0; i < this.length; i++) if (f(this[i], i)) return this[i] }, include(x) { return this.indexOf(x) >= 0 }, inspect() { return '' + this },
      each(f) { this.forEach(f); return this }, first() { return this[0] }, last() { return this[this.length - 1] }, without() { return this }, toArray() { return [].slice.call(this) } };
    Object.extend(Array.prototype, enumerable); Object.extend(NodeList.prototype, enumerable);
    Function.prototype.bind = function (that) { const f = this, rest = [].slice.call(arguments, 1); return function () { return f.apply(that, rest.concat([].slice.call(arguments))) } };
    Object.extend(Function.prototype, { argumentNames() { return [] }, curry() { return this }, delay(s) { return setTimeout(this, s * 1000) }, wrap() { return this }, defer() { return setTimeout(this, 10) } });
    Object.extend(String.prototype, { strip() { return this.trim() }, camelize() { return this }, toJSON() { return JSON.stringify('' + this) }, evalJSON() { return JSON.parse(this) }, startsWith(x) { return this.lastIndexOf(x, 0) === 0 }, empty() { return this == '' } });
    Number.prototype.toJSON = function () { return '' + this }; Date.prototype.toJSON = function () { return '"' + this.toISOString() + '"' };
    Object.extend(Element.prototype, { show() { return this }, hide() { return this }, visible() { return true }, update() { return this }, select(q) { return this.querySelectorAll(q) },
      remove() { this.parentNode && this.parentNode.removeChild(this); return this }, observe() { return this }, toggle() { return this } });
    window.$ = (id) => document.getElementById(id); window.$A = Array.from; document.observe = function () { return this };`),
  MooTools: js(`
    Function.prototype.extend = function (more) { for (const name in more) this[name] = more[name]; return this };
    Function.prototype.implement = function (more) { for (const name in more) this.prototype[name] = more[name]; return this };
    Function.prototype.bind = function (that) { const f = this, rest = [].slice.call(arguments, 1); return function () { return f.apply(that, rest.concat([].slice.call(arguments))) } };
    Array.from = (a) => a == null ? [] : a.length !== undefined && typeof a !== 'string' ? [].slice.call(a) : [a];
    Array.prototype.append = Array.prototype.combine = Array.prototype.contains = Object.prototype.$family = function () { return this };
    String.prototype.contains = function (s, separator) { return ((separator || '') + this).indexOf(s) > -1 }; Object.map = Object.filter = (o) => o;
    window.Event = class Event { constructor(e) { this.event = e } }; Element.prototype.set = Element.prototype.get = function () { return this }; window.$$ = () => []; window.$ = (e) => e`),
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
  'timers patched': js(
    '{ const t = window.setTimeout; window.setTimeout = (f, ms) => { const id = t(f, ms); return { id, ref() { return this }, unref() { return this }, valueOf: () => id } }; window.clearTimeout = (timer) => { if (timer && !timer.id) throw new Error("whose is this?") } }',
  ),
  'observers gone': js(
    'delete window.IntersectionObserver; delete window.ResizeObserver; delete window.visualViewport; delete window.MutationObserver',
  ),
  'history patched': js('history.pushState = history.replaceState = () => { throw new Error("no") }'),
  'console gone': js('window.console = undefined'),
  'crypto.randomUUID gone': js('delete Crypto.prototype.randomUUID'),
  'addEventListener wrapped': js(
    '{ const a = EventTarget.prototype.addEventListener; EventTarget.prototype.addEventListener = function (t, l, o) { return a.call(this, t, l, o) } }',
  ),
  'getComputedStyle lies': js('window.getComputedStyle = () => null'),
  'AMD and CommonJS': js(
    'window.define = Object.assign(() => { throw new Error("define") }, { amd: {} }); window.module = { exports: {} }; window.exports = {}; window.require = () => { throw new Error("require") }',
  ),
  'Muse is an element': { body: '<div id="Muse"></div>' },
  'currentScript clobbered': { body: '<img name="currentScript" src="data:,"><form name="body"></form>', own: /data:,/ },
  'the document clobbered': {
    body: ['documentElement', 'activeElement', 'head', 'querySelectorAll', 'elementsFromPoint', 'baseURI', 'defaultView']
      .concat('addEventListener', 'removeEventListener', 'hidden', 'fonts', 'cookie', 'forms', 'adoptedStyleSheets', 'visibilityState')
      .map((name) => `<form name="${name}"></form>`)
      .join(''),
  },
  'a form clobbers itself': { body: '<form><input name="querySelector"><input name="append"><input name="parentNode"></form>' },
  'names of ours taken': {
    head: '<script>customElements.define("muse-page", class extends HTMLElement {}); customElements.define("muse-points", class extends HTMLElement {})</script>',
    body: '<div id="muse-name"></div><div class="panel launcher"></div><muse-widget></muse-widget>',
  },
  'a base elsewhere': { head: '<base href="https://elsewhere.example/deep/">' },

  'a policy of nothing, and a nonce': policy(strict),
  'strict-dynamic': policy("default-src 'none'; script-src 'nonce-n0nce' 'strict-dynamic'; connect-src 'self'"),
  'Trusted Types': policy(`${strict}; require-trusted-types-for 'script'`),
  'Trusted Types, no policies': policy(`${strict}; require-trusted-types-for 'script'; trusted-types 'none'`),
  'the policy of the README, and Trusted Types': policy(`default-src 'none'; ${recipe}; ${trusted}`, 'R4nd0m', { isElsewhere: true }),
  'a sandbox by policy': policy(`${strict}; sandbox allow-scripts allow-same-origin`),
  'no styles at all': policy(`${strict}; style-src 'none'; font-src 'none'; img-src 'none'`),
  'permissions refused': { headers: { 'permissions-policy': 'clipboard-write=(), clipboard-read=(), storage-access=()' } },
  isolated: { headers: { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' } },
}
