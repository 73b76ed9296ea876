// A page's window for the widget's tests, laid over Node's own globals: of what both have, only events, storage and `navigator` are
// the page's. So `fetch` is Node's, which msw stands behind, and the server's `Response` is the one it answers with in production.
import { Window } from 'happy-dom'

const page = new Window({ url: 'https://shop.example/', width: 1280, height: 800 })
const pages = ['Event', 'EventTarget', 'CustomEvent', 'navigator', 'localStorage', 'sessionStorage', 'Storage']

for (const name of Object.getOwnPropertyNames(page)) {
  if (name in globalThis && !pages.includes(name)) continue
  const value: unknown = Reflect.get(page, name)
  const isMethod = typeof value === 'function' && /^[a-z]/.test(name)
  Object.defineProperty(globalThis, name, { value: isMethod ? value.bind(page) : value, configurable: true, writable: true })
}
Object.assign(globalThis, { window: globalThis, self: globalThis })

// What happy-dom has not yet: attributes that are properties, too, and what lies at a point.
for (const [property, attribute] of Object.entries({
  ariaLabel: 'aria-label',
  ariaDescription: 'aria-description',
  ariaExpanded: 'aria-expanded',
  ariaHasPopup: 'aria-haspopup',
})) {
  Object.defineProperty(page.HTMLElement.prototype, property, {
    configurable: true,
    get(this: Element) {
      return this.getAttribute(attribute)
    },
    set(this: Element, value: string | null) {
      if (value === null) this.removeAttribute(attribute)
      else this.setAttribute(attribute, value)
    },
  })
}
if (!('elementsFromPoint' in page.Document.prototype)) Object.assign(page.Document.prototype, { elementsFromPoint: () => [] })
// And of a shadow root, that nothing of it has the focus which is in another one: happy-dom looks for a host of the document.
const { get } = Object.getOwnPropertyDescriptor(page.ShadowRoot.prototype, 'activeElement')!
Object.defineProperty(page.ShadowRoot.prototype, 'activeElement', {
  configurable: true,
  get() {
    try {
      return get!.call(this)
    } catch {
      return null
    }
  },
})
