// An answer as it leaves: its kind, how long it may be kept, and its lines as a stream.
import type { Answer } from '../acts/answers.ts'
import type { Host } from './host.ts'
import type { Route } from './routes/route.ts'

/** An answer as it stands on the wire. */
export interface Whole {
  status: number
  body: string | null
  headers: Record<string, string>
}

/** `shared` are headers that say who may read it across origins; `later` is the host's, for what has many lines. */
export function answer(answered: Answer, shared: Record<string, string> = {}, route?: Route, later?: Host['later']): Response {
  const { status, body, lines, picture } = answered
  if (picture) return new Response(picture, { status, headers: { ...shared, ...shown } })
  return new Response(lines ? streamed(lines, later) : body, { status, headers: headersOf(status, shared, route) })
}

/** The headers of an answer that is JSON. */
export function headersOf(status: number, shared: Record<string, string>, route?: Route): Record<string, string> {
  const kind = status >= 400 ? 'application/problem+json' : route?.lines ? 'application/x-ndjson' : 'application/json'
  const cache = route?.who === 'public' && route.method === 'get' ? 'public, max-age=60' : 'no-store'
  const headers: Record<string, string> = { ...shared, 'Content-Type': kind, 'Cache-Control': cache, 'X-Content-Type-Options': 'nosniff' }
  if (status === 401) headers['WWW-Authenticate'] = 'Bearer'
  if (status === 429 || status === 503) headers['Retry-After'] = '1'
  return headers
}

// A picture never changes, and is nothing but one, whoever opens it. A day, since the shop may still decline it.
const shown = {
  'Content-Type': 'image/jpeg',
  'Cache-Control': 'public, max-age=86400, immutable',
  'Content-Security-Policy': "default-src 'none'",
  'Cross-Origin-Resource-Policy': 'cross-origin',
  'X-Content-Type-Options': 'nosniff',
}

/** So many characters go out at a time, and a line more. */
const PIECE = 256 * 1024

// The lines, as fast as they are read, and a last one that counts them. Somebody who reads fast would have all of them in one turn of the
// event loop, in which nobody else is answered.
function streamed(lines: Iterable<string>, later: Host['later'] = queueMicrotask): ReadableStream<Uint8Array> {
  const text = new TextEncoder()
  const rest = lines[Symbol.iterator]()
  let sent = 0
  return new ReadableStream({
    async pull(stream) {
      await new Promise<void>((turn) => later(turn))
      let some = ''
      while (some.length < PIECE) {
        const { done, value } = rest.next()
        if (done) {
          stream.enqueue(text.encode(`${some}${JSON.stringify({ table: 'end', rows: sent })}\n`))
          return stream.close()
        }
        some += `${value}\n`
        sent++
      }
      stream.enqueue(text.encode(some))
    },
  })
}
