// The cart lives in a cookie, as "sku.colour.size.quantity" joined by "~": nothing in it is secret, and prices are never read from it.
import type { OrderLine } from '../server/contract.ts'
import { type Colour, find, type Language, type Product } from './catalogue.ts'
import type { ProgrammeId } from './programmes/documents.ts'
import { standingOf } from './programmes/stock.ts'

export type CartLine = { product: Product; colour: Colour; size: string; quantity: number }
export type Cart = CartLine[]

export const freeShippingFrom = 15_000
const shippingFee = 770
const quantityMax = 9
/** More than there are pieces in all their colours and sizes. */
const linesMax = 100

export function readCart(cookie: string | undefined): Cart {
  return (cookie ?? '')
    .split('~')
    .slice(0, linesMax)
    .flatMap((text) => readLine(text))
}

export const writeCart = (cart: Cart) => cart.map((line) => `${lineId(line)}.${line.quantity}`).join('~')

export const lineId = ({ product, colour, size }: CartLine) => `${product.sku}.${colour.id}.${size}`

/** The cart after so many more (or fewer) of one line; none left takes the line out. */
export function put(cart: Cart, id: string, quantity: (before: number) => number): Cart {
  const known = cart.some((line) => lineId(line) === id)
  const lines = known ? cart : [...cart, ...readLine(`${id}.0`, true)]
  return lines
    .map((line) => (lineId(line) === id ? { ...line, quantity: Math.min(quantityMax, Math.max(0, quantity(line.quantity))) } : line))
    .filter((line) => line.quantity > 0)
}

export const goods = (cart: Cart) => cart.reduce((sum, line) => sum + line.product.price * line.quantity, 0)
export const pieces = (cart: Cart) => cart.reduce((sum, line) => sum + line.quantity, 0)
/** Letters travel for a stamp: a cart of nothing but stationery ships free, as does a large one. */
export const shippingOf = (cart: Cart) =>
  goods(cart) >= freeShippingFrom || cart.every((line) => line.product.categories.includes('stationery')) ? 0 : shippingFee

/** The cart as Muse reads it in this programme's shop. */
export const linesOf = (cart: Cart, language: Language, programme: ProgrammeId): OrderLine[] =>
  cart.map((line) => ({
    id: lineId(line),
    sku: line.product.sku,
    title: titleOf(line, language),
    price: line.product.price,
    quantity: line.quantity,
    ...standingOf(programme, line.product),
  }))

/** The title of an order's line for who reads it now, whichever language it was ordered in. */
export function titleFor({ id, sku, title = sku }: Pick<OrderLine, 'id' | 'sku' | 'title'>, language: Language) {
  const product = find(sku)
  const colour = product?.colours.find((one) => one.id === id.split('.')[1])
  return product && colour ? titleOf({ product, colour }, language) : title
}

const titleOf = ({ product, colour }: Pick<CartLine, 'product' | 'colour'>, language: Language) =>
  `${product.name[language]}${language === 'ja' ? '・' : ', '}${colour.name[language]}`

/** What of the cart points may pay for: not what bears one of these tags, and never the shipping. */
export const payable = (cart: Cart, programme: ProgrammeId, excluded: string[] = []) =>
  goods(cart.filter(({ product }) => !standingOf(programme, product).tags?.some((tag) => excluded.includes(tag))))

function readLine(text: string, empty = false): Cart {
  const [sku = '', colourId, size = '', count] = text.split('.')
  const product = find(sku)
  const colour = product?.colours.find((one) => one.id === colourId)
  const quantity = Math.min(quantityMax, Number(count))
  if (!product || !colour || !product.sizes.includes(size) || !Number.isInteger(quantity) || quantity < (empty ? 0 : 1)) return []
  return [{ product, colour, size, quantity }]
}
