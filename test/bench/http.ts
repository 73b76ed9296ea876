// Requests a second over HTTP, the load in this process and each server in one of its own.
import { type Asked, load, type Measured } from './load.ts'
import { type Figures, rounds, type Variant } from './rounds.ts'
import { type Server, startBare, startFloor, startMuse } from './servers.ts'
import { openShop, type Shop } from './shop.ts'

const MEMBERS = 5_000
const TIME = 1_500

/** Redeems and balance reads against a bare Hono app that keeps nothing; and one that writes what a redeem writes, and does nothing else. */
export async function benchHttp(count: number) {
  const [bare, floor, muse] = [await startBare(), await startFloor(), await startMuse()]
  try {
    let shop = await opened(muse)
    const next = async () => {
      shop = await opened(muse)
    }
    const at = (connections: number): Variant[] => [
      { name: `bare POST, ${connections}`, run: () => measured(bare, connections, () => shop.redeem('/redeem')) },
      {
        name: `bare SQL, ${connections}`,
        against: `bare POST, ${connections}`,
        run: () => measured(floor, connections, () => shop.redeem('/redeem')),
      },
      { name: `redeem, ${connections}`, against: `bare POST, ${connections}`, run: () => measured(muse, connections, () => shop.redeem()) },
    ]
    const reads: Variant[] = [
      { name: 'hello, 64', run: () => measured(bare, 64, () => shop.balance('/hello')) },
      { name: 'balance, 64', against: 'hello, 64', run: () => measured(muse, 64, () => shop.balance()) },
      { name: 'balance beside 64 that redeem, 16', against: 'hello, 64', run: () => beside(muse, shop) },
    ]
    const variants = [...reads, ...[1, 64, 256].flatMap(at)]
    await rounds(1, variants, next)
    return await rounds(count, variants, next)
  } finally {
    await Promise.all([bare.close(), floor.close(), muse.close()])
  }
}

/** A new shop whose members have all looked at their wallets, as a member who redeems has. */
export async function opened(server: Server, books = 1): Promise<Shop> {
  const shop = await openShop(server.port, MEMBERS, books)
  await load(server.port, { connections: 64, time: 60_000, next: shop.each() })
  return shop
}

/** Also gives the processor's microseconds a request, which other work on the machine disturbs less than the rate. */
export async function measured(server: Server, connections: number, next: () => Asked): Promise<Figures> {
  const begun = server.cpu()
  let answered = 0
  const seen = () => void answered++
  const { rate, p50, p99 } = await load(server.port, { connections, time: TIME, next, seen })
  return { rate, p50, p99, 'cpu µs': ((server.cpu() - begun) / answered) * 1e6 }
}

async function beside(server: Server, shop: Shop): Promise<Figures> {
  const all: Promise<Measured>[] = [
    load(server.port, { connections: 16, time: TIME, next: () => shop.balance() }),
    load(server.port, { connections: 64, time: TIME, next: () => shop.redeem() }),
  ]
  const [balance, redeem] = (await Promise.all(all)) as [Measured, Measured]
  return { rate: balance.rate, p50: balance.p50, p99: balance.p99, redeems: redeem.rate }
}
