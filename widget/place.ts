// Where the launcher stands: where the shopper has moved it, or else clear of what the page already has there (chat buttons, cookie
// bars, sticky carts) and of an on-screen keyboard. It is moved by `transform`, which shifts no layout.
import type { Stage } from './stage.ts'

interface Point {
  x: number
  y: number
}

const GAP = 12
/** A pointer that moves less than this presses; one that moves more carries. */
const SLOP = 6

export function placeOf({ config, host, launcher, signal }: Stage) {
  const key = `muse:${config.shop}:place`
  let at: Point = { x: 0, y: 0 }
  let own = remembered(key)
  let timer: ReturnType<typeof setTimeout>
  const put = (to: Point) => {
    at = to
    launcher.style.transform = to.x || to.y ? `translate(${to.x}px, ${to.y}px)` : ''
  }
  const settle = () => {
    const home = homeOf(launcher, at)
    if (own) put(inside(own, home))
    else put({ x: 0, y: clear(host, home) })
  }
  const soon = () => {
    clearTimeout(timer)
    timer = setTimeout(settle, 250)
  }
  settle()
  const observer = new MutationObserver(soon)
  observer.observe(document.documentElement, {
    childList: true,
    subtree: true,
    attributes: true,
    attributeFilter: ['class', 'style', 'hidden', 'open'],
  })
  signal.addEventListener('abort', () => {
    observer.disconnect()
    clearTimeout(timer)
  })
  addEventListener('resize', soon, { signal })
  visualViewport?.addEventListener('resize', soon, { signal })
  carried(
    launcher,
    () => at,
    put,
    (to) => {
      own = to
      settle()
      remember(key, own)
    },
  )
}

/** The launcher's box where it would stand unmoved. */
function homeOf(launcher: HTMLElement, { x, y }: Point) {
  const { left, top, width, height } = launcher.getBoundingClientRect()
  return new DOMRect(left - x, top - y, width, height)
}

function inside({ x, y }: Point, home: DOMRect): Point {
  const between = (value: number, least: number, most: number) => Math.max(least, Math.min(most, value))
  return {
    x: between(x, GAP - home.left, innerWidth - GAP - home.right),
    y: between(y, GAP - home.top, innerHeight - GAP - home.bottom),
  }
}

/** How far up it has to go so that nothing fixed is under it; 0 where there is no such place in the lower half of the page. */
function clear(host: HTMLElement, home: DOMRect): number {
  // An on-screen keyboard covers the lower part of the page.
  const covered = visualViewport ? Math.max(0, innerHeight - visualViewport.height - visualViewport.offsetTop) : 0
  let up = covered
  for (let tries = 0; tries < 6; tries++) {
    const box = new DOMRect(home.left, home.top - up, home.width, home.height)
    const other = inTheWay(host, box)
    if (!other) return -up
    up = home.bottom - other.top + GAP
    if (home.top - up < innerHeight / 3) break
  }
  return -covered
}

/** Of what is fixed, the first that lies under the box; what covers most of the page is no thing in the way but the page. */
function inTheWay(host: HTMLElement, box: DOMRect): DOMRect | undefined {
  for (const part of [0, 0.5, 1]) {
    for (const element of document.elementsFromPoint(box.left + box.width * part, box.bottom - box.height * part)) {
      if (element === host || !/fixed|sticky/.test(getComputedStyle(element).position)) continue
      const other = element.getBoundingClientRect()
      if (other.height < innerHeight / 2) return other
    }
  }
}

/** Carried by a pointer; who carries does not press. The arrow keys carry, too. */
function carried(launcher: HTMLElement, at: () => Point, put: (to: Point) => void, drop: (to: Point) => void) {
  let from: (Point & { start: Point }) | undefined
  let isCarried = false
  launcher.style.touchAction = 'none'
  launcher.onpointerdown = ({ clientX, clientY, button }) => {
    if (button === 0) from = { x: clientX, y: clientY, start: at() }
    isCarried = false
  }
  launcher.onpointermove = ({ clientX, clientY, pointerId }) => {
    if (!from) return
    const [x, y] = [clientX - from.x, clientY - from.y]
    if (!isCarried && Math.hypot(x, y) < SLOP) return
    if (!isCarried) launcher.setPointerCapture(pointerId)
    isCarried = true
    put({ x: from.start.x + x, y: from.start.y + y })
  }
  launcher.onpointerup = launcher.onpointercancel = () => {
    if (from && isCarried) drop(at())
    from = undefined
  }
  const press = (event: Event) => {
    if (isCarried) event.stopImmediatePropagation()
    isCarried = false
  }
  launcher.addEventListener('click', press, { capture: true })
  launcher.onkeydown = (event) => {
    const way = ['ArrowLeft', 'ArrowUp', 'ArrowRight', 'ArrowDown'].indexOf(event.key)
    if (way < 0) return
    event.preventDefault()
    const step = way < 2 ? -24 : 24
    drop(way % 2 ? { x: at().x, y: at().y + step } : { x: at().x + step, y: at().y })
  }
}

function remembered(key: string): Point | undefined {
  try {
    const { x, y } = JSON.parse(localStorage.getItem(key) ?? 'null') ?? {}
    if (Number.isFinite(x) && Number.isFinite(y)) return { x, y }
  } catch {}
}

function remember(key: string, { x, y }: Point) {
  try {
    localStorage.setItem(key, `{"x":${Math.round(x)},"y":${Math.round(y)}}`)
  } catch {}
}
