// Stage one: what the script tag itself runs, and all the code that a page fetches before a click. It draws the launcher, names it after
// the program, shows a member's balance, and fetches the rest on intent, when the page calls, or for what few pages have.
import { version } from '../package.json'
import type { PublicProgram, Wallet } from '../server/contract.ts'
import type { Config } from './config.ts'
import type { Command, Muse } from './muse.ts'
import type { Begun, Calls } from './stage.ts'
import css from './theme/launcher.css?inline'

// A script is run once, and so each of these is there once.
const away = new AbortController()
/** The theme on the tag, which comes before the program's. */
let own: object

/** What the document does by this name, and not what a page has named so: `<form name="createElement">`. */
const ofDocument = (name: 'createElement' | 'querySelector' | 'elementsFromPoint', ...rest: (string | number)[]) =>
  (Document.prototype[name] as (...rest: unknown[]) => unknown).apply(document, rest)

const host = ofDocument('createElement', 'muse-widget') as HTMLElement
const root = host.attachShadow({ mode: 'open' })
const launcher = ofDocument('createElement', 'button') as HTMLElement
const sheet = new CSSStyleSheet()

const script = Reflect.get(Document.prototype, 'currentScript', document) as HTMLScriptElement | null
/** The folder of the tag's file. Without `URL`, whose first use takes 4 KB of a page. */
const base = script?.src.split('?', 1) + '/../'

const paint = (theme: object) => {
  for (const token in theme) host.style.setProperty('--muse-' + token, theme[token as keyof object])
}

/** One promise for all: where each asks for the same module by itself, Chromium answers them in any order. */
let desk: Promise<{ call: Calls } | undefined> | 0 | undefined

const learn = (program: PublicProgram) => {
  // What is no program, whatever it came with, has no theme, and ends here.
  paint(Object.assign(program.theme, own))
  launcher.ariaLabel = program.name
  stage.emit('ready', { program })
}
const show = (wallet: Wallet | null) => {
  // Drawn by the style sheet: a button's name is the program's, whatever it shows.
  launcher.ariaDescription = wallet && (wallet.points.available + ' pt').replace(/\B(?=(...)+ )/g, ',')
  stage.emit('wallet', { wallet })
}

const call: Calls = async (...rest) => {
  desk ||= import('./desk.ts').catch((): undefined => {
    // Said until the desk is there, which the next intent asks for again.
    launcher.ariaDescription = 'Offline'
    desk = 0
  })
  return (await desk)?.call(...rest)
}

/** With the stage itself for what `fetch` needs: its signal, and its headers by then. What the answer says is told, and what the desk will
 * need is kept as it came, a fraction of what it becomes. Some pages answer with less than a `Response`. */
const get = async <Told>(path: string, tell: (told: Told) => unknown): Promise<Response> => {
  const answer = await fetch(stage.api + path, stage)
  const kept = answer.clone?.()
  // A shop that does not exist has no launcher either.
  if (answer.status === 404) launcher.remove()
  tell(await answer.json())
  return kept
}

const stage = {
  emit(event: string, detail: object) {
    dispatchEvent(new CustomEvent('muse:' + event, { detail, bubbles: true }))
  },
  signal: away.signal,
  show,
  launcher,
  host,
  learn,
} as unknown as Begun

const muse = {
  push(...commands: Command[]) {
    for (const command of commands) {
      try {
        const [name, ...rest] = command
        muse[name as 'open'](...(rest as []))
      } catch {}
    }
  },
  remove() {
    delete window.Muse
    host.remove()
    away.abort()
  },
  on(event: string, listener: (detail: unknown) => void) {
    const heard = (told: Event) => listener((told as CustomEvent).detail)
    event = 'muse:' + event.replace('muse:', '')
    addEventListener(event, heard, stage)
    return () => removeEventListener(event, heard)
  },
} as Muse & { load(event?: Event): unknown }
// The others are there as soon as one of them is wanted, and carried out in order.
for (const name of 'open identify refresh setCart close load logout'.split(' ') as ['open'])
  muse[name] = call.bind(0, stage, name) as () => Promise<void>

// biome-ignore lint/correctness/noUnusedVariables: once it is set, what follows it is not looked at again
let isLoaded: unknown
/** Looks, now and then, for a router that has taken the widget away, for embeds, and, once the page is laid out, for what is in the
 * launcher's way: so many pixels below its upper edge, by turns where a low bar is and where a button of another's may
 * float. (At the bottom right its right edge is where its left is said to be.) The launcher itself lies on top there, and the document
 * at the bottom of it all: most often there is nothing between them to ask for its style. */
const look = (below?: number) => {
  if (window.Muse !== muse) return
  // Each time: `document.open()` takes all listeners of a page away.
  launcher.onclick = launcher.onpointerenter = launcher.onfocus = muse.load
  if (!host.isConnected) (ofDocument('querySelector', 'html') as Element).append(host)
  isLoaded ||=
    (ofDocument('querySelector', 'body :not(:defined)') ||
      (below &&
        launcher.offsetTop &&
        (ofDocument('elementsFromPoint', Math.abs(launcher.offsetLeft - 50), launcher.offsetTop + below) as Element[])
          .slice(1, -1)
          .some((element) => /x|k/.test(getComputedStyle(element).position)))) &&
    muse.load()
  setTimeout(look, 1e3, below! > 9 ? 9 : 40)
}

const start = ({ dataset }: HTMLScriptElement) => {
  const before = window.Muse
  window.Muse = muse
  dataset.position === 'none' || root.append(launcher)
  if (dataset.position === 'bottom-right') launcher.style = 'translate:-100%;left:calc(100% - 40px - env(safe-area-inset-right))'
  // A page that is shown after it was left comes back from the browser's memory. Nobody hears how it is shown at first, which takes 1 KB.
  addEventListener('pagehide', () => addEventListener('pageshow', muse.refresh, stage), stage)
  launcher.ariaLabel = 'Muse'
  sheet.replaceSync(css)
  try {
    // Who writes nothing into a style has 2 KB less of it.
    const { muse: waiting, 'muse-widget': place } = localStorage
    if (place) launcher.style.transform = place
    // A redeem of before has had no answer.
    if (waiting) muse.load()
  } catch {}
  stage.api = base + 'v1/shops/' + dataset.shop
  // As a whole: set by its index, it takes 6 KB of a page.
  root.adoptedStyleSheets = [sheet]
  try {
    // Nothing is thrown for nothing: a page's first exception takes a slow phone 10 ms.
    // biome-ignore lint/suspicious/noAssignInExpressions: some bytes shorter
    paint((own = dataset.theme && JSON.parse(dataset.theme)))
  } catch {
    // Perhaps the name of one.
    muse.load()
  }
  if (dataset.tokenUrl) muse.load()
  else if (dataset.token) {
    stage.headers = { authorization: 'Bearer ' + dataset.token }
    stage.first = get('/me', (wallet: Wallet) => stage.headers && show(wallet)).catch(() => {}) as typeof stage.first
  }
  if (dataset.scheme! > 'b') paint({ scheme: dataset.scheme })
  stage.config = dataset as unknown as Config
  muse.version = version
  // biome-ignore lint/suspicious/noAssignInExpressions: some bytes shorter
  ;(muse.ready = (stage.program = get('/program', learn)).then(() => muse)).catch(() => {})
  look()
  try {
    if (before) muse.push(...(before as Command[]))
  } catch {}
}

// A second copy of the script finds the first one's `Muse`, and leaves the page to it.
if (script && !(window.Muse as Muse)?.version) script.dataset.shop ? start(script) : call(script, start)
