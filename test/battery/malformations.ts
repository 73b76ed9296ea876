// What can be wrong with a request, as fast-check draws it: one good request of a route, spoiled in one way.
import fc from 'fast-check'
import type { Good } from '../requests.ts'
import { bodies, forms, large, type Spoiling } from './malformed-bodies.ts'
import type { Sent } from './raw.ts'

export interface Malformed extends Sent {
  /** In which way it is wrong. */
  what: string
  /** Whether granting it would be wrong whatever its body says. */
  broken: boolean
  /** The body's text, where the route's own schema judges it. */
  body?: string | undefined
  /** Whether it is no HTTP any more: the answer is the connection's. */
  isNoHttp?: boolean
  /** How it begins, for whoever has to find it. */
  head: string
}

/** Spoiled requests for one route. `base` is the address of its shop, `others` the methods that its path has. */
export function malformations(good: Good, base: string, credential: string | undefined, others: string[]): fc.Arbitrary<Malformed> {
  const target = `${base}${good.path}`
  const ways: { weight: number; arbitrary: fc.Arbitrary<Spoiling> }[] = [
    { weight: 20, arbitrary: addresses(target) },
    { weight: 8, arbitrary: queries(target) },
    { weight: 14, arbitrary: headers(credential !== undefined, good.route?.keyed === true) },
    { weight: 6, arbitrary: methods(others) },
    { weight: 8, arbitrary: framing(target) },
    { weight: 4, arbitrary: bodies({ points: 1 }) },
  ]
  if (good.route?.upload) ways.push({ weight: 60, arbitrary: forms })
  else if (good.body) ways.push({ weight: 60, arbitrary: bodies(good.body) }, { weight: 0.3, arbitrary: large })
  return fc
    .oneof(...ways.map(({ weight, arbitrary }) => ({ weight: weight * 10, arbitrary })))
    .map((spoiling) => written(good.route ? spoiling : { body: NOTHING, ...spoiling }, good, target, credential))
}

/** In place of a program that would be granted: versions are for ever, and thousands of them would be what is measured. */
const NOTHING = 'null'
const isJson = ({ body, route }: Good) => body !== undefined && !route?.upload

function written(spoiling: Spoiling, good: Good, target: string, credential: string | undefined): Malformed {
  const { what, broken = false, isNoHttp, ends, pieces, chunked = false } = spoiling
  const body = spoiling.body ?? (isJson(good) ? JSON.stringify(good.body) : '')
  const bytes = typeof body === 'string' ? Buffer.from(body) : body
  const given = {
    Host: 'muse.test',
    ...(credential === undefined ? {} : { Authorization: `Bearer ${credential}` }),
    ...(good.method === 'POST' ? { 'Idempotency-Key': crypto.randomUUID() } : {}),
    ...(bytes.length > 0 ? { 'Content-Type': 'application/json' } : {}),
    ...(chunked ? { 'Transfer-Encoding': 'chunked' } : { 'Content-Length': `${bytes.length}` }),
    ...spoiling.headers,
  }
  const lines = Object.entries(given).flatMap(([name, value]) => (value === null ? [] : [value].flat().map((it) => `${name}: ${it}`)))
  const head = `${spoiling.method ?? good.method} ${spoiling.target ?? target} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`
  const sent = pieces ?? [Buffer.from(head, 'latin1'), ...(chunked ? inChunks(bytes) : [bytes])]
  const judged = !isJson(good) || broken ? undefined : Buffer.from(bytes).toString()
  return { what, broken, pieces: sent, body: judged, head: head.slice(0, 400), ...(isNoHttp && { isNoHttp }), ...(ends && { ends }) }
}

function inChunks(bytes: Uint8Array): (string | Uint8Array)[] {
  const pieces: (string | Uint8Array)[] = []
  for (let at = 0; at < bytes.length; at += 65_536) {
    const some = bytes.subarray(at, at + 65_536)
    pieces.push(`${some.length.toString(16)}\r\n`, some, '\r\n')
  }
  return [...pieces, '0\r\n\r\n']
}

const segment = fc.oneof(
  fc.constantFrom(
    '%',
    '%E0%A4%A',
    '%zz',
    '%00',
    '%ff',
    '%c0%ae',
    '%ED%A0%80',
    '%0d%0aX: y',
    '..',
    '%2e%2e',
    '%2F',
    '%5C',
    '',
    ' ',
    '{',
    '\xff',
  ),
  fc.constantFrom(
    '__proto__',
    'constructor',
    '%7B%7D',
    '%F0%9F%98%80',
    "'%20OR%201=1--",
    'x'.repeat(201),
    'x'.repeat(9_000),
    '%41'.repeat(3_000),
  ),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 12 }).map((text) => encodeURIComponent(text.toWellFormed())),
  fc.uint8Array({ minLength: 1, maxLength: 6 }).map((bytes) => [...bytes].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')),
)

function addresses(target: string): fc.Arbitrary<Spoiling> {
  const [path = '', query] = target.split('?')
  const parts = path.split('/')
  return fc.tuple(fc.nat(), segment, fc.boolean()).map(([index, spoiled, isMore]) => {
    // What comes first is empty, and the next are /v1/shops, without which there is nothing here.
    const place = 3 + (index % (parts.length - 3))
    const changed = parts.toSpliced(place, isMore ? 0 : 1, spoiled).join('/')
    return {
      what: 'another address',
      isNoHttp: /[ \xff]/.test(spoiled),
      broken: isBadEncoding(spoiled),
      target: query ? `${changed}?${query}` : changed,
    }
  })
}

function isBadEncoding(text: string): boolean {
  try {
    decodeURIComponent(text)
    return false
  } catch {
    return true
  }
}

const query = fc.oneof(
  fc.constantFrom(
    'before=%',
    'before=',
    'before=-1',
    'before=1e999',
    'before=1&before=2',
    '__proto__=1',
    'before[]=1',
    '&&&=',
    '?',
    '=&=',
    '%',
  ),
  fc.constantFrom(
    `before=${'9'.repeat(8_000)}`,
    'from=x&to=y',
    'from=2026-99-99',
    'sku=%00',
    'sku='.repeat(500),
    Array(500).fill('sku=a').join('&'),
  ),
  fc.string({ unit: 'binary', maxLength: 40 }).map((text) => `before=${encodeURIComponent(text.toWellFormed())}`),
)
const queries = (target: string): fc.Arbitrary<Spoiling> =>
  query.map((it) => ({ what: 'another query', target: `${target.split('?')[0]}?${it}` }))

function headers(isSigned: boolean, isKeyed: boolean): fc.Arbitrary<Spoiling> {
  const none = 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJjMSJ9.'
  const authorization = fc
    .oneof(
      fc.constantFrom(
        '',
        'Bearer',
        'Bearer ',
        'Basic eDp5',
        `Bearer ${none}`,
        'Bearer eyJ',
        'Bearer eyJ.eyJ.x',
        'Bearer sk_',
        'Bearer a b',
        'bearer\tx',
      ),
      fc.constant(`Bearer ${'x'.repeat(12_000)}`),
      fc.base64String({ maxLength: 60 }).map((text) => `Bearer eyJ${text}.${text}.${text}`),
    )
    .map((it) => ({ what: 'another credential', broken: isSigned, headers: { Authorization: it === '' ? null : it } }))
  const key = fc
    .constantFrom<string | string[] | null>(null, '', ' ', 'a b', '\xe9', 'x'.repeat(256), 'x'.repeat(9_000), ['a', 'b'], 'a\tb')
    .map((it) => ({ what: 'another key', broken: isKeyed, headers: { 'Idempotency-Key': it } }))
  const odd = fc
    .constantFrom(
      'Origin',
      'If-None-Match',
      'Accept',
      'Accept-Encoding',
      'X-Forwarded-For',
      'Cookie',
      'Range',
      'Upgrade',
      'Connection',
      'Expect',
    )
    .chain((it) =>
      fc
        .constantFrom('', '*', 'null', '\xff\xfe', 'x'.repeat(10_000), ['a', 'b'], 'bytes=0-', '"', 'websocket', '__proto__')
        .map((value) => ({
          what: `an odd ${it}`,
          headers: { [it]: value },
        })),
    )
  const many = fc.constant({ what: 'many headers', broken: true, headers: { 'X-Much': Array(3_000).fill('x'.repeat(10)) } })
  return fc.oneof(
    { weight: 8, arbitrary: authorization },
    { weight: 4, arbitrary: key },
    { weight: 8, arbitrary: odd },
    { weight: 1, arbitrary: many },
  )
}

const methods = (others: string[]): fc.Arbitrary<Spoiling> =>
  fc
    .constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'TRACE', 'CONNECT', 'PROPFIND', 'SEARCH', 'FOO', 'get', 'G\x00T')
    .map((method) => ({
      what: 'another method',
      method,
      broken: !others.includes(method),
      isNoHttp: !/^(GET|P\w+|DELETE)$/.test(method) || method === 'PROPFIND',
    }))

function framing(target: string): fc.Arbitrary<Spoiling> {
  const post = (...lines: string[]) => [`POST ${target} HTTP/1.1`, ...lines, '', ''].join('\r\n')
  return fc
    .constantFrom(
      post('Host: x', 'Content-Length: -1'),
      post('Host: x', 'Content-Length: x'),
      post('Host: x', 'Content-Length: 3', 'Content-Length: 4'),
      post('Host: x', 'Content-Length: 99999999999999999999'),
      `${post('Host: x', 'Content-Length: 100')}{"points"`,
      `${post('Host: x', 'Transfer-Encoding: chunked')}5\r\n{"poi`,
      `${post('Host: x', 'Transfer-Encoding: chunked')}zz\r\n`,
      `${post('Host: x', 'Transfer-Encoding: chunked', 'Content-Length: 5')}0\r\n\r\n`,
      post('Host: x', 'Transfer-Encoding: gzip'),
      post(),
      post('Host: x', 'Host: y'),
      post('Host: x y'),
      post('Host: [::1'),
      post('Host: x', 'no colon'),
      post('Host: x', 'A\x00: b'),
      post('Host: x', 'Space : b'),
      post('Host: x', ' folded'),
      post('Host: x', `Long: ${'x'.repeat(70_000)}`),
      `POST ${target}${'x'.repeat(70_000)} HTTP/1.1\r\nHost: x\r\n\r\n`,
      `POST ${target}\\x HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n`,
      `POST ${target} HTTP/9.9\r\nHost: x\r\n\r\n`,
      `POST ${target}\r\n\r\n`,
      'POST * HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n',
      'POST ftp://x/y HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n',
      '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
      '\r\n\r\n\r\n',
    )
    .map((text) => ({ what: 'no HTTP', broken: true, isNoHttp: true, ends: true, pieces: [Buffer.from(text, 'latin1')] }))
}
