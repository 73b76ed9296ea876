// The pages that embeds stand in, each as a merchant would build it: a reward page, a cart, a list of pieces, a checkout, a gallery.
import type { Embed } from './shop/states.ts'

type Words = [en: string, ja: string]
interface Piece {
  title: Words
  price: number
  attributes: Record<string, string>
}

const pieces: Piece[] = [
  {
    title: ['Moon Moth jumper skirt', '月蛾 ジャンパースカート'],
    price: 36_300,
    attributes: { sku: 'moonmoth', categories: 'dresses', seller: 'lantern' },
  },
  { title: ['Candle socks', '蝋燭のソックス'], price: 2_420, attributes: { sku: 'candle-socks', seller: 'lantern' } },
  { title: ['Hymnal bag', '讃美歌の鞄'], price: 19_800, attributes: { sku: 'hymnal-bag' } },
  { title: ['Vesper cape, next season', '宵の外套（来季ご予約）'], price: 52_800, attributes: { sku: 'vesper-cape', tags: 'early-bird' } },
]

const order = [
  { price: 6_380, quantity: 1 },
  { price: 2_420, quantity: 2 },
]

/** Builds the page around an embed, before the bones that stand there. */
export function build(embed: Embed, locale: string, page: HTMLElement) {
  const isJapanese = locale === 'ja'
  const say = ([en, ja]: Words) => (isJapanese ? ja : en)
  const yen = (amount: number) => (isJapanese ? `${amount.toLocaleString('en')}円` : `¥${amount.toLocaleString('en')}`)
  const scene = made('main', { class: 'scene', 'data-embed': embed })
  const total = order.reduce((sum, { price, quantity }) => sum + price * quantity, 0)
  const row = (title: string, price: string, ...more: Element[]) => {
    const words = made('div', {}, made('strong', {}, title), made('span', { class: 'price' }, price), ...more)
    return made('div', { class: 'piece' }, made('i', {}), words)
  }
  switch (embed) {
    case 'points':
      for (const { title, price, attributes } of pieces)
        scene.append(row(say(title), yen(price), made('muse-points', { price: String(price), ...attributes })))
      break
    case 'badge':
      for (const { title, price, attributes } of pieces.slice(0, 2))
        scene.append(row(say(title), yen(price), made('muse-badge', { sku: attributes.sku! })))
      break
    case 'coupons':
      scene.append(heading(say(['Your cart', 'カート'])), row(say(pieces[2]!.title), yen(pieces[2]!.price)), made('muse-coupons', {}))
      break
    case 'checkout': {
      const sum = made('p', { class: 'sum' }, made('span', {}, say(['Total', '合計'])), made('strong', {}, yen(total)))
      const field = made('muse-checkout', { name: 'points', total: String(total), lines: JSON.stringify(order), value: '800' })
      scene.append(heading(say(['Checkout', 'ご注文の確認'])), row(say(pieces[1]!.title), `${yen(2_420)} × 2`), sum, field)
      break
    }
    case 'gallery':
      scene.append(heading(say(['As worn', 'お客さまの写真'])), made('muse-gallery', {}))
      break
    default: {
      const purchases = [{ order: 'M-2038', sku: 'moonmoth', title: say(pieces[0]!.title) }]
      scene.append(heading(say(['Points & rewards', 'ポイントとごほうび'])), made('muse-page', { purchases: JSON.stringify(purchases) }))
    }
  }
  page.querySelector('.bar')?.after(scene)
  // What a page has under its content is not looked at here.
  for (const bone of page.querySelectorAll('main ~ .tiles, main ~ .bar')) bone.remove()
}

const heading = (title: string) => made('h1', {}, title)

function made(name: string, attributes: Record<string, string>, ...content: (Element | string)[]) {
  const element = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value)
  element.append(...content)
  return element
}
