// What stage one (the tag) makes and hands to stage two (the panel). Stage one is a classic script, which no chunk can import from,
// so the panel takes only types from here and everything else as this one object.
import type { PublicProgram, Wallet } from '../server/contract.ts'
import type { Config } from './config.ts'
import { type Drawn, label, paint } from './launcher.ts'

export interface Stage extends Drawn {
  config: Config
  /** Where this shop's routes begin: `https://points.example/v1/shops/jej`. */
  api: string
  /** The locale dates are written in. */
  locale: string
  /** Aborted by `Muse.remove()`. */
  signal: AbortSignal
  /** The member token; empty for a guest, undefined until asked for. */
  token: string | undefined
  /** The cart's total in minor units; 0 when unknown or empty. */
  cartTotal: number
  /** Asked for at once; where that failed, the panel asks again. */
  program: Promise<PublicProgram>
  /** Names and paints the launcher after the program. */
  learn(program: PublicProgram): PublicProgram
  /** The present member's first wallet, asked for once; undefined for a guest, and when there was no good answer. */
  wallet(): Promise<Wallet | undefined>
  /** Another member; an empty token is a guest. */
  identify(token: string | undefined): void
  /** Asks `data-token-url` for a token; empty for a guest. */
  ask(): Promise<string>
  /** Puts the balance on the launcher and tells the page. */
  show(wallet: Wallet | null): void
  emit(event: string, detail: object): void
}

/** What the panel answers to. */
export interface Panel {
  open(view?: string): void
  /** Somebody else is signed in now, or nobody. */
  turn(): void
  refresh(): Promise<void>
  /** The cart's total has changed. */
  recount(): void
}

export function stageOf(config: Config, locale: string, api: string, drawn: Drawn, signal: AbortSignal): Stage {
  let name = 'Muse'
  let available: number | undefined
  let wallet: Promise<Wallet | undefined> | undefined
  const get = async (path: string, headers?: HeadersInit) => {
    const answer = await fetch(api + path, { headers, signal })
    if (answer.ok) return answer.json()
    throw answer
  }
  // Whatever goes wrong here, the panel asks again, and knows what to say.
  const firstWallet = async () => {
    try {
      stage.token ??= config.tokenUrl ? await stage.ask() : config.token || ''
      const found = stage.token && (await get('/me', { authorization: `Bearer ${stage.token}` }))
      stage.show(found || null)
      return found
    } catch {}
  }
  const learn = (found: PublicProgram) => {
    // What the tag says comes before what the program says.
    paint(drawn.host, found.theme, true)
    name = found.name
    label(drawn, name, available)
    return found
  }
  const stage: Stage = {
    ...drawn,
    config,
    locale,
    api,
    signal,
    token: undefined,
    cartTotal: +config.cartTotal! || 0,
    program: get('/program').then(learn),
    learn,
    wallet: () => (wallet ??= firstWallet()),
    identify(token) {
      stage.token = token
      wallet = undefined
    },
    async ask() {
      const answer = await fetch(config.tokenUrl!, { credentials: 'include', cache: 'no-store', signal })
      return answer.status === 200 ? (await answer.json()).token : ''
    },
    show(found) {
      available = found?.points.available
      label(drawn, name, available)
      stage.emit('wallet', { wallet: found })
    },
    emit: (event, detail) => dispatchEvent(new CustomEvent(`muse:${event}`, { bubbles: true, detail })),
  }
  label(drawn, name)
  return stage
}
