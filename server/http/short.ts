// The short way to a route, for a host whose own server has understood the request: no objects of the web's are made for it.
import type { Route } from './routes/route.ts'

/** A route that a path leads to, and the names in it, the shop's too. */
export interface Found {
  route: Route
  names: Record<string, string>
}

/** A path that means what it says: letters, digits and a few signs, nothing escaped, no `.` or `..` for a segment, no query. */
export const PLAIN = /^(?:\/[\w-][\w.~-]*)+$/
/**
 * An address with steps in its path, `.` or `..`, written out or escaped: it is one shop's as it is written, and another's once it is
 * followed. So it is nobody's.
 */
export const STEPS = /^[^?#]*\/(\.|%2e){1,2}([/?#]|$)/i
/** What is asked in its place, of an address that there is not. Some methods that come on a line cannot be had in a request. */
export const nobodys = ({ method }: Request) =>
  new Request('http://localhost/', { method: /^(TRACE|TRACK|CONNECT)$/i.test(method) ? 'SEARCH' : method })
/** A body of more bytes than this goes the long way, which counts them. */
export const BODY_MAX = 16 * 1024

interface Signpost {
  route: Route
  segments: string[]
}

/**
 * Whether a route may be gone to the short way. Not one that answers or is sent something other than one piece of JSON, nor a public one,
 * which may be asked whether anything is new.
 */
export const isShort = ({ lines, picture, upload, who }: Route) => !(lines || picture || upload || who === 'public')

/** Gives the function that finds the route of a method and a path among these. */
export function createSignposts(table: Route[]): (method: string, path: string) => Found | undefined {
  const posts = new Map<string, Signpost[]>()
  for (const route of table) {
    const segments = `/v1/shops/{shop}${route.path}`.split('/')
    const key = `${route.method.toUpperCase()} ${segments.length}`
    posts.set(key, [...(posts.get(key) ?? []), { route, segments }])
  }
  return (method, path) => {
    const segments = path.split('/')
    const post = posts.get(`${method} ${segments.length}`)?.find((post) => leads(post, segments))
    return post && { route: post.route, names: namesOf(post, segments) }
  }
}

function leads(post: Signpost, segments: string[]): boolean {
  return post.segments.every((segment, place) => segment === segments[place] || (segment.startsWith('{') && segments[place] !== ''))
}

function namesOf(post: Signpost, segments: string[]): Record<string, string> {
  const names: Record<string, string> = {}
  post.segments.forEach((segment, place) => {
    if (segment.startsWith('{')) names[segment.slice(1, -1)] = segments[place] as string
  })
  return names
}
