// A photo for the gallery: the picture as it will look, a caption, and the way to post it.
import { useEffect, useRef, useState } from 'preact/hooks'
import type { More } from '../text/en-more.ts'
import { post } from './earning.ts'
import type { Props } from './Panel.tsx'
import { Said } from './Said.tsx'

/** The longer side of what is sent, in pixels: as much as the gallery keeps. */
const SIDE = 1_600

export function Photo({ model, more, close }: Props & { more: More; close: () => void }) {
  const id = 'muse-photo'
  const canvas = useRef<HTMLCanvasElement>(null)
  const field = useRef<HTMLInputElement>(null)
  const [file, take] = useState<File>()
  const [caption, say] = useState('')
  const [isDrawn, setDrawn] = useState(false)
  const isBusy = model.busy.value === 'photo'
  // In the gallery it comes in place of the button that asked for it.
  useEffect(() => {
    if (!model.place.root.activeElement) field.current!.focus()
  }, [])
  useEffect(() => {
    let isCurrent = true
    setDrawn(false)
    if (file) draw(file, canvas.current!, () => isCurrent).then((done) => isCurrent && setDrawn(done))
    return () => {
      isCurrent = false
    }
  }, [file])
  const submit = async (event: Event) => {
    event.preventDefault()
    if (!file) return
    const smaller = isDrawn ? await shrunk(canvas.current!) : null
    if (await post(model, more, smaller && smaller.size < file.size ? smaller : file, caption)) close()
  }
  return (
    <form onSubmit={submit} aria-busy={isBusy}>
      <label for={`${id}-file`}>{more.photoFile}</label>
      <input
        ref={field}
        id={`${id}-file`}
        type="file"
        accept="image/*"
        required
        aria-invalid={false}
        onChange={(event) => take(event.currentTarget.files?.[0])}
      />
      <canvas ref={canvas} hidden={!isDrawn} />
      <label for={`${id}-caption`}>{more.photoCaption}</label>
      <input id={`${id}-caption`} type="text" maxLength={500} value={caption} onInput={(event) => say(event.currentTarget.value)} />
      <button type="submit" class="main" aria-disabled={isBusy}>
        {more.photoSend}
      </button>
      <Said {...{ model, more }} at="photo" as="photo" />
    </form>
  )
}

/** Whether it could be drawn. On a canvas, since a page's policy may allow no picture with an address of the browser's own. */
async function draw(file: File, canvas: HTMLCanvasElement, isCurrent: () => boolean): Promise<boolean> {
  try {
    const picture = await createImageBitmap(file)
    // A large one may be there later than the small one that was chosen after it.
    if (!isCurrent()) return false
    const scale = Math.min(1, SIDE / Math.max(picture.width, picture.height))
    canvas.width = Math.round(picture.width * scale)
    canvas.height = Math.round(picture.height * scale)
    canvas.getContext('2d')!.drawImage(picture, 0, 0, canvas.width, canvas.height)
    picture.close()
    return true
  } catch {
    // Not one this browser reads; the server may.
    return false
  }
}

/** What is sent: no larger than it is shown, and without what a camera writes beside a picture. */
const shrunk = (canvas: HTMLCanvasElement) => new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', 0.9))
