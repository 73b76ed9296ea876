// Stage two's front desk, fetched on intent, with the first call, or when the page has anything a plain one has not: a member, embeds,
// a theme, something in the launcher's way. It completes the stage and carries out what the page and the launcher ask for.
import { memberOf } from './member.ts'
import { openingOf } from './opening.ts'
import type { Begun } from './stage.ts'

export type Desk = ReturnType<typeof deskOf>

/** Carries out one call of `window.Muse`. */
export async function call(begun: Begun, name: keyof Desk, rest: unknown[]): Promise<unknown> {
  begun.desk ??= deskOf(begun)
  return (begun.desk[name] as (...rest: unknown[]) => unknown)(...rest)
}

function deskOf(begun: Begun) {
  const stage = memberOf(begun)
  const opening = openingOf(stage)
  const { dialog } = opening
  const more = () => {
    if (!stage.signal.aborted) import('./more.ts').then(({ more }) => more(stage, opening)).catch(() => {})
  }
  if (document.querySelector('body :not(:defined)') || stage.config.theme) more()
  else (window.requestIdleCallback || setTimeout)(more)
  const turn = (token: string | undefined) => {
    stage.identify(token)
    return opening.panel ? opening.panel.turn() : stage.wallet()
  }
  const desk = {
    /** With an event: the shopper may mean to open the panel. */
    load: (event?: Event) => (event ? opening.load() : stage.wallet()),
    /** The launcher was pressed. */
    toggle: () => (dialog.open ? dialog.close() : opening.open('', stage.launcher)),
    open: (view?: string) => opening.open(view),
    close: () => dialog.close(),
    identify: (token?: string) => turn(token ?? ''),
    logout: () => turn(''),
    refresh: () => (opening.panel ? opening.panel.refresh() : turn(stage.token)),
    setCart(cart?: { total?: unknown }) {
      const total = Number(cart?.total)
      stage.cartTotal = total > 0 ? total : 0
      opening.panel?.recount()
    },
  }
  // A page that comes back from the browser's memory shows what is true now, not what was when it was left.
  addEventListener('pageshow', ({ persisted }) => persisted && desk.refresh(), { signal: stage.signal })
  return desk
}
