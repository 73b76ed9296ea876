// Where the launcher stands: where the shopper has moved it, or else clear of what the page already has there (chat buttons, cookie
// bars, sticky carts); and always above an on-screen keyboard. It is moved by `transform`, which shifts no layout.
import type { Stage } from './stage.ts'

const GAP = 12
/** A pointer that moves less than this presses; one that moves more carries. */
const SLOP = 6

export function placeOf(stage: Stage) {
  const { config, launcher, signal, ofDocument } = stage
  const { style } = launcher
  const isRight = config.position === 'bottom-right'
  /** The tag has put it there already. */
  const key = 'muse-widget'
  let own = style.transform
  let timer: ReturnType<typeof setTimeout> | undefined
  /** Moves it from its home, but never out of the window, whatever that will be. */
  const put = (x: number, y: number) => {
    // Where `<html>` is zoomed, so are the launcher's pixels and the window's units, but neither pointers nor boxes.
    const zoom = launcher.currentCSSZoom || 1
    const across = isRight ? `100% + 52px - 100vw/${zoom},${x / zoom}px,8px` : `-8px,${x / zoom}px,100vw/${zoom} - 100% - 52px`
    style.transform = x || y ? `translate(clamp(${across}),clamp(80px - 100vh/${zoom},${y / zoom}px,8px))` : ''
  }
  /** Its box, and how far that is from home. */
  const look = () => {
    const before = style.transform
    const box = launcher.getBoundingClientRect()
    style.transform = ''
    const home = launcher.getBoundingClientRect()
    style.transform = before
    return { box, home, x: box.left - home.left, y: box.top - home.top }
  }
  const settle = () => {
    timer = undefined
    const covered = underKeyboard()
    style.transform = own
    const { box, x, y } = look()
    if (!own) put(0, clear(stage, box, covered))
    else if (box.bottom > innerHeight - covered - GAP) put(x, y + innerHeight - covered - GAP - box.bottom)
  }
  // Not put off by what comes meanwhile: some pages never rest.
  const soon = () => {
    timer ??= setTimeout(settle, 250)
  }
  const keep = () => {
    own = style.transform
    try {
      localStorage.setItem(key, own)
    } catch {}
    settle()
  }
  settle()
  const observer = new MutationObserver(soon)
  const what = { childList: true, subtree: true, attributeFilter: ['class', 'style', 'hidden', 'open'] }
  observer.observe(ofDocument('documentElement'), what)
  signal.addEventListener('abort', () => {
    observer.disconnect()
    clearTimeout(timer)
  })
  // What slides in, is a popover, or sticks once one has scrolled that far, has changed nothing of the document.
  for (const event of ['resize', 'scrollend', 'animationend', 'transitionend', 'toggle'])
    addEventListener(event, soon, { signal, capture: true })
  window.visualViewport?.addEventListener('resize', soon, stage)
  carried(launcher, look, put, keep)
  stage.aside = () => {
    const { left, right } = launcher.getBoundingClientRect()
    put(left + right > innerWidth ? -9999 : 9999, 0)
    keep()
  }
  // Without dragging: a long press, a right click or the menu key sends it to the other side.
  launcher.oncontextmenu = (event) => {
    event.preventDefault()
    stage.aside!()
  }
}

/** How much of the page an on-screen keyboard covers; a page that is only magnified has none. */
function underKeyboard() {
  const seen = window.visualViewport
  return seen && seen.scale < 1.01 ? Math.max(0, innerHeight - seen.height - seen.offsetTop) : 0
}

/** How far up (less than 0) it has to go so that nothing fixed is under it; no further than a keyboard where there is no such place low in
 * the page. */
function clear(stage: Stage, home: DOMRect, covered: number): number {
  let up = covered
  for (let tries = 0; tries < 6; tries++) {
    const other = inTheWay(stage, home, up)
    if (!other) return -up
    up = home.bottom - other.top + GAP
    if (home.top - up < innerHeight / 3) break
  }
  return -covered
}

/** Of what is fixed, the first that lies under the box; what covers most of the page is no thing in the way but the page. */
function inTheWay({ host, ofDocument }: Stage, { left, top, width, height }: DOMRect, up: number): DOMRect | undefined {
  for (const at of [0, 1, 2, 3, 4]) {
    // Zigzag from left to right.
    for (const element of ofDocument<Element[]>('elementsFromPoint', left + (width * at) / 4.1, top - up + (at % 2 ? 4 : height - 4))) {
      if (element === host || !/fixed|sticky/.test(getComputedStyle(element)?.position)) continue
      const other = element.getBoundingClientRect()
      if (other.height < innerHeight / 2) return other
    }
  }
}

/** Carried by a pointer; who carries does not press. Without carrying there is `oncontextmenu`. */
function carried(launcher: HTMLElement, look: () => { x: number; y: number }, put: (x: number, y: number) => void, drop: () => void) {
  let from: { x: number; y: number; down: PointerEvent } | undefined
  let isCarried = false
  launcher.style.touchAction = 'none'
  launcher.onpointerdown = (event) => {
    const { x, y } = look()
    isCarried = false
    if (event.button !== 0) return
    from = { x: event.clientX - x, y: event.clientY - y, down: event }
    // At once: a quick hand is elsewhere by the next move.
    launcher.setPointerCapture?.(event.pointerId)
  }
  launcher.onpointermove = ({ clientX, clientY }) => {
    if (!from) return
    if (!isCarried && Math.hypot(clientX - from.down.clientX, clientY - from.down.clientY) < SLOP) return
    isCarried = true
    put(clientX - from.x, clientY - from.y)
  }
  launcher.onpointerup = launcher.onpointercancel = () => {
    if (from && isCarried) drop()
    from = undefined
  }
  const press = (event: Event) => {
    if (isCarried) event.stopImmediatePropagation()
    isCarried = false
  }
  launcher.addEventListener('click', press, { capture: true })
}
