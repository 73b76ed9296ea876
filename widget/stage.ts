// What all chunks are given: stage one (the tag) begins it, stage two (desk.ts) completes it. The tag is a classic script, which no
// chunk can import from, so they take only types from here and everything else as this one object.
import type { PublicProgram, Wallet } from '../server/contract.ts'
import type { Config } from './config.ts'
import type { Desk } from './desk.ts'

/** What the tag knows. */
export interface Begun {
  config: Config
  /** The tag's own address. */
  src: string
  host: HTMLElement
  launcher: HTMLElement
  /** Aborted by `Muse.remove()`. */
  signal: AbortSignal
  /** Asked for at once; where that failed, the panel asks again. */
  program: Promise<PublicProgram>
  /** Names and paints the launcher after the program, and tells the page. */
  learn(program: PublicProgram): PublicProgram
  /** Stage two, once it is there. */
  desk?: Desk
}

export interface Stage extends Begun {
  root: ShadowRoot
  /** Where this shop's routes begin: `https://points.example/v1/shops/jej`. */
  api: string
  /** The locale dates are written in. */
  locale: string
  /** The member token; empty for a guest, undefined while nobody has said. */
  token: string | undefined
  /** The cart's total in minor units; 0 when unknown or empty. */
  cartTotal: number
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
