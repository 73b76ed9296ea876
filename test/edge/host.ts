// A host for stories on workerd: the same `fetch` as the embedded one has, over the wire.
import { inject } from 'vitest'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where workerd answers, in the tests that run on it. */
    edge: string
  }
}

/** Whether this test file runs on workerd. */
export const onEdge = () => process.env.MUSE_HOST === 'edge'

/** A world of its own on the shared workerd, at the test's instant and with its limits. */
export function openEdge(clock: () => number, limits: string) {
  const base = inject('edge')
  const world = crypto.randomUUID()
  const send = async (request: Request): Promise<Response> => {
    const { pathname, search } = new URL(request.url)
    const headers = new Headers(request.headers)
    headers.set('Test-World', world)
    headers.set('Test-Now', String(clock()))
    headers.set('Test-Limits', limits)
    const body = request.method === 'GET' || request.method === 'HEAD' ? undefined : await request.arrayBuffer()
    return fetch(base + pathname + search, { method: request.method, headers, ...(body ? { body } : {}) })
  }
  return { fetch: send, close: () => {} }
}
