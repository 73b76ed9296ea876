// A shop with a gallery, pictures to post in it, and what stories about that keep asking.
import { type Bytes, pngOf } from './pictures/files.ts'
import { album } from './pictures/photos.ts'
import { openShop, type Story } from './story.ts'

export const rasters = Object.values(album(96))
export const pictures = rasters.map((raster) => pngOf(raster))
export const picture = (number: number) => pictures[number] as Bytes

export const openGallery = (earning: object = {}, more: object = {}) =>
  openShop({
    program: {
      earning: { purchase: { percent: 1 }, photo: { points: 10 }, prizes: [500, 300, 200], ...earning },
      ...more,
    },
  })

export function form(bytes: Bytes, more: Record<string, string> = {}) {
  const form = new FormData()
  form.set('photo', new Blob([bytes], { type: 'image/png' }), 'photo.png')
  for (const [name, value] of Object.entries(more)) form.append(name, value)
  return form
}

export const post = (shop: Story, bytes: Bytes, id = 'c1', key?: string | null) => shop.member(id).post('/me/photos', form(bytes), key)
export const decidePhoto = (shop: Story, id: string, state: string) => shop.merchant('PATCH', `/photos/${id}`, { state })
export const shown = async (shop: Story): Promise<string[]> =>
  (await shop.guest('GET', '/gallery')).body.photos.map(({ id }: { id: string }) => id)
export const refusal = (code: string) => ({
  body: { code },
  status: { 'already-done': 409, 'not-eligible': 409, 'too-large': 413 }[code] ?? 400,
})
