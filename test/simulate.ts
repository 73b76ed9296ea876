// `npm run simulate`: an hour of 10× points for a shop with ten million members, through the real code that finds a
// request's book. Prints what the busiest book gets in its busiest second, for 1, 32 and 1,024 books.
import { placesOf } from '../server/http/places.ts'
import type { Route } from '../server/http/routes/route.ts'
import { routes } from '../server/http/routes.ts'
import { bucketOf, makeCode } from '../server/rules/code.ts'
import { seeded } from './seeded.ts'

/** What the hour is made of. Shares are of the members who come; counts are a member's, on average. */
const hour = {
  members: 10_000_000,
  come: 0.03,
  // Announced for ten o'clock: this much of the hour comes in its first five minutes.
  early: { share: 0.3, seconds: 300 },
  // A few come by script: this share of those who come asks this many times as often.
  eager: { share: 0.0005, times: 100 },
  asks: {
    'get /me': 4,
    'get /me/history': 0.5,
    'post /me/coupons': 0.4,
    'delete /me/coupons/{code}': 0.05,
    'put /members/{member}/orders/{order}': 0.8,
    'post /coupons/{code}/check': 0.35,
    'put /coupons/{code}/order': 0.3,
  },
}

/** What one object of the distributed engine is planned with, a second: requests, and those of them that write. */
const limits = { requests: 1_000, writes: 400 }

// The same hour each time.
const random = seeded(20_260_605)
const seconds = 60
const visitors = Math.round(((hour.members * hour.come * hour.early.share) / hour.early.seconds) * seconds)
const perVisitor = Object.values(hour.asks).reduce((sum, count) => sum + count, 0)

console.log(
  `${hour.members.toLocaleString('en')} members, ${(hour.members * hour.come).toLocaleString('en')} of them in the hour; its busiest minute:`,
)
console.table(
  [1, 32, 1024].map((books) => {
    const load = minute(books)
    return {
      books,
      'requests/s': Math.round(load.requests / seconds),
      'busiest book, requests/s': load.busiest.requests,
      'of which write': load.busiest.writes,
      'of an object’s limit': `${Math.round(100 * Math.max(load.busiest.requests / limits.requests, load.busiest.writes / limits.writes))} %`,
    }
  }),
)
console.log(`Averages: ${(visitors / seconds).toFixed(0)} members a second arrive, each asking ${perVisitor.toFixed(1)} times.`)

// One minute of requests, each sent to its book; the most that any book got in any second.
function minute(books: number) {
  const requests = Array.from({ length: seconds }, () => new Uint32Array(books))
  const writes = Array.from({ length: seconds }, () => new Uint32Array(books))
  let total = 0
  for (let visitor = 0; visitor < visitors; visitor++) {
    const member = `customer-${Math.floor(random() * hour.members)}`
    const times = random() < hour.eager.share ? hour.eager.times : 1
    for (const [name, count] of Object.entries(hour.asks)) {
      const route = routeOf(name)
      for (let asked = whole(count * times); asked > 0; asked--) {
        const second = Math.floor(random() * seconds)
        for (const { book } of placesOf(route, askOf(route, member), books)) {
          requests[second]![book]!++
          if (route.method !== 'get') writes[second]![book]!++
        }
        total++
      }
    }
  }
  const most = (counts: Uint32Array[]) => counts.reduce((max, second) => second.reduce((most, count) => Math.max(most, count), max), 0)
  return { requests: total, busiest: { requests: most(requests), writes: most(writes) } }
}

function routeOf(name: string): Route {
  const route = routes.find(({ method, path }) => `${method} ${path}` === name)
  if (!route) throw new Error(`There is no route "${name}" any more.`)
  return route
}

// What such a request carries of its member: the token's name, the path's, or a code made for them.
function askOf(route: Route, member: string) {
  const code: Record<string, string> = route.path.includes('{code}') ? { code: makeCode(bucketOf(member), dice) } : {}
  return { path: { member, ...code }, query: {}, body: undefined, signed: { id: route.who === 'member' ? member : '' } }
}

/** A whole number whose mean is `count`. */
function whole(count: number): number {
  return Math.floor(count) + (random() < count % 1 ? 1 : 0)
}

function dice(length: number): Uint8Array {
  return Uint8Array.from({ length }, () => Math.floor(random() * 256))
}
