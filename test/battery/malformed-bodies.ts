// Bodies that are wrong: by a value, a key, a byte, a depth, a length.
import fc from 'fast-check'

/** In what a request differs from the good one. */
export interface Spoiling {
  what: string
  broken?: boolean
  isNoHttp?: boolean
  ends?: boolean
  method?: string
  target?: string
  /** Header lines in place of the good ones of the same name; null for none. */
  headers?: Record<string, string | string[] | null>
  body?: string | Uint8Array
  chunked?: boolean
  /** Instead of all of it. */
  pieces?: (string | Uint8Array)[]
}

const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`

/** Values as they are written: some are no JSON at all. */
const value = fc.oneof(
  fc.constantFrom('null', 'true', 'false', '0', '-0', '-1', '1.5', '1e308', '-1e308', '1e999', '5e-324', '9007199254740993', '1e21'),
  fc.constantFrom('NaN', 'Infinity', '-Infinity', 'undefined', '01', '+1', '.5', '0x10', '1_000', "'x'", '1n', '{', ']', ''),
  fc.constantFrom(
    '"NaN"',
    '"Infinity"',
    '"1"',
    '"-1"',
    '"1e3"',
    '""',
    '" "',
    '"null"',
    '"2026-13-45T99:99:99Z"',
    '"9999-12-31T23:59:59.999Z"',
  ),
  fc.constantFrom('[]', '{}', '[[]]', '[null]', '{"":{}}', '{"__proto__":{"points":1}}', '{"constructor":{"prototype":{"x":1}}}'),
  fc.constantFrom('"\\ud800"', '"\\udfff\\ud800"', '"\\u0000"', '"a\\u0007b"', '"\\u202e"', '"\u0001"', '"\\x"', '"a\nb"'),
  fc.constantFrom(nested(100), nested(20_000), `"${'x'.repeat(201)}"`, `"${'x'.repeat(100_000)}"`, '1'.repeat(5_000)),
  fc.double().map(String),
  fc.maxSafeInteger().map(String),
  fc.string({ unit: 'binary' }).map((text) => JSON.stringify(text)),
  fc.json(),
)

const name = fc.oneof(
  fc.constantFrom('__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf', '', 'points ', 'Points', 'length', '0'),
  fc.string({ unit: 'binary', maxLength: 20 }),
)

/** A place in a document: of an object's or a list's own keys. */
interface Place {
  inside: Record<string, unknown>
  key: string
}

function places(inside: unknown): Place[] {
  if (typeof inside !== 'object' || inside === null) return []
  const record = inside as Record<string, unknown>
  return Object.keys(record).flatMap((key) => [{ inside: record, key }, ...places(record[key])])
}

const MARK = '@spoiled@'

// Changes one place of the document; what cannot be said in JSON is put in its text afterwards.
function changed(good: unknown, index: number, change: (place: Place) => void, text = (json: string) => json): string {
  const root = { whole: structuredClone(good) }
  const all = places(root)
  change(all[index % all.length] as Place)
  return text(JSON.stringify(root.whole) ?? '')
}

/** Bodies that a good one is spoiled into, whole or in pieces. */
export function bodies(good: unknown): fc.Arbitrary<Spoiling> {
  const text = JSON.stringify(good)
  const replaced = fc.tuple(fc.nat(), value).map(([index, raw]) => {
    const put = ({ inside, key }: Place) => {
      inside[key] = MARK
    }
    return { what: 'a wrong value', body: changed(good, index, put, (json) => json.replace(`"${MARK}"`, () => raw)) }
  })
  const added = fc.tuple(fc.nat(), name, value).map(([index, key, raw]) => {
    const add = ({ inside, key }: Place) => {
      const at = inside[key]
      const into = typeof at === 'object' && at !== null && !Array.isArray(at) ? (at as Record<string, unknown>) : inside
      if (!Array.isArray(into)) into[MARK] = MARK
    }
    const said = (json: string) => json.replace(`"${MARK}":"${MARK}"`, () => `${JSON.stringify(key)}:${raw}`)
    return { what: 'a key too many', body: changed(good, index, add, said).replaceAll(MARK, 'x') }
  })
  const removed = fc.nat().map((index) => {
    const remove = ({ inside, key }: Place) => {
      delete inside[key]
    }
    return { what: 'a key too few', body: changed(good, index, remove) }
  })
  const cut = fc.nat().map((at) => ({ what: 'JSON that breaks off', body: text.slice(0, at % text.length) }))
  const garbled = fc.tuple(fc.nat(), fc.uint8Array({ minLength: 1, maxLength: 8 })).map(([at, bytes]) => {
    const place = at % text.length
    return { what: 'bytes in between', body: Buffer.concat([Buffer.from(text.slice(0, place)), bytes, Buffer.from(text.slice(place))]) }
  })
  const whole = value.map((body) => ({ what: 'another body', body }))
  const noise = fc.uint8Array({ maxLength: 300 }).map((body) => ({ what: 'noise', body }))
  const kind = fc
    .constantFrom('text/plain', 'multipart/form-data', 'multipart/form-data; boundary=x', 'application/x-www-form-urlencoded', 'x', '')
    .chain((kind) =>
      fc.oneof(value, fc.constant(text)).map((body) => ({ what: 'another content type', body, headers: { 'Content-Type': kind } })),
    )
  const deep = fc.constantFrom('[', '{"lines":', '{"a":').map((open) => ({ what: 'depth', body: open.repeat(100_000) }))
  const packed = fc
    .constantFrom('gzip', 'br', 'deflate')
    .map((it) => ({ what: 'a packed body', body: text, headers: { 'Content-Encoding': it } }))
  const all = fc.oneof(
    ...[replaced, replaced, replaced, added, added, removed, cut, garbled, whole, noise, kind, packed].map((arbitrary) => ({
      weight: 12,
      arbitrary: arbitrary as fc.Arbitrary<Spoiling>,
    })),
    { weight: 1, arbitrary: deep },
  )
  return fc.tuple(all, fc.boolean()).map(([spoiling, chunked]) => ({ ...spoiling, chunked }))
}

const TEN_MEGABYTES = Buffer.concat([Buffer.from('{"lines":"'), Buffer.alloc(10 * 1024 * 1024, 120), Buffer.from('"}')])
/** A body of ten megabytes, whole or in pieces. */
export const large = fc.boolean().map((chunked): Spoiling => ({ what: '10 MB', broken: true, body: TEN_MEGABYTES, chunked }))

const part = (name: string, file: string, content: Uint8Array) =>
  Buffer.concat([Buffer.from(`--x\r\nContent-Disposition: form-data; name="${name}"${file}\r\n\r\n`), content, Buffer.from('\r\n')])
// What pictures begin with, and nothing a picture goes on with.
const beginning = fc.constantFrom('', '\xff\xd8\xff\xe0', '\x89PNG\r\n\x1a\n', 'RIFF\xff\xff\xff\xffWEBPVP8X', 'GIF89a', '<svg onload="x">')

/** Forms with a file that is no picture, with no file, with too many, or that break off. */
export const forms: fc.Arbitrary<Spoiling> = fc
  .record({
    bytes: fc
      .tuple(beginning, fc.uint8Array({ maxLength: 400 }))
      .map(([begin, rest]) => Buffer.concat([Buffer.from(begin, 'latin1'), rest])),
    name: fc.constantFrom('photo', 'Photo', '__proto__', '', 'caption', 'photo"; name="x'),
    file: fc.constantFrom('; filename="a.jpg"', '', '; filename="../../x"', '; filename="\x00"', `; filename="${'x'.repeat(5_000)}"`),
    times: fc.constantFrom(1, 1, 1, 2, 200),
    end: fc.constantFrom('--x--\r\n', '--x', '', '--y--\r\n'),
    kind: fc.constantFrom(
      'multipart/form-data; boundary=x',
      'multipart/form-data; boundary=x',
      'multipart/form-data',
      'multipart/form-data; boundary=',
    ),
    chunked: fc.boolean(),
  })
  .map(({ bytes, name, file, times, end, kind, chunked }) => {
    const body = Buffer.concat([...Array(times).fill(part(name, file, bytes)), Buffer.from(end)])
    return { what: 'a form', broken: true, body, chunked, headers: { 'Content-Type': kind } }
  })
