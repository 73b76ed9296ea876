// A trusted pointer and keyboard, through the browser's own input.
import type { Page } from 'playwright-core'
import type { Visit } from './visit.ts'

type Spot = { x: number; y: number }

/** Where an element is pressed. */
export const middle = (page: Page, selector: string): Promise<Spot> => page.evaluate((selector) => probe.middle(selector), selector)

/** Moves there and stays, as somebody who is about to press. */
export const hover = ({ cdp }: Visit, spot: Spot) => cdp.send('Input.dispatchMouseEvent', { type: 'mouseMoved', ...spot })

/** Presses and lifts at once, without a move before: the shortest notice a page can be given. */
export async function press({ cdp }: Visit, spot: Spot) {
  const button = { ...spot, button: 'left', clickCount: 1 } as const
  await cdp.send('Input.dispatchMouseEvent', { type: 'mousePressed', buttons: 1, ...button })
  await cdp.send('Input.dispatchMouseEvent', { type: 'mouseReleased', ...button })
}
