// A stage: pastes the tag into its page as a merchant would, with what the address says after the `#`.
import './stage.css'
import { build } from './scene.ts'
import type { Embed } from './shop/states.ts'

export interface Setting {
  shop: string
  token: string
  locale: string
  scheme: 'light' | 'dark'
  position: string
  theme: string
  /** The page believes that it has no network. */
  offline?: boolean
  /** The element that stands in the page. */
  embed?: Embed | undefined
  /** Drawn as a contrast theme would draw the page. */
  forced?: boolean
}

const setting = JSON.parse(decodeURIComponent(location.hash.slice(1)) || '{}') as Partial<Setting>
const { shop = '', token, locale = 'en', scheme = 'light', position, theme, offline, embed, forced } = setting
const { documentElement: page } = document
page.lang = locale
page.dataset.scheme = scheme
if (forced) page.dataset.forced = 'true'
if (offline) Object.defineProperty(navigator, 'onLine', { value: false })
if (embed) build(embed, locale, document.body)

const script = document.createElement('script')
script.src = 'muse.js'
Object.assign(script.dataset, { shop, scheme, position, ...(token && { token }), ...(theme && { theme }) })
document.head.append(script)

// A link leads out of the shop that is not there.
document.addEventListener(
  'click',
  (event) => event.composedPath().some((part) => part instanceof HTMLAnchorElement) && event.preventDefault(),
)
