// The three shops, one a programme, on the one Muse server: made at the first start, opened at every other.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { products } from './catalogue.ts'
import type { Clock } from './clock.ts'
import { type Journal, openJournal } from './journal.ts'
import { type Kept, kept } from './kept.ts'
import { putProduct, putSeller, putShop } from './merchant.ts'
import type { Merchant, ShopKeys } from './muse.ts'
import { type OrderBook, openOrders } from './orders.ts'
import { type Document, documents, type ProgrammeId } from './programmes/documents.ts'
import { shifted, shiftFor } from './programmes/shift.ts'
import { sellers, toldOf } from './programmes/stock.ts'

type State = {
  keys?: ShopKeys
  /** The document as Muse has it, which version of the programme that is, and by how many milliseconds it was moved. */
  document: Document
  version?: number
  shift: number
  stocked: boolean
}

export type Shop = {
  id: ProgrammeId
  merchant: Merchant
  orders: OrderBook
  journal: Journal
  document(): Document
  /** Which version of the programme that is, as receipts count them; nobody knows of a folder from before it was kept. */
  version(): number | undefined
  /** By how many milliseconds the programme's dates were moved. */
  shift(): number
  /** A new version of the programme: orders placed from now on are judged by it. */
  change(document: Document): Promise<void>
  /** A new version whose dates are moved so that its event runs at the shop's hour. */
  renew(): Promise<void>
}
export type Shops = Record<ProgrammeId, Shop>

type Place = { api: string; operatorKey: string; folder: string; clock: Clock }

/** The storefront and Muse are one origin, whatever the port, so no page needs to be let in from another. */
const origins: string[] = []

export async function openShops(place: Place): Promise<Shops> {
  const [jej, solaris, amazon] = await Promise.all([openShop(place, 'jej'), openShop(place, 'solaris'), openShop(place, 'amazon')])
  return { jej, solaris, amazon }
}

async function openShop({ api, operatorKey, folder, clock }: Place, id: ProgrammeId): Promise<Shop> {
  const own = join(folder, id)
  const shift = shiftFor(documents[id], clock.now())
  const first: State = { document: shifted(documents[id], shift), shift, stocked: false }
  const path = join(own, 'shop.json')
  const isBegun = existsSync(path)
  const file = kept(path, first)
  const journal = openJournal(join(own, 'journal.ndjson'))
  const change = async (document: Document, shift = file.value.shift, anew: { keys?: 'add' } = {}) => {
    const { keys, version } = await putShop({ api, shop: id, clock, journal }, operatorKey, { program: document, origins, ...anew })
    if (keys) file.value.keys = keys
    Object.assign(file.value, { document, version, shift })
    file.save()
  }
  // Every PUT is a version of the program: a shop that is there already is left alone, on another port as well.
  if (!file.value.keys) {
    // Where the last start was cut short between the shop and its keys, it gets new ones.
    file.save()
    await change(file.value.document, file.value.shift, isBegun ? { keys: 'add' } : {})
  }
  const { keys } = file.value
  if (!keys) throw new Error(`the shop "${id}" exists but its keys are lost: give the storefront's folder back, or start afresh`)
  const merchant = { api, shop: id, keys, clock, journal }
  if (!file.value.stocked) await stock(merchant, id, file)
  const renew = () => {
    const shift = shiftFor(documents[id], clock.now())
    return change(shifted(documents[id], shift), shift)
  }
  const told = { version: () => file.value.version, document: () => file.value.document, shift: () => file.value.shift }
  return { id, merchant, orders: openOrders(own), journal, ...told, change, renew }
}

/** Tells Muse of the sellers and the pieces, where the programme cares whose and which they are. */
async function stock(merchant: Merchant, id: ProgrammeId, file: Kept<State>) {
  const joinedAt = new Date(merchant.clock.now()).toISOString()
  if (id === 'amazon')
    await Promise.all(
      sellers.map(({ name, percent, ...one }) => putSeller(merchant, one.id, { name: name.en, joinedAt, ...(percent && { percent }) })),
    )
  await Promise.all(products.map((product) => putProduct(merchant, product.sku, toldOf(id, product))))
  file.value.stocked = true
  file.save()
}
