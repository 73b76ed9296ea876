// In which ways a good request can be odd: other methods, addresses, headers, values and bodies, at random from a seed.
import { gzipSync } from 'node:zlib'

/** A request about to be sent. */
export interface Odd {
  method: string
  target: string
  headers: [name: string, value: string][]
  body: Buffer
  chunked: boolean
}

/** What is done to a request, with a name to find it by. The same is done to both hosts' own. */
export interface Change {
  name: string
  to(odd: Odd): Odd
}

type Dice = () => number

const methods = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE', 'PROPFIND']
const texts = [
  '日本',
  '\u0000',
  '\ud800',
  '\u{1f9e1}',
  'é',
  'e\u0301',
  '\u202e',
  'x'.repeat(300),
  '',
  ' ',
  '__proto__',
  "' OR 1=1 --",
  '\ufeffa',
]
const numbers = ['1e400', '-0', '1.5', '9007199254740993', '123456789012345678901234567890', '-1', '0', '1e3', '00', '0x10', 'NaN', '"5"']

/** The ways in which a request is changed. */
const ways: Record<string, (dice: Dice) => (odd: Odd) => Odd> = {
  method: (dice) => {
    const method = pick(dice, methods)
    return (odd) => ({ ...odd, method })
  },
  head: () => (odd) => ({ ...odd, method: odd.method === 'GET' ? 'HEAD' : odd.method }),
  address: (dice) => {
    const [at, how] = [dice(), Math.floor(dice() * 16)]
    return (odd) => ({ ...odd, target: addressed(odd.target, at, how) })
  },
  query: (dice) => {
    const query = pick(dice, [
      ...[
        'x=1',
        'before=1&before=2',
        'before[]=1',
        'sku=a&sku=b',
        'sku[]=a',
        'sku',
        'sku=',
        'before=%',
        'before=%E3%81',
        'before=%00',
        '=',
      ],
      ...[
        '__proto__=1',
        'from=2026-01-01&from=x',
        'from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00Z',
        'to=+',
        '?',
        'a;b',
        '%73ku=a',
        'sku=a+b',
      ],
      ...['limit=1e9', 'before=9999999999999999999', `sku=${'a'.repeat(300)}`, `${'sku=a&'.repeat(120)}x`, '#', 'state=%ff', 'state=open'],
    ])
    return (odd) => ({ ...odd, target: `${odd.target}${odd.target.includes('?') ? '&' : '?'}${query}` })
  },
  header: (dice) => {
    const header = pick<[string, string]>(dice, [
      ['Origin', 'https://shop.example'],
      ['Origin', 'null'],
      ['Origin', 'https://evil.example'],
      ['If-None-Match', '*'],
      ['If-None-Match', '"x"'],
      ['Accept', 'text/html'],
      ['Accept-Encoding', 'br'],
      ['Range', 'bytes=0-1'],
      ['Expect', '100-continue'],
      ['Content-Type', 'text/plain'],
      ['Content-Type', 'application/json; charset=utf-16'],
      ['Cookie', 'a=b'],
      ['X-HTTP-Method-Override', 'DELETE'],
      ['X-Forwarded-For', '1.2.3.4'],
      ['X-Forwarded-Host', 'evil.example'],
      ['Access-Control-Request-Method', 'PUT'],
      ['Access-Control-Request-Headers', 'x-y'],
      ['X-Long', 'x'.repeat(3_000)],
      ['X-Latin', 'h\xe9'],
      ['Idempotency-Key', 'second'],
      ['Idempotency-Key', 'h\xe9'],
      ['Idempotency-Key', 'x'.repeat(256)],
      ['Authorization', 'Bearer sk_second'],
      ['Authorization', 'Bearer '],
      ['Authorization', 'Basic eDp5'],
      ['Content-Encoding', 'gzip'],
      ['Content-Encoding', 'identity'],
      ['TE', 'trailers'],
      ['CF-Connecting-IP', '1.2.3.4'],
      ['Host', 'other.test'],
    ])
    const isInPlace = dice() < 0.5
    return (odd) => {
      const rest = isInPlace || header[0] === 'Host' ? odd.headers.filter(([name]) => name !== header[0]) : odd.headers
      return { ...odd, headers: [...rest, header] }
    }
  },
  twice: (dice) => {
    const at = dice()
    return (odd) => {
      const again = odd.headers.slice(1)[Math.floor(at * (odd.headers.length - 1))]
      return again ? { ...odd, headers: [...odd.headers, again] } : odd
    }
  },
  without: (dice) => {
    const at = dice()
    return (odd) => ({
      ...odd,
      headers: odd.headers.filter((_, place) => place === 0 || place !== 1 + Math.floor(at * (odd.headers.length - 1))),
    })
  },
  scheme: (dice) => {
    const scheme = pick(dice, ['bearer', 'BEARER', 'Bearer  ', 'Bearer\t', '', 'Token', 'Bearer Bearer'])
    return (odd) => ({
      ...odd,
      headers: odd.headers.map(([name, value]) => [name, name === 'Authorization' ? value.replace(/^Bearer/, scheme) : value]),
    })
  },
  value: (dice) => {
    const [at, value] = [dice(), dice() < 0.5 ? JSON.stringify(pick(dice, texts)) : pick(dice, numbers)]
    return (odd) => ({ ...odd, body: respelled(odd.body, at, () => value) })
  },
  shape: (dice) => {
    const [at, value] = [
      dice(),
      pick(dice, ['null', '[]', '{}', 'true', '[[[[]]]]', `${'['.repeat(2_000)}${']'.repeat(2_000)}`, '{"a":{"b":{}}}']),
    ]
    return (odd) => ({ ...odd, body: respelled(odd.body, at, () => value) })
  },
  keys: (dice) => {
    const key = pick(dice, [
      '"points":1',
      '"points":2,"points":3',
      '"__proto__":{"points":1}',
      '"constructor":1',
      '"é":1',
      '"pionts":1',
      '"":1',
      '"lines":[]',
    ])
    const isFirst = dice() < 0.5
    return (odd) => {
      const text = odd.body.toString('latin1')
      if (!text.startsWith('{"')) return odd
      const bytes = Buffer.from(key).toString('latin1')
      return { ...odd, body: Buffer.from(isFirst ? `{${bytes},${text.slice(1)}` : `${text.slice(0, -1)},${bytes}}`, 'latin1') }
    }
  },
  whole: (dice) => {
    const body = pick(dice, [
      ...['null', '[]', '1', '"x"', '{', '{}', ' ', '', '{}{}', "{'a':1}", '{"a":1,}', '// x\n{}', '{"points":1}\u0000'].map((text) =>
        Buffer.from(text),
      ),
      ...[
        Buffer.from('{"points":"\xff"}', 'latin1'),
        Buffer.from('\xff\xfe{\0}\0', 'latin1'),
        Buffer.from('x'.repeat(20_000)),
        Buffer.from('{"points":"\\ud800"}'),
      ],
      Buffer.concat([Buffer.from('{"points":"'), Buffer.from([0xed, 0xa0, 0x80]), Buffer.from('"}')]),
      Buffer.alloc(1024 * 1024 + 1, ' '),
    ])
    return (odd) => ({ ...odd, body })
  },
  bom: () => (odd) => ({ ...odd, body: odd.body.length ? Buffer.concat([Buffer.from('\ufeff'), odd.body]) : odd.body }),
  gzip: () => (odd) => ({
    ...odd,
    body: odd.body.length ? gzipSync(odd.body) : odd.body,
    headers: [...odd.headers, ['Content-Encoding', 'gzip']],
  }),
  chunked: () => (odd) => ({ ...odd, chunked: odd.body.length > 0 }),
  spaces: () => (odd) => ({ ...odd, body: Buffer.concat([Buffer.from(' \n\t'), odd.body, Buffer.from('\r\n ')]) }),
  bodied: () => (odd) => ({ ...odd, body: odd.body.length ? odd.body : Buffer.from('{"points":1}') }),
}

/** What is done to one request: nothing to every twentieth. */
export function drawn(dice: Dice, number: number): Change[] {
  const names = Object.keys(ways)
  const some = 1 + Math.floor(dice() * 2)
  return Array.from({ length: number % 20 === 0 ? 0 : some }, () => {
    const name = pick(dice, names)
    return { name, to: (ways[name] as (dice: Dice) => (odd: Odd) => Odd)(dice) }
  })
}

const pick = <Item>(dice: Dice, items: readonly Item[]): Item => items[Math.floor(dice() * items.length)] as Item

function addressed(target: string, at: number, how: number): string {
  const [path = '', query] = target.split('?')
  const segments = path.split('/').slice(1)
  const place = Math.floor(at * segments.length)
  const segment = segments[place] ?? ''
  const put = (...others: string[]) => segments.toSpliced(place, 1, ...others)
  const first = segment.charCodeAt(0).toString(16)
  const changed = [
    put(segment, ''),
    put('', segment),
    [...segments, ''],
    put(`%${first}${segment.slice(1)}`),
    put(segment.toUpperCase()),
    put(`${segment}%2F`),
    put(`${segment}%2e`),
    put(segment, '..'),
    put('.', segment),
    put('%2e%2e', segment),
    put(encodeURIComponent('日本')),
    put(`${segment}%`),
    put(`${segment}%E3%81`),
    put(`${segment}%00`),
    put(`${segment};x=1`),
    put(`${segment}%20`),
  ][how] as string[]
  return `/${changed.join('/')}${query === undefined ? '' : `?${query}`}`
}

// One value of a JSON text in place of which another stands.
function respelled(body: Buffer, at: number, value: (old: string) => string): Buffer {
  const text = body.toString('latin1')
  if (!text.startsWith('{')) return body
  const values = [...text.matchAll(/(?<=":|\[)("(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?|true|false|null)/g)]
  const found = values[Math.floor(at * values.length)]
  if (!found) return body
  const bytes = Buffer.from(value(found[0])).toString('latin1')
  return Buffer.from(text.slice(0, found.index) + bytes + text.slice(found.index + found[0].length), 'latin1')
}
