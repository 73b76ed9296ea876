// What a designer brings: pasted, chosen, or dropped anywhere on the page. A theme is put on; of anything else its colours are offered.
import { useEffect, useRef, useState } from 'preact/hooks'
import { type Read, read } from '../formats/read.ts'
import type { Stray } from '../theme/tokens.ts'
import { readFile } from './files.ts'
import { build, text, wear } from './model.ts'

/** What was read, and the files that were not, since one theme comes from one. */
type Brought = Read & { left?: string[] }

export function In() {
  const [found, setFound] = useState<Brought>()
  const [isOver, setOver] = useState(false)
  const area = useRef<HTMLTextAreaElement>(null)
  const section = useRef<HTMLElement>(null)
  const answer = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (found) answer.current?.scrollIntoView({ block: 'nearest' })
  }, [found])
  const take = (result: Brought) => {
    setFound(result)
    if (result.kind === 'theme') wear(result.theme, `bring in ${Date.now()}`)
  }
  const open = async (file: File | undefined | null, left: File[] = []) => {
    if (file) take({ ...(await readFile(file)), left: left.map(({ name }) => name) })
  }
  useDrop(setOver, ([file, ...left]) => {
    section.current?.scrollIntoView({ block: 'nearest' })
    void open(file, left)
  })
  return (
    <section ref={section} class="in" data-over={isOver}>
      <h2>{text.in.title}</h2>
      <p>{text.in.lead}</p>
      <label class="field">
        <span>{text.in.paste}</span>
        <textarea
          ref={area}
          rows={3}
          spellcheck={false}
          onPaste={({ clipboardData }) => {
            const picture = [...(clipboardData?.files ?? [])].find(({ type }) => type.startsWith('image/'))
            if (picture) void open(picture)
          }}
        />
      </label>
      <div class="row">
        <button type="button" class="go" onClick={() => take(read(area.current!.value))}>
          {text.in.read}
        </button>
        <label class="button file">
          {text.in.choose}
          <input
            type="file"
            accept=".json,.tokens,.css,.scss,.less,.js,.ts,.html,.htm,.txt,image/*"
            onChange={({ currentTarget }) => {
              void open(currentTarget.files?.[0])
              // The same file, mended, can be chosen again.
              currentTarget.value = ''
            }}
          />
        </label>
      </div>
      <div ref={answer} role="status">
        {found && <Found {...found} />}
      </div>
      {found?.palette?.length ? <Palette of={found.palette} /> : null}
    </section>
  )
}

/** A file dropped beside its place would be opened by the browser, and the bench be gone. */
function useDrop(setOver: (isOver: boolean) => void, drop: (files: File[]) => void) {
  useEffect(() => {
    const isFile = ({ dataTransfer }: DragEvent) => !!dataTransfer?.types.includes('Files')
    const away = new AbortController()
    const on = (type: 'dragover' | 'dragleave' | 'drop', hear: (event: DragEvent) => void) =>
      addEventListener(type, (event) => isFile(event) && hear(event), { signal: away.signal })
    on('dragover', (event) => {
      event.preventDefault()
      setOver(true)
    })
    // It has left the page, not one part of it for another.
    on('dragleave', ({ relatedTarget }) => relatedTarget || setOver(false))
    on('drop', (event) => {
      event.preventDefault()
      setOver(false)
      drop([...(event.dataTransfer?.files ?? [])])
    })
    return () => away.abort()
  }, [])
}

function Found({ kind, theme, unknown, wrong, left = [] }: Brought) {
  return (
    <>
      <p>{kind === 'theme' ? text.in.theme(Object.keys(theme).length) : kind === 'palette' ? text.in.palette : said(wrong)}</p>
      {left.length > 0 && <p>{text.in.oneFile(short(left.join(text.in.comma)))}</p>}
      {unknown.length > 0 && <Strays of={unknown} />}
    </>
  )
}

function said(wrong: Read['wrong']): string {
  if (!wrong) return text.in.nothing
  if (wrong.what === 'json') return text.in.json(wrong.line, wrong.column, text.in.wants[wrong.wants])
  return wrong.what === 'name' ? text.in.noTheme(wrong.name) : text.in.wrong[wrong.what]
}

const SHOWN = 8

const Strays = ({ of: strays }: { of: Stray[] }) => (
  <>
    <p>{text.in.leftOut}</p>
    <ul class="strays">
      {strays.slice(0, SHOWN).map(({ name, value }) => (
        <li key={name}>
          {Object.hasOwn(text.names, name) ? text.in.badValue(text.names[name]!, short(value)) : text.in.badName(short(name))}
        </li>
      ))}
      {strays.length > SHOWN && <li>{text.in.others(strays.length - SHOWN)}</li>}
    </ul>
  </>
)

const short = (value: string) => (value.length > 60 ? `${value.slice(0, 60)}…` : value)

const Palette = ({ of: palette }: { of: NonNullable<Read['palette']> }) => (
  <ul class="palette">
    {palette.map(({ hex }) => (
      <li key={hex}>
        <button type="button" aria-label={text.in.derive(hex)} title={text.in.derive(hex)} onClick={() => build(hex)}>
          <i style={{ background: hex }} />
          {hex}
        </button>
      </li>
    ))}
  </ul>
)
