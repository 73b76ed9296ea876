// Every state of the widget, side by side and live; one of them full size.
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { Check, Choice, Slide } from './controls.tsx'
import { inspect, show, text, world } from './model.ts'
import { drop, keep, type Look, lit, stageState, states, tokensAt } from './stages.ts'

type State = (typeof states)[number]

export function Gallery() {
  const { language, scheme, device, still, forced, size } = show.value
  const languages = language === 'both' ? ['en', 'ja'] : [language]
  const schemes = scheme === 'both' ? (['light', 'dark'] as const) : [scheme as 'light' | 'dark']
  const [full, setFull] = useState('')
  const open = world.value
  const shown = open ? states.filter(({ shop }) => open.has(shop)) : []
  return (
    <section id="states" class="gallery" aria-label={text.stage.title} tabIndex={-1}>
      <Toolbar />
      {forced && <p class="note">{text.stage.forcedNote}</p>}
      {!open && <p class="note opening">{open === false ? text.stage.noWorker : text.stage.opening}</p>}
      <div class="cells" data-device={device} style={{ '--size': size / 100 }}>
        {shown.flatMap((state) =>
          languages.flatMap((locale) =>
            schemes.map((side, at) => {
              // Day and night change on a stage that stays.
              const key = [state.id, locale, at].join()
              return (
                <Cell
                  key={[key, device, still, forced].join()}
                  state={state}
                  look={{ locale, scheme: side, still, forced }}
                  isFull={full === key}
                  onFull={(is) => setFull(is ? key : '')}
                />
              )
            }),
          ),
        )}
      </div>
    </section>
  )
}

function Toolbar() {
  const put = (part: Partial<typeof show.value>) => {
    show.value = { ...show.value, ...part }
  }
  const { language, scheme, device, still, forced, size } = show.value
  const { stage } = text
  return (
    <div class="toolbar">
      <h2>{stage.title}</h2>
      <Choice
        legend={stage.language}
        name="language"
        options={{ en: 'English', ja: '日本語', both: stage.both }}
        value={language}
        onChange={(next) => put({ language: next })}
      />
      <Choice
        legend={stage.scheme}
        name="scheme"
        options={{ light: stage.light, dark: stage.dark, both: stage.both }}
        value={scheme}
        onChange={(next) => put({ scheme: next })}
      />
      <Choice
        legend={stage.device}
        name="device"
        options={{ phone: stage.phone, desktop: stage.desktop }}
        value={device}
        onChange={(next) => put({ device: next })}
      />
      <Check label={stage.still} checked={still} onChange={(next) => put({ still: next })} />
      <Check label={stage.forced} checked={forced} onChange={(next) => put({ forced: next })} />
      <Slide label={stage.size} least={30} most={100} step={2} unit="%" value={size} onInput={(next) => put({ size: next })} />
    </div>
  )
}

interface CellProps {
  state: State
  look: Look
  isFull: boolean
  onFull: (isFull: boolean) => void
}

function Cell({ state, look, isFull, onFull }: CellProps) {
  const cell = useRef<HTMLElement>(null)
  const frame = useRef<HTMLIFrameElement>(null)
  const opener = useRef<HTMLButtonElement>(null)
  const [round, setRound] = useState(0)
  const name = text.states[state.id]!
  useStage(cell, frame, state, look, round)
  useLayoutEffect(() => {
    if (!isFull) return
    const leave = (event: KeyboardEvent) => event.key === 'Escape' && onFull(false)
    const rest = [...document.querySelectorAll<HTMLElement>('header, aside, .toolbar, .cell')].filter((part) => part !== cell.current)
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
      <figcaption lang={text.other.language === 'ja' ? 'en' : 'ja'}>
        <button
          ref={opener}
          type="button"
          class="open"
          aria-label={isFull ? text.stage.close : text.stage.open(label)}
          onClick={() => onFull(!isFull)}
        >
          {isFull ? '×' : '⤢'}
        </button>
        <span>{name}</span>
        <button
          type="button"
          class="again"
          aria-label={`${text.stage.again}: ${label}`}
          title={text.stage.again}
          onClick={() => setRound(round + 1)}
        >
          ↻
        </button>
      </figcaption>
      <div class="screen">
        <iframe ref={frame} title={label} src="about:blank" />
      </div>
    </figure>
  )
}

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
          lit(stage, scheme.current)
          listen(stage)
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
function listen(stage: HTMLIFrameElement) {
  const root = stage.contentDocument?.querySelector('muse-widget')?.shadowRoot
  // With no panel left to close, Escape leaves the full size: the page does not hear what is pressed in a frame.
  stage.contentWindow?.addEventListener(
    'keydown',
    ({ key }) => key === 'Escape' && !root?.querySelector('dialog[open]') && window.dispatchEvent(new KeyboardEvent('keydown', { key })),
    { capture: true },
  )
  root?.addEventListener('click', (event) => event.isTrusted && inspect(tokensAt(event.target as Element, root)), { capture: true })
}
