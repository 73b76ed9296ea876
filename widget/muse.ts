// `window.Muse`: the calls a page may make.
import { version } from '../package.json'
import type { Opening } from './opening.ts'
import type { Stage } from './stage.ts'

export interface Muse {
  version: string
  /** Kept when the program is known and the launcher bears its name. */
  ready: Promise<Muse>
  /** `view`: `points`, `redeem`, `earn` or `history`. */
  open(view?: string): Promise<void>
  close(): void
  identify(token: string): unknown
  logout(): unknown
  refresh(): Promise<unknown>
  setCart(cart: { total?: number; lines?: unknown[] }): void
  /** Listens to `muse:<event>`; answers with how to stop. */
  on(event: string, listener: (detail: unknown) => void): () => void
  /** Takes every node, listener and the global away. */
  remove(): void
  push(...commands: Command[]): void
}

/** A call as the page queues it before the script is there: `['open', 'history']`. */
export type Command = [method: string, ...rest: unknown[]]

declare global {
  interface Window {
    Muse?: Muse | Command[] | undefined
  }
}

export function museOf(stage: Stage, opening: Opening, remove: () => void): Muse {
  const turn = (token: string | undefined) => {
    stage.identify(token)
    return opening.panel ? opening.panel.turn() : stage.wallet()
  }
  const muse: Muse = {
    version,
    ready: stage.program.then((program) => {
      stage.emit('ready', { program })
      return muse
    }),
    open: (view) => opening.open(view),
    close: () => stage.dialog.close(),
    identify: turn,
    logout: () => turn(''),
    refresh: async () => (opening.panel ? opening.panel.refresh() : turn(stage.token)),
    setCart(cart) {
      stage.cartTotal = +cart.total! || 0
      opening.panel?.recount()
    },
    on(event, listener) {
      const heard = (told: Event) => listener((told as CustomEvent).detail)
      addEventListener(`muse:${event}`, heard, { signal: stage.signal })
      return () => removeEventListener(`muse:${event}`, heard)
    },
    remove,
    push(...commands) {
      for (const [method, ...rest] of commands) {
        const call = Object.hasOwn(muse, method) && muse[method as keyof Muse]
        if (typeof call === 'function') (call as (...rest: unknown[]) => void)(...rest)
      }
    },
  }
  // A shop that does not exist has no launcher either.
  muse.ready.catch(({ status }) => status === 404 && stage.launcher.remove())
  return muse
}
