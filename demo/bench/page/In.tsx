// What a designer brings: pasted, dropped or chosen. A theme is put on; of anything else its colours are offered.
import { useRef, useState } from 'preact/hooks'
import { paletteOfPixels } from '../formats/palette.ts'
import { type Read, read } from '../formats/read.ts'
import { build, text, wear } from './model.ts'

export function In() {
  const [found, setFound] = useState<Read>()
  const [isOver, setOver] = useState(false)
  const area = useRef<HTMLTextAreaElement>(null)
  const take = (result: Read) => {
    setFound(result)
    if (result.kind === 'theme') wear(result.theme, 'bring in')
  }
  const open = async (file: File | undefined | null) => {
    if (!file) return
    take(file.type.startsWith('image/') ? await readImage(file) : read(await file.text()))
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    const [file] = event.dataTransfer?.files ?? []
    if (file) void open(file)
    else take(read(event.dataTransfer?.getData('text') ?? ''))
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is one of three ways in, and the other two have keys.
    <section
      class="in"
      data-over={isOver}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
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
            accept=".json,.tokens,.css,.html,.txt,image/*"
            onChange={({ currentTarget }) => void open(currentTarget.files?.[0])}
          />
        </label>
      </div>
      <div role="status">{found && <Found {...found} />}</div>
    </section>
  )
}

function Found({ kind, theme, unknown, palette = [] }: Read) {
  return (
    <>
      <p>{kind === 'theme' ? text.in.theme(Object.keys(theme).length) : kind === 'palette' ? text.in.palette : text.in.nothing}</p>
      {unknown.length > 0 && <p>{text.in.unknown(unknown.join(', '))}</p>}
      {palette.length > 0 && (
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
      )}
    </>
  )
}

async function readImage(file: File): Promise<Read> {
  const palette = await paletteOfImage(file)
  return { kind: palette.length ? 'palette' : 'nothing', theme: {}, unknown: [], palette }
}

/** A picture's colours, none where it is broken: from a small copy of it: a logo is no less itself at 96 pixels. */
async function paletteOfImage(file: File) {
  const image = new Image()
  image.src = URL.createObjectURL(file)
  try {
    await image.decode()
    const scale = Math.min(1, 96 / Math.max(image.naturalWidth || 96, image.naturalHeight || 96))
    const [width, height] = [image.naturalWidth || 96, image.naturalHeight || 96].map((side) => Math.max(1, Math.round(side * scale)))
    const canvas = Object.assign(document.createElement('canvas'), { width, height })
    const pen = canvas.getContext('2d', { willReadFrequently: true })!
    pen.drawImage(image, 0, 0, width!, height!)
    return paletteOfPixels(pen.getImageData(0, 0, width!, height!).data)
  } catch {
    return []
  } finally {
    URL.revokeObjectURL(image.src)
  }
}
