// An answer as it leaves: its kind, how long it may be kept, and its lines as a stream.
import type { Answer } from '../acts/answers.ts'
import type { Route } from './routes/route.ts'

/** An answer as it stands on the wire. */
export interface Whole {
  status: number
  body: string | null
  headers: Record<string, string>
}

/** `shared` are headers that say who may read it across origins. */
export function answer(answered: Answer, shared: Record<string, string> = {}, route?: Route): Response {
  const { status, body, lines, picture } = answered
  if (picture) return new Response(picture, { status, headers: { ...shared, ...shown } })
  return new Response(lines ? streamed(lines) : body, { status, headers: headersOf(status, shared, route) })
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

const LINES = 1_000

// The lines, as fast as they are read, and a last one that counts them.
function streamed(lines: Iterable<string>): ReadableStream<Uint8Array> {
  const text = new TextEncoder()
  const rest = lines[Symbol.iterator]()
  let sent = 0
  return new ReadableStream({
    pull(stream) {
      let some = ''
      for (let count = 0; count < LINES; count++) {
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
