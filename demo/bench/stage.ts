// A stage: pastes the tag into its page as a merchant would, with what the address says after the `#`.
import './stage.css'

export interface Setting {
  shop: string
  token: string
  locale: string
  scheme: 'light' | 'dark'
  position: string
  theme: string
  /** The page believes that it has no network. */
  offline?: boolean
}

const setting = JSON.parse(decodeURIComponent(location.hash.slice(1)) || '{}') as Partial<Setting>
const { shop = '', token, locale = 'en', scheme = 'light', position, theme, offline } = setting
document.documentElement.lang = locale
document.documentElement.dataset.scheme = scheme
if (offline) Object.defineProperty(navigator, 'onLine', { value: false })

const script = document.createElement('script')
script.src = 'muse.js'
Object.assign(script.dataset, { shop, scheme, position, ...(token && { token }), ...(theme && { theme }) })
document.head.append(script)

// A link leads out of the shop that is not there.
document.addEventListener(
  'click',
  (event) => event.composedPath().some((part) => part instanceof HTMLAnchorElement) && event.preventDefault(),
)
