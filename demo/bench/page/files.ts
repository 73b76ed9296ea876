// A file that a designer drops or chooses, read: a picture for its colours, anything else as text.
import { paletteOfPixels } from '../formats/palette.ts'
import { type Read, read } from '../formats/read.ts'
import { refused } from '../formats/wrong.ts'

/** Bytes. A theme is a few thousand of them, a shop's page some hundred thousand. */
const MOST = 4_000_000

export async function readFile(file: File): Promise<Read> {
  if (file.type.startsWith('image/')) return readImage(file)
  return file.size > MOST ? refused({ what: 'large' }) : read(await file.text())
}

/** A picture's colours, from a small copy of it: a logo is no less itself at 96 pixels. */
async function readImage(file: File): Promise<Read> {
  const image = new Image()
  // An SVG with HTML in it is drawn from a blob as well, but then its pixels are nobody's to read.
  const isDrawn = file.type === 'image/svg+xml'
  image.src = isDrawn ? `data:image/svg+xml,${encodeURIComponent(await file.text())}` : URL.createObjectURL(file)
  try {
    await image.decode()
    const scale = Math.min(1, 96 / Math.max(image.naturalWidth || 96, image.naturalHeight || 96))
    const [width, height] = [image.naturalWidth || 96, image.naturalHeight || 96].map((side) => Math.max(1, Math.round(side * scale)))
    const canvas = Object.assign(document.createElement('canvas'), { width, height })
    const pen = canvas.getContext('2d', { willReadFrequently: true })!
    pen.drawImage(image, 0, 0, width!, height!)
    const palette = paletteOfPixels(pen.getImageData(0, 0, width!, height!).data)
    return { kind: palette.length ? 'palette' : 'nothing', theme: {}, unknown: [], palette }
  } catch {
    return refused({ what: 'picture' })
  } finally {
    URL.revokeObjectURL(image.src)
  }
}
