// `window.Muse`: the calls a page may make.

export interface Muse {
  version: string
  /** Kept when the program is known and the launcher bears its name; broken when the shop gave no answer. Once it does, there is another
   * one here, which is kept, and `muse:ready` is told. */
  ready: Promise<unknown>
  /** `view`: `points`, `redeem`, `earn` or `history`. */
  open(view?: string): Promise<void>
  close(): unknown
  identify(token: string): unknown
  logout(): unknown
  refresh(): unknown
  setCart(cart: { total?: number; lines?: unknown[] }): unknown
  /** Listens to `muse:<event>`, by that name or without its `muse:`; answers with how to stop. */
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
