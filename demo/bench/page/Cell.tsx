// One state on its stage: asleep until one comes to it, small among the others or full size.
import type { Ref } from 'preact'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { State } from '../shop/states.ts'
import { listen, tap } from './inspect.ts'
import { inspect, text, world } from './model.ts'
import { drop, keep } from './paint.ts'
import { rootsIn } from './roots.ts'
import { type Look, lit, stageState } from './stages.ts'

interface CellProps {
  state: State
  look: Look
  isFull: boolean
  onFull: (isFull: boolean) => void
}

export function Cell({ state, look, isFull, onFull }: CellProps) {
  const cell = useRef<HTMLElement>(null)
  const frame = useRef<HTMLIFrameElement>(null)
  const opener = useRef<HTMLButtonElement>(null)
  const [round, setRound] = useState(0)
  const name = text.states[state.id]!
  useStage(cell, frame, state, look, round)
  useLayoutEffect(() => {
    if (!isFull) return
    const leave = (event: KeyboardEvent) => event.key === 'Escape' && onFull(false)
    const rest = [...document.querySelectorAll<HTMLElement>('header, aside, .bar, .toolbar, .cell')].filter((part) => part !== cell.current)
    for (const part of rest) part.inert = true
    addEventListener('keydown', leave)
    opener.current?.focus()
    return () => {
      for (const part of rest) part.inert = false
      removeEventListener('keydown', leave)
      opener.current?.focus()
    }
  }, [isFull])
  const wake = () => {
    if (cell.current?.dataset.set) frame.current!.inert = false
  }
  // A tap that woke the stage was not the stage's.
  const passOn = ({ clientX, clientY }: MouseEvent) => {
    const { left, top, width } = frame.current!.getBoundingClientRect()
    const scale = width / frame.current!.clientWidth
    if (!cell.current?.dataset.set) return
    wake()
    tap(frame.current!.contentDocument!, (clientX - left) / scale, (clientY - top) / scale)
  }
  const label = [name, look.locale === 'ja' ? '日本語' : 'English', look.scheme === 'light' ? text.stage.light : text.stage.dark].join(', ')
  return (
    <figure
      ref={cell}
      class="cell"
      onPointerEnter={wake}
      onPointerMove={wake}
      onFocusIn={wake}
      data-full={isFull}
      data-state={state.id}
      data-scheme={look.scheme}
      lang={look.locale}
    >
      <Caption name={name} label={label} opener={opener} isFull={isFull} onFull={onFull} onAgain={() => setRound(round + 1)} />
      {/* biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: keys reach the stage itself. */}
      <div class="screen" onClick={passOn}>
        <iframe ref={frame} title={label} src="about:blank" />
      </div>
    </figure>
  )
}

interface CaptionProps {
  name: string
  /** What sets this stage apart from the others of its name. */
  label: string
  opener: Ref<HTMLButtonElement>
  isFull: boolean
  onFull: (isFull: boolean) => void
  onAgain: () => void
}

const Caption = ({ name, label, opener, isFull, onFull, onAgain }: CaptionProps) => (
  <figcaption lang={text.other.language === 'ja' ? 'en' : 'ja'}>
    <span title={name}>{name}</span>
    <button type="button" class="again" aria-label={`${text.stage.again}: ${label}`} title={text.stage.again} onClick={onAgain}>
      ↻
    </button>
    <button
      ref={opener}
      type="button"
      class="open"
      aria-label={isFull ? text.stage.close : text.stage.open(label)}
      onClick={() => onFull(!isFull)}
    >
      {isFull ? '×' : '⤢'}
    </button>
  </figcaption>
)

/** Sets the stage once it comes near the eye, and keeps it painted. */
function useStage(
  cell: { current: HTMLElement | null },
  frame: { current: HTMLIFrameElement | null },
  state: State,
  look: Look,
  round: number,
) {
  const scheme = useRef(look.scheme)
  scheme.current = look.scheme
  useEffect(() => lit(frame.current!, look.scheme), [look.scheme])
  useEffect(() => {
    const stage = frame.current!
    const away = new AbortController()
    let isSet = false
    const watch = new IntersectionObserver(
      ([entry]) => {
        const isSeen = !!entry?.isIntersecting
        keep(stage, isSeen)
        if (!isSeen || isSet || !world.value) return
        isSet = true
        void stageState(stage, state, look, world.value, away.signal).then(() => {
          if (away.signal.aborted) return
          lit(stage, scheme.current)
          hear(stage)
          cell.current?.setAttribute('data-set', 'true')
        })
      },
      { rootMargin: '120px' },
    )
    watch.observe(cell.current!)
    return () => {
      away.abort()
      watch.disconnect()
      drop(stage)
      cell.current?.removeAttribute('data-set')
    }
  }, [round])
}

/** A click shows what paints that part, and still does what it does. */
function hear(stage: HTMLIFrameElement) {
  listen(stage.contentDocument!, inspect)
  const isOpen = () => rootsIn(stage).some((root) => root.querySelector('dialog[open]'))
  // With no panel left to close, Escape leaves the full size: the page does not hear what is pressed in a frame.
  stage.contentWindow?.addEventListener(
    'keydown',
    ({ key }) => key === 'Escape' && !isOpen() && window.dispatchEvent(new KeyboardEvent('keydown', { key })),
    { capture: true },
  )
}
