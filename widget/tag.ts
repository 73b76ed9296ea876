// Stage one: what the script tag itself runs. Plain DOM and as small as it can be: it reads the tag, draws the launcher, names it
// after the program, and fetches the rest when the shopper means to open it, or the page calls.
import { version } from '../package.json'
import type { PublicProgram } from '../server/contract.ts'
import type { Config } from './config.ts'
import type { Desk } from './desk.ts'
import { draw, ofDocument } from './launcher.ts'
import type { Command, Muse } from './muse.ts'
import type { Begun } from './stage.ts'

/** What the desk carries out is called by name. */
type Called = Omit<Muse, keyof Desk> & Record<keyof Desk, (...rest: unknown[]) => unknown>

const script = ofDocument<HTMLScriptElement | null>('currentScript') || document.querySelector<HTMLScriptElement>('script[data-shop]')
// A second copy of the script finds the first one's `Muse`, and leaves the page to it.
if (script && !(window.Muse as Muse)?.version)
  script.dataset.shop ? start(script) : import('./late.ts').then(({ wait }) => wait(script, () => start(script)))

function start({ dataset, src }: HTMLScriptElement) {
  const before = window.Muse
  const config = { ...dataset } as unknown as Config
  const away = new AbortController()
  const { signal } = away
  const { host, launcher } = draw(config)
  const learn = (program: PublicProgram) => {
    for (const token in program.theme) host.style.setProperty(`--muse-${token}`, program.theme[token] as string)
    launcher.ariaLabel = program.name
    dispatchEvent(new CustomEvent('muse:ready', { bubbles: true, detail: { program } }))
    return program
  }
  const program = fetch(new URL(`v1/shops/${config.shop}/program`, src), { signal }).then(async (answer) => {
    if (answer.ok) return learn(await answer.json())
    // A shop that does not exist has no launcher either.
    if (answer.status === 404) launcher.remove()
    throw answer
  })
  const stage: Begun = { config, src, signal, host, launcher, learn, program }
  const muse: Called = {
    version,
    ready: program.then(() => muse),
    on(event, listener) {
      const heard = (told: Event) => listener((told as CustomEvent).detail)
      addEventListener(`muse:${event}`, heard, stage)
      return () => removeEventListener(`muse:${event}`, heard)
    },
    remove() {
      away.abort()
      host.remove()
      delete window.Muse
    },
    push(...commands) {
      for (const command of commands) {
        try {
          const [name, ...rest] = command
          muse[name as keyof Desk](...rest)
        } catch {}
      }
    },
  } as Called
  // The others are there as soon as one of them is wanted, and carried out in order.
  for (const name of ['open', 'close', 'toggle', 'load', 'identify', 'logout', 'refresh', 'setCart'] as const) {
    muse[name] = (...rest) =>
      import('./desk.ts').then(
        ({ call }) => call(stage, name, rest),
        () => {},
      )
  }
  const look = () => {
    if (!signal.aborted) isMore(stage) ? muse.load() : setTimeout(look, 1e3)
  }
  muse.ready.catch(() => {})
  window.Muse = muse as unknown as Muse
  launcher.onclick = muse.toggle
  // A thumb enters, too, some hundred milliseconds before it clicks.
  launcher.onfocus = launcher.onpointerenter = muse.load
  try {
    muse.push(...(before as Command[]))
  } catch {}
  setTimeout(look)
}

/** Whether there is anything to do that not every page needs: a member, a theme, something left from before or in the launcher's way. */
function isMore({ config, launcher }: Begun) {
  try {
    if (/muse:/.test(Object.keys(localStorage) as unknown as string)) return true
  } catch {}
  const { x, y } = launcher.getBoundingClientRect()
  return (
    Object.keys(config).some((key) => !/^(shop|locale|position|scheme|cartTotal)$/.test(key)) ||
    document.querySelector('body :not(:defined)') ||
    document.elementsFromPoint(x + 9, y + 9).filter((element) => /fixed|sticky/.test(getComputedStyle(element).position))[1]
  )
}
