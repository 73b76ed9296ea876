// What the house sells: every piece with its words in both languages, its colours and its price in yen, tax included.
import { accessories } from './catalogue/accessories.ts'
import { dresses } from './catalogue/dresses.ts'
import { separates } from './catalogue/separates.ts'

export type Language = 'en' | 'ja'
export type Words = Record<Language, string>

/** How the pieces are drawn: the cloth, what trims it, and what shines. */
export type Colour = { id: string; name: Words; cloth: string; trim: string; shine: string }

export type Product = {
  sku: string
  drawing: string
  name: Words
  kind: Words
  price: number
  colours: Colour[]
  sizes: string[]
  categories: string[]
  story: Words
  details: Record<Language, string[]>
}

export const products: Product[] = [...dresses, ...separates, ...accessories]

export const departments = ['dresses', 'separates', 'accessories', 'stationery'] as const
export type Department = (typeof departments)[number]

export const find = (sku: string) => products.find((product) => product.sku === sku)
export const isDepartment = (text: string | undefined): text is Department => departments.some((department) => department === text)

/** Four pieces to look at next: the same kind first. */
export function besides(product: Product) {
  const others = products.filter((other) => other !== product)
  const near = (other: Product) => (other.categories[0] === product.categories[0] ? 0 : 1)
  return others.toSorted((a, b) => near(a) - near(b)).slice(0, 4)
}
