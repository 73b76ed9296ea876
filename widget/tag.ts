// Stage one: what the script tag itself runs, and all the code that a page fetches before a click. It draws the launcher, names it after
// the program, shows a member's balance, and fetches the rest on intent, when the page calls, or for what few pages have.
import { version } from '../package.json'
import type { PublicProgram, Wallet } from '../server/contract.ts'
import type { Command, Muse } from './muse.ts'
import type { Begun, Calls } from './stage.ts'
import css from './theme/launcher.css?inline'

/** What the document does by this name, and not what a page has named so: `<form name="createElement">`. */
const ofDocument = (name: 'createElement' | 'querySelector' | 'elementsFromPoint', ...rest: (string | number)[]) =>
  (Document.prototype[name] as (...rest: unknown[]) => unknown).call(document, ...rest)

const script = Reflect.get(Document.prototype, 'currentScript', document) as HTMLScriptElement | null
const call: Calls = (...rest) =>
  import('./desk.ts').then(
    ({ call }) => call(...rest),
    () => {},
  )

const start = ({ dataset, src }: HTMLScriptElement) => {
  const before = window.Muse
  const { scheme, token, theme, tokenUrl, position } = dataset
  const away = new AbortController()
  const host = ofDocument('createElement', 'muse-widget') as HTMLElement
  const root = host.attachShadow({ mode: 'open' })
  const launcher = ofDocument('createElement', 'button') as HTMLElement
  const sheet = new CSSStyleSheet()
  /** With the stage itself for what `fetch` needs: its signal, and its headers by then. */
  const get = async (path: string) => {
    const answer = await fetch(new URL(`v1/shops/${dataset.shop}/${path}`, src), stage)
    if (answer.ok) return answer.json()
    // A shop that does not exist has no launcher either.
    if (answer.status === 404) launcher.remove()
    throw answer
  }
  const paint = (theme: object) => {
    for (const token in theme) host.style.setProperty(`--muse-${token}`, theme[token as keyof object])
  }
  let own: object
  const learn = (program: PublicProgram) => {
    paint({ ...program.theme, ...own })
    launcher.ariaLabel = program.name
    stage.emit('ready', { program })
    return program
  }
  const show = (wallet: Wallet | null) => {
    // Drawn by the style sheet: a button's name is the program's, whatever it shows.
    launcher.ariaDescription = wallet && `${wallet.points.available} pt`.replace(/\B(?=(...)+ )/g, ',')
    stage.emit('wallet', { wallet })
  }
  const stage = {
    emit(event: string, detail: object) {
      dispatchEvent(new CustomEvent(`muse:${event}`, { bubbles: true, detail }))
    },
    show,
    config: dataset,
    src,
    host,
    signal: away.signal,
    learn,
    launcher,
  } as unknown as Begun
  const muse = {
    version,
    on(event: string, listener: (detail: unknown) => void) {
      const heard = (told: Event) => listener((told as CustomEvent).detail)
      addEventListener(`muse:${event}`, heard, stage)
      return () => removeEventListener(`muse:${event}`, heard)
    },
    remove() {
      away.abort()
      host.remove()
      delete window.Muse
    },
    push(...commands: Command[]) {
      for (const command of commands) {
        try {
          const [name, ...rest] = command
          muse[name as 'open'](...(rest as []))
        } catch {}
      }
    },
  } as Muse & { load(event?: Event): unknown }
  // The others are there as soon as one of them is wanted, and carried out in order.
  for (const name of 'open identify setCart logout load refresh close'.split(' ') as ['open'])
    muse[name] = (...rest: unknown[]) => call(stage, name, rest) as Promise<void>

  // biome-ignore lint/correctness/noUnusedVariables: once it is set, what follows it is not looked at again
  let isLoaded: unknown
  /** Looks, now and then, for a router that has taken the widget away, for embeds, and, once the page is laid out, for what is in the
   * launcher's way: so many pixels below its upper edge, by turns where a low bar is and where a button of another's may
   * float. (At the bottom right its right edge is where its left is said to be.) */
  const look = (below?: number) => {
    if (away.signal.aborted) return
    if (!host.isConnected) (ofDocument('querySelector', 'html') as Element).append(host)
    isLoaded ||=
      (tokenUrl ||
        ofDocument('querySelector', 'body :not(:defined)') ||
        (below &&
          (ofDocument('elementsFromPoint', Math.abs(launcher.offsetLeft - 50), launcher.offsetTop + below) as Element[]).filter((element) =>
            /[kx]/.test(getComputedStyle(element)?.position),
          )[1])) &&
      muse.load()
    setTimeout(look, 1e3, below! > 9 ? 9 : 39)
  }
  sheet.replaceSync(css)
  root.adoptedStyleSheets = [sheet]
  if (position === 'bottom-right') launcher.style.cssText = 'left:calc(100% - 20px - env(safe-area-inset-right));translate:-100%'
  try {
    launcher.style.transform = localStorage['muse-widget']
    // A redeem of before has had no answer.
    if (localStorage.muse) muse.load()
  } catch {}
  try {
    // Nothing is thrown for nothing: a page's first exception takes a slow phone 10 ms.
    own = theme && JSON.parse(theme)
    paint(own)
  } catch {
    // Perhaps the name of one.
    muse.load()
  }
  if (scheme! > 'b') paint({ scheme })
  launcher.ariaLabel = 'Muse'
  if (position !== 'none') root.append(launcher)
  stage.program = get('program').then(learn)
  muse.ready = stage.program.then(() => muse)
  muse.ready.catch(() => {})
  if (token && !tokenUrl) {
    stage.headers = { authorization: `Bearer ${token}` }
    stage.first = get('me').then(
      (wallet: Wallet) => {
        if (stage.headers) show(wallet)
        return wallet
      },
      () => {},
    ) as Promise<Wallet | undefined>
  }
  addEventListener('pageshow', ({ persisted }) => persisted && (muse.refresh as (isBack: boolean) => unknown)(persisted), stage)
  window.Muse = muse
  launcher.onclick = launcher.onfocus = launcher.onpointerenter = muse.load
  try {
    if (before) muse.push(...(before as Command[]))
  } catch {}
  look()
}

// A second copy of the script finds the first one's `Muse`, and leaves the page to it.
if (script && !(window.Muse as Muse)?.version) script.dataset.shop ? start(script) : call(script, start)
