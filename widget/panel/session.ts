// Who is signed in, as the member token says.
import type { Stage } from '../stage.ts'

export interface Session {
  /** A token that holds for now; empty for a guest. */
  token(): Promise<string>
  /** Another token, since this one was refused; empty when there is none to be had. */
  renewed(refused: string): Promise<string>
}

export function sessionOf(stage: Stage): Session {
  /** Where a storefront answers for tokens, somebody looks after this one. */
  const renewing = async () => (stage.config.tokenUrl && stage.token ? (await import('./again.ts')).renewalOf(stage) : undefined)
  // Stage one asks for the first one.
  const first = stage.wallet()
  first.then(renewing).catch(() => {})
  return {
    async token() {
      if (stage.token === undefined) await first
      // Stage one may have had no answer.
      const token = await stage.known()
      return (await renewing())?.token() ?? token
    },
    renewed: async (refused) => (await renewing())?.renewed(refused) ?? '',
  }
}
