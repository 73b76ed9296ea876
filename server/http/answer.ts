// An answer as it leaves: its kind, how long it may be kept, and its lines as a stream.
import type { Answer } from '../acts/answers.ts'
import type { Route } from './routes.ts'

/** `shared` are headers that say who may read it across origins. */
export function answer({ status, body, lines }: Answer, shared: Record<string, string> = {}, route?: Route): Response {
  const kind = status >= 400 ? 'application/problem+json' : route?.lines ? 'application/x-ndjson' : 'application/json'
  const cache = route?.who === 'public' && route.method === 'get' ? 'public, max-age=60' : 'no-store'
  const headers: Record<string, string> = { ...shared, 'Content-Type': kind, 'Cache-Control': cache, 'X-Content-Type-Options': 'nosniff' }
  if (status === 401) headers['WWW-Authenticate'] = 'Bearer'
  if (status === 429 || status === 503) headers['Retry-After'] = '1'
  return new Response(lines ? streamed(lines) : body, { status, headers })
}

const LINES = 1_000

// The lines, as fast as they are read, and a last one that counts them.
function streamed(lines: string[]): ReadableStream<Uint8Array> {
  const text = new TextEncoder()
  let sent = 0
  return new ReadableStream({
    pull(stream) {
      const some = lines.slice(sent, sent + LINES)
      sent += some.length
      if (some.length > 0) return stream.enqueue(text.encode(`${some.join('\n')}\n`))
      stream.enqueue(text.encode(`${JSON.stringify({ table: 'end', rows: lines.length })}\n`))
      stream.close()
    },
  })
}
