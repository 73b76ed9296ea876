// Whom the launcher speaks to: completes the stage with the member's token and wallet, and shows the balance.
import type { PublicProgram, Wallet } from '../server/contract.ts'
import type { Begun, Stage } from './stage.ts'

/** A wallet younger than this is not read again by itself; milliseconds. */
const FRESH = 5_000

/** Completes the stage. */
export function memberOf(begun: Begun): Stage {
  const { config, host, signal } = begun
  const page = ofDocument<HTMLElement>('documentElement')
  const asked = config.locale || page.lang || navigator.language
  // Words and dates are of one language.
  const locale = /^(ja|en)/i.test(asked) ? asked : 'en'
  host.lang = /^ja/i.test(locale) ? 'ja' : 'en'
  const program: Promise<PublicProgram> = begun.program.then((answer) => answer.json())
  // The panel asks again.
  program.catch(() => {})
  let wallet: Promise<Wallet | undefined> | undefined = begun.first?.then((answer) => answer?.json())
  // The tag has asked as soon as it was there.
  let shownAt = Date.now() - performance.now()
  /** By which token the balance is known that is on the launcher. */
  let shownBy: string | undefined | null = config.token
  const done = () => {
    // Where that of the next member is not to be had, the launcher says nothing any more of the one before.
    if (shownBy && shownBy !== stage.token) stage.show(null)
    // What was asked for when the page was loaded is not what a panel opened much later begins with.
    setTimeout(() => {
      wallet = undefined
    }, 9e3)
  }
  const stage: Stage = {
    ...begun,
    root: host.shadowRoot!,
    program,
    locale,
    token: config.tokenUrl ? undefined : config.token || '',
    cartTotal: Number(config.cartTotal || Number.NaN),
    isOld: () => stage.token === undefined || Date.now() - shownAt > FRESH,
    ofDocument,
    wallet() {
      wallet ??= firstWallet(stage, done)
      return wallet
    },
    identify(token) {
      begun.headers = undefined
      stage.token = token
      wallet = undefined
    },
    async known() {
      const asked = stage.token ?? (await stage.ask())
      // Who has signed in or out meanwhile has the last word.
      // biome-ignore lint/suspicious/noAssignInExpressions: some bytes shorter
      return (stage.token ??= asked)
    },
    async ask() {
      try {
        const answer = await fetch(config.tokenUrl!, { credentials: 'include', cache: 'no-store', signal })
        if (!answer.ok) throw answer
        return answer.status === 204 ? '' : (await answer.json()).token || ''
      } catch (thrown) {
        if (!signal.aborted) stage.emit('error', { at: 'token', code: 'storefront-unavailable' })
        throw thrown
      }
    },
    lost(at) {
      if (!signal.aborted) stage.emit('error', { at, code: 'unreachable' })
    },
    show(found) {
      shownAt = Date.now()
      shownBy = found && stage.token
      begun.show(found)
    },
  }
  return stage
}

// The present member's wallet, shown. Whatever goes wrong here, the panel asks again, and knows what to say. Says when it is `done`.
async function firstWallet(stage: Stage, done: () => void): Promise<Wallet | undefined> {
  const { api, config, signal } = stage
  try {
    // Until the storefront can say, who the tag says it is, if it does.
    const token = await stage.known().catch(() => {
      stage.token ??= config.token
      return stage.token
    })
    if (token === undefined) return
    const answer = token ? await fetch(api + '/me', { headers: { authorization: 'Bearer ' + token }, signal }) : null
    if (answer && !answer.ok) return
    const found: Wallet | null = answer && (await answer.json())
    if (token === stage.token) stage.show(found)
    return found ?? undefined
  } catch {
  } finally {
    done()
  }
}

function ofDocument<T>(name: keyof Document, ...rest: unknown[]): T {
  const own = Reflect.get(Document.prototype, name, document) as unknown
  return (typeof own === 'function' ? own.apply(document, rest) : own) as T
}
