// Stage two's front desk, fetched on intent, with the first call, or when the page has what few have: embeds, something in the
// launcher's way, a storefront to be asked for the token. It completes the stage and carries out what the page and the launcher ask for.
import { memberOf } from './member.ts'
import { openingOf } from './opening.ts'
import type { Begun, Calls } from './stage.ts'

export type Desk = ReturnType<typeof deskOf>

/** Carries out one call of `window.Muse`, or waits for a shop. */
export const call: Calls = async (of, name, ...rest: unknown[]) => {
  if (typeof name === 'function') return (await import('./more.ts')).wait(of as HTMLScriptElement, name)
  const begun = of as Begun
  begun.desk ??= deskOf(begun)
  return (begun.desk[name as keyof Desk] as (...rest: unknown[]) => unknown)(...rest)
}

function deskOf(begun: Begun) {
  const stage = memberOf(begun)
  const opening = openingOf(stage)
  const { dialog } = opening
  const { config } = stage
  /** Null where it could not be fetched. */
  let asked: Promise<void> | null | undefined
  const more = () => {
    asked ??= import('./more.ts')
      .then(({ more }) => more(stage, opening))
      .catch(() => {
        asked = null
        stage.lost('load')
        // It is, once the line is up, or somebody opens the panel.
        for (const event of ['online', 'muse:open']) addEventListener(event, more, { once: true, signal: stage.signal })
      })
    return asked
  }
  stage.more = more
  // Not before what somebody waits for, and that is on the screen.
  const idle = window.requestIdleCallback || setTimeout
  idle(async () => {
    await opening.loading
    setTimeout(() => idle(() => asked === null || more()), 260)
  })
  const turn = (token: string | undefined) => {
    stage.identify(token)
    return opening.panel ? opening.panel.turn() : stage.wallet()
  }
  const desk = {
    /** The shopper means to open the panel, or presses the launcher; without an event, the page has what few have. */
    load(event?: Event) {
      if (event?.type === 'click') return dialog.open ? dialog.close() : opening.open('', stage.launcher)
      return event ? opening.load() : more()
    },
    open: (view?: string) => opening.open(view),
    close: () => dialog.close(),
    identify: (token?: string) => turn(token ?? ''),
    logout: () => turn(''),
    /** Shows what is true now. A page that comes back from the browser's memory asks who is signed in by now, too. */
    async refresh(isBack?: boolean) {
      if (isBack && config.tokenUrl) return turn(await stage.ask().catch(() => stage.token))
      if (opening.panel) return opening.panel.refresh()
      // Where there is no program yet, the panel asks for it.
      void stage.program.catch(opening.load)
      return turn(stage.token)
    },
    setCart(cart?: { total?: number | null }) {
      stage.cartTotal = Number(cart?.total ?? Number.NaN)
      opening.panel?.recount()
    },
  }
  return desk
}
