// Keeps the stages painted with the theme: those in sight first, a few a frame, however fast one drags.
import { type Theme, worn } from '../theme/tokens.ts'
import { hostOf } from './roots.ts'

const nobody = () => {}

/** What each stage is painted with now. */
const painted = new WeakMap<HTMLElement, Theme>()
let now: Theme = {}
const stages = new Set<HTMLIFrameElement>()
const seen = new Set<HTMLIFrameElement>()

/** Keeps a stage painted from here on; `isSeen` says whether anybody looks. */
export function keep(frame: HTMLIFrameElement, isSeen: boolean) {
  stages.add(frame)
  if (isSeen) seen.add(frame)
  else seen.delete(frame)
  schedule()
}

export const isInSight = (frame: HTMLIFrameElement) => seen.has(frame)

export function drop(frame: HTMLIFrameElement) {
  stages.delete(frame)
  seen.delete(frame)
}

/** Paints every stage with this theme: those that are seen first, a few a frame, so that no frame takes long. `then` is called after. */
export function paint(theme: Theme, then: () => void) {
  now = worn(theme)
  told = then
  schedule()
}
let told = nobody
let toldAt = 0

/** Stages a frame may repaint; what is not seen waits until nothing else is to do. */
const SHARE = 2
/** However long a drag lasts, the rest of the page hears of it this often, in milliseconds. */
const PATIENCE = 150
let scheduled = false
let hasPainted = true
function schedule() {
  if (scheduled) return
  scheduled = true
  requestAnimationFrame(() => {
    scheduled = false
    const stale = (frames: Iterable<HTMLIFrameElement>) =>
      [...frames].filter((frame) => painted.get(hostOf(frame)!) !== now && hostOf(frame))
    const first = stale(seen)
    // Never twice without a stage between: a slow machine would else paint none while one drags.
    const isLate = hasPainted && performance.now() - toldAt > PATIENCE
    hasPainted = !(told !== nobody && (isLate || !first.length))
    if (!hasPainted) tell()
    else if (first.length) for (const frame of nextOf(first)) repaint(frame)
    else for (const frame of stale(stages).slice(0, 1)) repaint(frame)
    if (told !== nobody || stale(stages).length) schedule()
  })
}

function tell() {
  const then = told
  told = nobody
  toldAt = performance.now()
  then()
}

/** Whose turn it is: the one that has waited longest, even when each frame brings another theme. */
let turn = 0
function nextOf(frames: HTMLIFrameElement[]) {
  turn += SHARE
  return Array.from({ length: Math.min(SHARE, frames.length) }, (_, at) => frames[(turn + at) % frames.length]!)
}

/** Paints a stage with the theme as it is now. */
export function repaint(frame: HTMLIFrameElement) {
  const host = hostOf(frame)
  if (!host) return
  const before = painted.get(host) ?? {}
  const gone = Object.keys(before).filter((name) => !Object.hasOwn(now, name))
  for (const name of gone) host.style.removeProperty(`--muse-${name}`)
  for (const [name, value] of Object.entries(now)) if (before[name] !== value) host.style.setProperty(`--muse-${name}`, value)
  painted.set(host, now)
}
