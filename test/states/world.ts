// The bench's shops and shoppers on a real server: what the bench plays in a page, the browser tests have for states to look at.
import { type Seat, shops } from '../../demo/bench/shop/shops.ts'
import { type ShopKeys, sign } from '../../demo/bench/shop/signing.ts'
import type { Answer, World } from '../../demo/bench/shop/world.ts'
import { serve } from '../../server/hosts/node.ts'
import { pngOf } from '../pictures/files.ts'
import { album } from '../pictures/photos.ts'
import { stageOf } from './page.ts'

const DAY = 86_400_000
const OPERATOR = 'op_states'

/** A shop with every way to earn, gifts, points at checkout, a campaign and sellers: for the forms and the embeds. */
const ways = {
  name: 'Atelier Muse',
  currency: 'JPY',
  timeZone: 'Asia/Tokyo',
  earning: {
    purchase: { percent: 1, delay: 'P7D', exclude: { tags: ['early-bird'] } },
    welcome: { points: 100 },
    review: { points: 10 },
    photo: { points: 10 },
    prizes: [500, 300, 200],
    follow: { points: 10, accounts: { x: 'https://x.example/a', facebook: 'https://f.example/a', instagram: 'https://i.example/a' } },
  },
  redeeming: {
    coupon: { min: 1, max: 5_000, step: 1, life: 'P30D' },
    checkout: { max: null },
    exclude: { tags: ['early-bird'] },
    gifts: [
      { id: 'tote', title: 'Tote bag · トートバッグ', points: 800 },
      { id: 'parasol', title: 'Lace parasol, the one of the autumn window · 秋のレース日傘', points: 12_000 },
    ],
  },
  sellers: { percent: 2, from: '2020-01-01T00:00:00Z', until: '2100-01-01T00:00:00Z', badge: { label: '2% points', businessDays: 0 } },
  campaigns: [
    { id: 'tenfold', title: '10× points · ポイント10倍', multiply: 10, ordered: { until: new Date(Date.now() + 9 * DAY).toISOString() } },
  ],
  links: { signIn: '/login', signUp: '/register', contact: '/contact' },
}

/** The same with nobody's photos yet, and a campaign that is to come. */
const in5Days = new Date(Date.now() + 5 * DAY).toISOString()
const bare = { ...ways, campaigns: ways.campaigns.map((campaign) => ({ ...campaign, ordered: { ...campaign.ordered, from: in5Days } })) }

export type Shops = Awaited<ReturnType<typeof openShops>>

/** Opens them. Members are prepared before any page asks, since the clock is set back for what they have come by. */
export async function openShops() {
  let back = 0
  const keys = new Map<string, ShopKeys>()
  const site = { fetch: (request: Request) => stageOf(request) }
  const server = await serve({ port: 0, data: null, operatorKey: OPERATOR, site, clock: () => Date.now() - back * DAY })
  const ask = async (path: string, method: string, bearer: string, body?: unknown): Promise<Answer> => {
    const isForm = body instanceof FormData
    const headers = { authorization: `Bearer ${bearer}`, 'idempotency-key': crypto.randomUUID() }
    const type: Record<string, string> = isForm || !body ? {} : { 'content-type': 'application/json' }
    const sent = isForm ? body : JSON.stringify(body)
    const answer = await fetch(`${server.url}/v1/shops/${path}`, { method, headers: { ...headers, ...type }, body: sent ?? null })
    if (!answer.ok) throw new Error(`${method} ${path}: ${await answer.text()}`)
    return answer.json()
  }
  const token = (shop: string, id: string, age = 0) => sign(shop, id, keys.get(shop)!, Date.now() - back * DAY - age)
  const world: World = {
    merchant: (shop, method, path, body) => ask(shop + path, method, keys.get(shop)!.secret, body),
    member: async (shop, id, method, path, body) => ask(`${shop}/me${path}`, method, await token(shop, id), body),
    token,
    has: (shop) => keys.has(shop),
    async alone(act) {
      try {
        return await act((daysAgo) => {
          back = daysAgo
        })
      } finally {
        back = 0
      }
    },
  }
  back = 120
  const programs = { ...Object.fromEntries(Object.entries(shops).map(([shop, { program }]) => [shop, program])), ways, bare }
  for (const [shop, program] of Object.entries(programs)) {
    keys.set(shop, (await ask(shop, 'PUT', OPERATOR, { program, origins: [server.url] })).keys)
  }
  back = 0
  await stock(world)
  let seated = 0
  const waiting = new Map<Seat, Map<string, string[]>>()
  const line = (shop: string, seat: Seat) => {
    const ofSeat = waiting.get(seat) ?? new Map<string, string[]>()
    waiting.set(seat, ofSeat)
    const ids = ofSeat.get(shop) ?? []
    ofSeat.set(shop, ids)
    return ids
  }
  return {
    url: server.url,
    world,
    /** Makes a member for each visit to come, one after the other, while no page looks at the clock. */
    async prepare(visits: { shop: string; seat?: Seat | undefined }[]) {
      for (const { shop, seat } of visits) {
        if (!seat) continue
        const id = `m-${++seated}`
        await world.alone((at) => seat(world, id, shop, at))
        line(shop, seat).push(id)
      }
    },
    /** The id of a member of this shop who has what the seat says, and whom nobody else has been. */
    take(shop: string, seat: Seat): string {
      const id = line(shop, seat).shift()
      if (!id) throw new Error(`Nobody was prepared for ${seat.name} in ${shop}.`)
      return id
    },
    close: () => server.close(),
  }
}

/** What is in the shops beside members: a seller with a product, and a gallery. */
async function stock(world: World) {
  await world.merchant('ways', 'PUT', '/sellers/s1', { name: 'One', joinedAt: '2021-01-01T00:00:00Z' })
  await world.merchant('ways', 'PUT', '/products/mug', { title: 'Mug', price: 1000, seller: 's1', condition: 'new', buyBox: true })
  const captions = ['At the tea party', '秋のお茶会にて、新しいボンネットと。', '', 'W'.repeat(60)]
  const pictures = Object.values(album(240))
  for (const [index, caption] of captions.entries()) {
    const form = new FormData()
    form.set('photo', new Blob([Buffer.from(pngOf(pictures[index]!))], { type: 'image/png' }), 'photo')
    form.set('caption', caption)
    await world.member('ways', `g-${index}`, 'POST', '/photos', form)
  }
}
