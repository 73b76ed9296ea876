// Stage one: what the script tag itself runs. Plain DOM and as small as it can be: it reads the tag, draws the launcher, names it
// after the program, and fetches the panel when the shopper means to open it.
import type { Config } from './config.ts'
import { draw, paint } from './launcher.ts'
import { type Command, type Muse, museOf } from './muse.ts'
import { openingOf } from './opening.ts'
import { stageOf } from './stage.ts'

const script = (document.currentScript || document.querySelector('script[data-shop]')) as HTMLScriptElement | null
const before = window.Muse
// A second copy of the script finds the first one's `Muse` and leaves the page to it.
if (script?.dataset.shop && !(before as Muse)?.version) start(script.dataset as unknown as Config, script.src, before)

function start(config: Config, src: string, queued: unknown) {
  const locale = config.locale || document.documentElement.lang || navigator.language
  const drawn = draw(config, /^ja/i.test(locale) ? 'ja' : 'en')
  const away = new AbortController()
  const api = new URL(`v1/shops/${encodeURIComponent(config.shop)}`, src).href
  const stage = stageOf(config, locale, api, drawn, away.signal)
  const opening = openingOf(stage)
  const muse = museOf(stage, opening, () => {
    away.abort()
    drawn.host.remove()
    delete window.Muse
  })
  window.Muse = muse
  if (config.theme) dress(drawn.host, config.theme)
  if (Array.isArray(queued)) muse.push(...(queued as Command[]))
  ;(window.requestIdleCallback || setTimeout)(async () => {
    const wallet = await stage.wallet()
    try {
      // A redeem that never heard its answer is waiting: the panel asks again, with the same key.
      if (wallet && localStorage[`muse:${config.shop}:${wallet.member.id}`]) opening.load()
    } catch {}
  })
}

/** `data-theme` is a theme's JSON, or the name of one that comes with the widget; anything else changes nothing. */
async function dress(host: HTMLElement, theme: string) {
  try {
    paint(host, theme[0] === '{' ? JSON.parse(theme) : (await import('./theme/themes.ts')).themes[theme])
  } catch {}
}
