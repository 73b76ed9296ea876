// Where a request came from, as a name to count by: an IPv4 address, or the network that one IPv6 subscriber is given.

/** The name of an address as a socket or a proxy writes it; an IPv6 subscriber has a whole /64 to choose from, so that counts as one. */
export function addressName(text: string): string {
  // As a socket writes an IPv4 address, which is most of what comes: without a pattern, for every request comes by here.
  const short = text.startsWith('::ffff:') ? text.slice(7) : text
  if (!short.includes(':')) return short.trim().slice(0, 64)
  const plain = short.trim().replace(/^\[(.*)\](:\d+)?$/, '$1')
  const withPort = /^(\d{1,3}(?:\.\d{1,3}){3}):\d+$/.exec(plain)?.[1]
  return withPort ?? network(plain.toLowerCase())
}

/**
 * What the outermost of so many proxies of ours says it heard from, each of which adds a hop to X-Forwarded-For. All before that is the
 * asker's own word.
 */
export function lastHop(forwarded: string | null | undefined, proxies = 1): string | undefined {
  const hops = forwarded?.split(',') ?? []
  return hops[Math.max(0, hops.length - proxies)]?.trim() || undefined
}

function network(v6: string): string {
  const [head = '', tail] = v6.replace(/%.*$/, '').split('::')
  const front = head === '' ? [] : head.split(':')
  const back = !tail ? [] : tail.split(':')
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - front.length - back.length)
  const groups = [...front, ...Array<string>(zeros).fill('0'), ...back]
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, '').slice(0, 4))
    .join(':')}::/64`
}
