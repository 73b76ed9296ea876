// What every request to a route goes through, whichever way it came: it is let in, understood, and answered by its act.
import * as z from 'zod'
import type { Answer } from '../acts/answers.ts'
import type { Shop } from '../acts/shop.ts'
import { Id, Refusal } from '../contract.ts'
import { instant } from '../rules/calendar.ts'
import type { createActing } from './acting.ts'
import { understood as jsonIn } from './body.ts'
import { type Entry, missing } from './entry.ts'
import type { Host } from './host.ts'
import type { Gate } from './limits.ts'
import { parsed, refusedIn } from './problems.ts'
import type { Ask, Route } from './routes/route.ts'
import type { Sent } from './sent.ts'
import { createUploads } from './upload.ts'
import type { Visit } from './visit.ts'

const IdempotencyKey = z.string().regex(/^[\x21-\x7e]{1,255}$/, 'is not 1 to 255 visible ASCII characters')

interface Rooms {
  entry: Entry
  gate: Gate | undefined
  acting: ReturnType<typeof createActing>
}

/** An answer, and the shop it is about. */
interface Taken {
  answered: Answer
  shop: Shop
}

/** Gives the function that takes what was sent to a route and answers it. It throws a refusal, or what a bug throws. */
export function createTake(host: Host, { entry, gate, acting }: Rooms) {
  const copy = host.apart?.copy
  const photo = createPhoto(host)
  const body = async (route: Route, sent: Sent, visit: Visit): Promise<unknown> => {
    const text = await sent.text(route.bodyMax)
    gate?.weigh(visit, text.length)
    return jsonIn(text)
  }
  return async (route: Route, sent: Sent, visit: Visit): Promise<Taken> => {
    const found = entry.open(sent.shop)
    entry.enter(visit, route.path, found?.shop)
    const { shop } = found ?? missing()
    const recognised = entry.recognise(route.who, sent.header('Authorization'), shop)
    const asker = recognised instanceof Promise ? await recognised : recognised
    if (asker.who !== 'public') gate?.recognise(visit, asker.payer)
    if (shop.importing && !route.imports) throw new Refusal('storefront-unavailable', 'An import is under way.', { retryAfter: 60 })
    const key = route.keyed ? idempotencyKey(sent) : undefined
    const given =
      sent.form && route.upload ? await photo(sent.form, asker.payer ?? '') : { body: route.body && (await body(route, sent, visit)) }
    const ask = understood(route, sent, given, asker.member ?? { id: '' })
    const placedAt = copy && (ask.body as { placedAt?: string } | undefined)?.placedAt
    if (placedAt) await copy.reach(instant(placedAt))
    const asked = { route, shop: entry.open(shop.id)?.shop ?? missing(), key, visit }
    const answered = await (visit.part && 'look' in visit.part ? acting.look : acting.answer)(asked, ask)
    if (answered.status >= 400) visit.code = refusedIn(answered.body)
    // An import changes all there is to know of its shop.
    if (route.imports && found) entry.forget(found.sql)
    return { answered, shop }
  }
}

/** What came in: a body, and the picture of a form. */
interface Given {
  body: unknown
  picture?: Ask['picture']
}

// Takes a form with a photo in.
function createPhoto(host: Host): (request: Request, who: string) => Promise<Given> {
  const uploads = createUploads(host.now)
  return (request, who) =>
    uploads(request, who, async ({ photo, caption }) => {
      if (!host.picture) throw new Refusal('not-found', 'No photos are taken here.')
      const { digest, ...picture } = await host.picture(photo)
      return { body: { digest, caption }, picture }
    })
}

// What a route's act is asked: all that was sent, as the route's schemas want it.
function understood(route: Route, sent: Sent, { body, picture }: Given, signed: Ask['signed']): Ask {
  return {
    body: route.body ? parsed(route.body, body) : undefined,
    path: names(route, sent),
    query: route.query ? sent.query() : {},
    signed,
    ...(route.many && { many: several(sent, route.many) }),
    ...(picture && { picture }),
  }
}

function idempotencyKey({ header }: Sent): string {
  const key = header('Idempotency-Key')
  if (!key) throw new Refusal('idempotency-key-missing', 'A request that moves points needs an Idempotency-Key header.')
  return parsed(IdempotencyKey, key, ['Idempotency-Key'])
}

const several = (sent: Sent, names: string[]) => Object.fromEntries(names.map((name) => [name, sent.queries(name)]))

// The names in the path as their schemas want them; the shop's own has been judged already.
function names(route: Route, sent: Sent): Record<string, string> {
  if (!route.path.includes('{')) return {}
  const { shop: _shop, ...rest } = sent.names()
  return Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, parsed(Id, value, [name])]))
}
