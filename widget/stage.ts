// What all chunks are given: stage one (the tag) begins it, stage two (desk.ts) completes it. The tag is a classic script, which no
// chunk can import from, so they take only types from here and everything else as this one object.
import type { PublicProgram, Wallet } from '../server/contract.ts'
import type { Config } from './config.ts'
import type { Desk } from './desk.ts'
import type { Renewal } from './panel/again.ts'

/** What the tag knows. */
export interface Begun {
  config: Config
  /** Where this shop's routes begin: `https://points.example/v1/shops/jej`. */
  api: string
  host: HTMLElement
  launcher: HTMLElement
  /** Aborted by `Muse.remove()`. */
  signal: AbortSignal
  /** Asked for at once; where that failed, the panel asks again. */
  program: Promise<Response>
  /** Puts the balance on the launcher and tells the page. */
  show(wallet: Wallet | null): void
  emit(event: string, detail: object): void
  /** Names and paints the launcher after the program, and tells the page. */
  learn(program: PublicProgram): void
  /** In whose name the first wallet was asked for; cleared when somebody else is there before it is. */
  headers?: { authorization: string } | undefined
  /** The wallet of `data-token`, asked for at once; undefined when there was no good answer. */
  first?: Promise<Response | undefined>
  /** Stage two, once it is there. */
  desk?: Desk
}

/** What the tag asks of the desk: a call of `window.Muse`, or to start when a tag without a shop has one. */
export type Calls = (
  ...asked: [begun: Begun, name: string, ...rest: unknown[]] | [script: HTMLScriptElement, start: (script: HTMLScriptElement) => void]
) => Promise<unknown>

export interface Stage extends Omit<Begun, 'program'> {
  /** What the tag has been answered, or the panel since. */
  program: Promise<PublicProgram>
  root: ShadowRoot
  /** The locale dates are written in. */
  locale: string
  /** The member token; empty for a guest, undefined while nobody has said. */
  token: string | undefined
  /** The cart's total in minor units: 0 of an empty one, NaN while nobody has said. */
  cartTotal: number
  /** Whether the wallet shown is some seconds old, or nobody has said whose it is to be. */
  isOld(): boolean
  /** What the document has or does by this name, and not what a page has named so: `<form name="activeElement">`. */
  ofDocument<T>(name: keyof Document, ...rest: unknown[]): T
  /** The present member's first wallet, asked for once; undefined for a guest, and when there was no good answer. */
  wallet(): Promise<Wallet | undefined>
  /** Another member; an empty token is a guest. */
  identify(token: string | undefined): void
  /** The token there is; the storefront's, where nobody has said yet. */
  known(): Promise<string>
  /** Asks `data-token-url` for a token; empty for a guest. Throws, and tells the page, when it gives no good answer. */
  ask(): Promise<string>
  /** Tells the page that code could not be fetched, and what for: `load` is the panel or what stands behind it, or an element's name. */
  lost(at: string): void
  renewal?: Renewal
  /** Fetches what few pages need, unless that has been done. */
  more?(): Promise<void> | null
  /** Sends the launcher to the other side of the page, once there is something that knows where it stands. */
  aside?(): void
  /** Keeps what is typed into fields in a box from the page, and the focus in it; there before any embed is. */
  keep?(box: HTMLElement): void
}
