// Every state of the widget, side by side and live; one of them full size.
import { useEffect, useRef, useState } from 'preact/hooks'
import { type State, states } from '../shop/states.ts'
import { Cell } from './Cell.tsx'
import { Check, Choice, Slide } from './controls.tsx'
import { show, text, world } from './model.ts'
import { keepClear } from './narrow.ts'

export function Gallery({ isStrip = false }: { isStrip?: boolean }) {
  const { forced } = show.value
  const [full, setFull] = useState('')
  const [isFolded, fold] = useState(false)
  const gallery = useRef<HTMLElement>(null)
  const open = world.value
  const shown = open ? states.filter(({ shop }) => open.has(shop)) : []
  useEffect(() => (isStrip ? keepClear(gallery.current!) : undefined), [isStrip])
  return (
    <section ref={gallery} id="states" class="gallery" data-strip={isStrip} aria-label={text.stage.title} tabIndex={-1}>
      {isStrip ? <Bar isFolded={isFolded} onFold={fold} /> : <Toolbar />}
      {forced && <p class="note">{text.stage.forcedNote}</p>}
      {!open && <p class="note opening">{open === false ? text.stage.noWorker : text.stage.opening}</p>}
      <div class="reel" hidden={isFolded}>
        <Cells of={shown.filter(({ embed }) => !embed)} {...{ full, setFull }} />
        {shown.length > 0 && <h2 class="part">{text.stage.embeds}</h2>}
        <Cells of={shown.filter(({ embed }) => embed)} {...{ full, setFull }} isInPage />
      </div>
    </section>
  )
}

/** Where there is no room for all that the toolbar has. */
const Bar = ({ isFolded, onFold }: { isFolded: boolean; onFold: (isFolded: boolean) => void }) => (
  <div class="bar">
    <button type="button" aria-expanded={!isFolded} onClick={() => onFold(!isFolded)}>
      {text.stage.previews}
    </button>
    <details>
      <summary>{text.stage.settings}</summary>
      <Toolbar />
    </details>
  </div>
)

interface CellsProps {
  of: readonly State[]
  /** Stages as wide as a page, for what stands in one. */
  isInPage?: boolean
  full: string
  setFull: (key: string) => void
}

function Cells({ of: shown, isInPage = false, full, setFull }: CellsProps) {
  const { language, scheme, device, still, forced, size } = show.value
  const languages = language === 'both' ? ['en', 'ja'] : [language]
  const schemes = scheme === 'both' ? (['light', 'dark'] as const) : [scheme as 'light' | 'dark']
  return (
    <div class="cells" data-device={device} data-in-page={isInPage} style={{ '--size': size / 100 }}>
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
