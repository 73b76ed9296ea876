// Stories told by the short way in, where there is one: `MUSE_HOST=short`.
import type { open } from '../server/hosts/node.ts'
import { BODY_MAX } from '../server/http/short.ts'
import type { Fetch } from './story.ts'

export const wantsShort = () => process.env.MUSE_HOST === 'short'

/** Asks the short way whatever it takes, as the embedded server does, and the long way for the rest. */
export function shortFirst({ fetch, short }: Pick<ReturnType<typeof open>, 'fetch' | 'short'>): Fetch {
  return async (request) => {
    const { pathname, search } = new URL(request.url)
    // A bare stream says nothing of its length.
    if (request.body && !request.headers.has('Content-Type')) return fetch(request)
    const text = await request.clone().text()
    if (search !== '' || pathname.includes('%') || text.length > BODY_MAX) return fetch(request)
    const header = (name: string) => request.headers.get(name) ?? undefined
    const answer = short({ method: request.method, path: pathname, header, text: async () => text }, undefined)
    if (!answer) return fetch(request)
    const { body, ...init } = await answer
    return new Response(body, init)
  }
}
