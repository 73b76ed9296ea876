// The shop whose pages hold the embeds: it gives points for all that a program can, so that each element has everything to show.
import { drawing } from '../../pictures.ts'
import type { Seat } from './shops.ts'
import type { Shop, World } from './world.ts'

const plus = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString()

export const salon: Shop = {
  program: {
    name: 'Atelier Muse',
    currency: 'JPY',
    timeZone: 'Asia/Tokyo',
    earning: {
      purchase: { percent: 1, delay: 'P7D', exclude: { tags: ['early-bird'] } },
      review: { points: 10 },
      photo: { points: 10, perDay: 3 },
      prizes: [500, 300, 200],
      follow: { points: 10, accounts: { x: 'https://x.example/muse', instagram: 'https://instagram.example/muse' } },
    },
    redeeming: {
      coupon: { min: 1, max: 5_000, step: 1, life: 'P30D' },
      checkout: { max: null },
      exclude: { tags: ['early-bird'] },
      gifts: [
        { id: 'mirror', title: 'Pocket mirror · 手鏡', points: 500 },
        { id: 'tote', title: 'Tote bag · トートバッグ', points: 800 },
      ],
    },
    campaigns: [{ id: 'tenfold', title: '10× points · ポイント10倍', multiply: 10, categories: ['dresses'], ordered: { until: plus(9) } }],
    sellers: { percent: 2, from: plus(-90), badge: { label: '2% points · 2%ポイント', businessDays: 0 } },
    links: { signIn: '/login', signUp: '/register', contact: '/contact' },
  },
}

/** Two sellers' pieces: one that has the badge, one in the campaign as well. */
export const stocked: Seat = async (world, id, shop) => {
  await world.merchant(shop, 'PUT', '/sellers/lantern', { name: 'Lantern & Co', joinedAt: plus(-60) })
  const piece = { seller: 'lantern', condition: 'new', buyBox: true }
  await world.merchant(shop, 'PUT', '/products/candle-socks', { ...piece, title: 'Candle socks', price: 2_420 })
  await world.merchant(shop, 'PUT', '/products/moonmoth', { ...piece, title: 'Moon Moth', price: 36_300, categories: ['dresses'] })
  await world.merchant(shop, 'PUT', `/members/${id}`, {})
}

/** Whose photos hang in the gallery: posted a while ago, the month's prizes given, and one posted since. */
const photos: [member: string, piece: string, caption: string][] = [
  ['yuki', 'moonmoth-jsk/midnight', 'Moon Moth, at the winter tea · 冬のお茶会にて'],
  ['celia', 'belladonna-op/wine', 'Belladonna, first evening out'],
  ['hana', 'dusk-parasol/noir', '夕暮れの日傘'],
  ['mina', 'hymnal-bag/wine', 'It holds exactly one book. · 文庫がちょうど一冊'],
]

let hung: Promise<void> | undefined

/** A member with points, in a shop whose gallery is full. */
export const hanging: Seat = async (world, id, shop, at) => {
  await world.merchant(shop, 'POST', `/members/${id}/grants`, { points: 1_240, reason: 'Welcome' })
  hung ??= hang(world, shop, at)
  await hung
}

async function hang(world: World, shop: string, at: (daysAgo: number) => void) {
  const posted: string[] = []
  for (const [number, [member, piece, caption]] of photos.entries()) {
    at(34 - number * 10)
    const form = new FormData()
    form.set('photo', await photographed(piece), `${member}.png`)
    if (caption) form.set('caption', caption)
    posted.push((await world.member(shop, member, 'POST', '/photos', form)).id)
  }
  at(0)
  await world.merchant(shop, 'PUT', `/prizes/${plus(-30).slice(0, 7)}`, { photos: posted.slice(0, 3) })
}

/** The picture of a piece, cut square, as PNG. */
async function photographed(piece: string): Promise<Blob> {
  const image = new Image()
  image.src = URL.createObjectURL(new Blob([drawing(piece) ?? ''], { type: 'image/svg+xml' }))
  try {
    await image.decode()
    const canvas = Object.assign(document.createElement('canvas'), { width: 480, height: 480 })
    const pen = canvas.getContext('2d')!
    pen.drawImage(image, 0, -60, 480, 600)
    return await new Promise((made, fail) => canvas.toBlob((blob) => (blob ? made(blob) : fail(new Error('no PNG')))))
  } finally {
    URL.revokeObjectURL(image.src)
  }
}
