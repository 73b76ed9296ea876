// How each programme sees the house's pieces: what is early bird, what belongs to which category, and who sells it.
import type { Product as Told } from '../../server/contract.ts'
import type { Product, Words } from '../catalogue.ts'
import type { ProgrammeId } from './documents.ts'

export type Seller = { id: string; name: Words; percent?: number }
/** What an order line says of its piece beside its price. */
export type Standing = { categories: string[]; tags?: string[]; seller?: string }

/** Not made yet, and cheaper for those who wait: these earn no points, and points cannot pay for them. */
const earlyBird = ['rosewindow-jsk', 'vesper-cape', 'dusk-parasol']

/** The small houses that sell beside us where the programme has sellers. */
export const sellers: Seller[] = [
  { id: 'nishijin-textiles', name: { en: 'Nishijin Textiles', ja: '西陣織物' } },
  { id: 'kura-ceramics', name: { en: 'Kura Ceramics', ja: '蔵の陶' }, percent: 3 },
  { id: 'hakata-pantry', name: { en: 'Hakata Pantry', ja: '博多食品庫' } },
]

const soldBy: Record<string, string> = {
  'moonmoth-jsk': 'nishijin-textiles',
  'belladonna-op': 'nishijin-textiles',
  'camellia-blouse': 'nishijin-textiles',
  'hawkmoth-brooch': 'kura-ceramics',
  'ophelia-bonnet': 'kura-ceramics',
  'dusk-postcard': 'hakata-pantry',
  'candle-socks': 'hakata-pantry',
}
/** Below what the sellers' programme asks: it keeps its seller's badge away until it is raised. */
const tooLittle: Record<string, number> = { 'candle-socks': 1 }

export function standingOf(programme: ProgrammeId, { sku, categories }: Product): Standing {
  if (programme === 'solaris') return { categories, ...(earlyBird.includes(sku) && { tags: ['early-bird'] }) }
  if (programme === 'jej') return { categories }
  const seller = soldBy[sku]
  return { categories: [categories.includes('stationery') ? 'stationery' : 'fashion'], ...(seller && { seller }) }
}

export const sellerOf = (programme: ProgrammeId, product: Product) => sellers.find(({ id }) => id === standingOf(programme, product).seller)

/** The piece as the shop tells Muse of it. */
export function toldOf(programme: ProgrammeId, product: Product): Told {
  const percent = programme === 'amazon' ? tooLittle[product.sku] : undefined
  return {
    title: product.name.en,
    price: product.price,
    ...standingOf(programme, product),
    ...(programme === 'amazon' && { condition: 'new' as const, buyBox: true }),
    ...(percent !== undefined && { percent }),
  }
}
