// What was sent, as far as a route wants it: read from Hono's context, or straight from what a host's own server understood.
import type { Context } from 'hono'
import { Refusal } from '../contract.ts'
import { read } from './body.ts'
import type { Header } from './visit.ts'

export interface Sent {
  header: Header
  /** The shop that the path names; empty where it names none. */
  shop: string
  /** All names in the path. Throws a refusal where they are not well encoded. */
  names(): Record<string, string>
  query(): Record<string, string>
  queries(name: string): string[]
  /** The text of the body, of so many bytes at most. */
  text(max?: number): Promise<string>
  /** The request itself, for what is sent as a form; absent where no form can come. */
  form?: Request
}

/** A request as a host's own server understood it: a plain path without escapes, no query, and a small body whose length was said. */
export interface Short {
  method: string
  path: string
  header: Header
  text(): Promise<string>
}

/** What Hono understood of a request. */
export function sentTo(context: Context): Sent {
  const { req } = context
  return {
    shop: req.param('shop') ?? '',
    header: (name) => req.header(name),
    names: () => {
      const names = req.param() as Record<string, string>
      if (Object.values(names).some((name) => name.includes('%'))) mustBeEncoded(new URL(req.raw.url).pathname)
      return names
    },
    // A name without a value, as a form sends it, asks for nothing.
    query: () => Object.fromEntries(Object.entries(req.query()).filter(([, value]) => value !== '')),
    queries: (name) => req.queries(name) ?? [],
    text: (max) => read(req.raw, max),
    form: req.raw,
  }
}

/** What came the short way. */
export const sentShort = ({ header, text }: Short, names: Record<string, string>): Sent => ({
  ...{ header, text, shop: names.shop ?? '', names: () => names, query: () => ({}), queries: () => [] },
})

// What cannot be decoded would otherwise be taken as it is written, and be a second way to write another name. What comes of it is looked
// at, since a bundler thinks of decoding as something that may as well be left out.
function mustBeEncoded(path: string): void {
  if (decoded(path) === undefined) throw new Refusal('invalid-request', 'The address is not well encoded.')
}

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path)
  } catch {
    return undefined
  }
}
