// Themes that come with the widget, by name. Each is a stylesheet that a shop could as well link in its own page; here its custom
// properties are read out of it, since what the tag wears goes on the host itself. Fetched only by a page that names one.
import chemist from './themes/chemist.css?inline'
import clear from './themes/clear.css?inline'
import figure from './themes/figure.css?inline'
import haru from './themes/haru.css?inline'
import indigo from './themes/indigo.css?inline'
import ink from './themes/ink.css?inline'
import moss from './themes/moss.css?inline'
import muse from './themes/muse.css?inline'
import quiet from './themes/quiet.css?inline'

export type Theme = Record<string, string>

export const themes: Record<string, Theme> = Object.fromEntries(
  Object.entries({ quiet, muse, figure, chemist, clear, haru, ink, moss, indigo }).map(([name, css]) => [
    name,
    Object.fromEntries([...css.matchAll(/--muse-([\w-]+):\s*([^;}]+)/g)].map(([, token, value]) => [token!, value!.trim()])),
  ]),
)
