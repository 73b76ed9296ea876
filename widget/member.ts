// Whom the launcher speaks to: asks for the member's token and first wallet, and shows the balance.
import type { Wallet } from '../server/contract.ts'
import type { Begun, Stage } from './stage.ts'

/** Completes the stage. */
export function memberOf(begun: Begun): Stage {
  const { config, src, host, launcher, signal } = begun
  const locale = host.lang
  host.lang = /^ja/i.test(locale) ? 'ja' : 'en'
  const api = new URL(`v1/shops/${encodeURIComponent(config.shop)}`, src).href
  let wallet: Promise<Wallet | undefined> | undefined
  // Whatever goes wrong here, the panel asks again, and knows what to say.
  const firstWallet = async () => {
    try {
      stage.token ??= config.tokenUrl ? await stage.ask() : config.token || ''
      const { token } = stage
      const answer = token ? await fetch(`${api}/me`, { headers: { authorization: `Bearer ${token}` }, credentials: 'omit', signal }) : null
      if (answer && !answer.ok) return
      const found: Wallet | null = answer && (await answer.json())
      if (token === stage.token) stage.show(found)
      return found ?? undefined
    } catch {
    } finally {
      // What was asked for when the page was loaded is not what a panel opened much later begins with.
      setTimeout(() => {
        wallet = undefined
      }, 9e3)
    }
  }
  const stage: Stage = {
    ...begun,
    root: host.shadowRoot!,
    api,
    locale,
    token: undefined,
    cartTotal: Number(config.cartTotal) || 0,
    wallet() {
      wallet ??= firstWallet()
      return wallet
    },
    identify(token) {
      stage.token = token
      wallet = undefined
    },
    async ask() {
      const answer = await fetch(config.tokenUrl!, { credentials: 'include', cache: 'no-store', signal })
      return answer.status === 200 ? (await answer.json()).token || '' : ''
    },
    show(found) {
      // Drawn by the style sheet: a button's name is the program's, whatever it shows.
      launcher.ariaDescription = found && `${String(found.points.available).replace(/\B(?=(...)+$)/g, ',')} pt`
      stage.emit('wallet', { wallet: found })
    },
    emit: (event, detail) => dispatchEvent(new CustomEvent(`muse:${event}`, { bubbles: true, detail })),
  }
  return stage
}
