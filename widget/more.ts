// What few pages need, once there is time: the embeds, a theme on the tag, advice on a tag that says what nobody knows, a place for the launcher
// where nothing is in its way, keys that are kept from the page, the focus that is kept in the panel, and a redeem of before that never heard its answer.
import { advise } from './advice.ts'
import { watch } from './elements.ts'
import { keepFocus } from './focus.ts'
import { wait } from './late.ts'
import type { Opening } from './opening.ts'
import { placeOf } from './place.ts'
import type { Stage } from './stage.ts'
import { keepKeys } from './typing.ts'

export { wait }

export async function more(stage: Stage, opening: Opening) {
  const { config, host, launcher, signal } = stage
  if (signal.aborted || stage.keep) return
  stage.keep = (box) => {
    keepKeys(box)
    keepFocus(stage, box)
  }
  stage.keep(opening.dialog)
  watch(stage, opening)
  addEventListener('storage', (told) => isAnswered(told) && renew(stage, opening), stage)
  addEventListener('visibilitychange', () => isBehind(stage) && renew(stage, opening), stage)
  advise({ ...config })
  placeOf(stage)
  // JSON the tag has put on by itself.
  if (config.theme && config.theme[0] !== '{') await dress(host, config.theme, stage.program)
  // The balance, where the launcher has said that it could not fetch the desk.
  if (launcher.ariaDescription === 'Offline') stage.identify(stage.token)
  const wallet = await stage.wallet()
  try {
    // The panel asks again, with the same key.
    if (wallet && localStorage.muse) void opening.load()
  } catch {}
}

/** Another tab keeps a redeem until it has had its answer. */
const isAnswered = ({ key, newValue }: StorageEvent) => !newValue && key?.startsWith('muse:')

/** Whether a member who looks at this tab again would see what may have changed in another, or by another's hand. */
const isBehind = (stage: Stage) => stage.token && stage.isOld() && stage.ofDocument('visibilityState') === 'visible'

/** What was made there is this tab's, too, however fresh what it shows: on the launcher, in the panel, in elements of the page. */
function renew(stage: Stage, { panel }: Opening) {
  if (panel) return panel.refresh()
  stage.identify(stage.token)
  return stage.wallet()
}

/** `data-theme` may be the name of a theme that comes with the widget; anything else changes nothing. It comes before the program's own,
 * so it is put on after that. */
async function dress({ style }: HTMLElement, theme: string, program: Promise<unknown>) {
  try {
    const tokens: object = (await import('./theme/themes.ts')).themes[theme]!
    const paint = () => {
      for (const [token, value] of Object.entries(tokens)) style.setProperty(`--muse-${token}`, value)
    }
    paint()
    await program
    paint()
  } catch {}
}
