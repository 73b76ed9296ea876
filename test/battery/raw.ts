// HTTP by hand: sends bytes as they are, which a well-behaved client would not, and reads the answer. Connections are kept and used again.
import { connect, type Socket } from 'node:net'

export interface Sent {
  /** What goes out, piece by piece. */
  pieces: (string | Uint8Array)[]
  /** Whether nothing more comes after it, ever: the rest of a message is missing. */
  ends?: boolean
  /** Whether the answer comes without its body, as one to HEAD does. */
  bodiless?: boolean
}

interface Head {
  status: number
  headers: Record<string, string>
}

export interface Got extends Head {
  body: string
  ms: number
}

/** How long an answer is waited for, in milliseconds. */
const PATIENCE = 15_000

/**
 * A client with up to as many connections as are asked for at once. Gives undefined where the connection ended without an answer, and no
 * body where its head `isEnough`.
 */
export function createRaw(url: string, isEnough: (head: Head) => boolean = () => false) {
  const { port } = new URL(url)
  const idle: Socket[] = []
  const send = async ({ pieces, ends = false, bodiless = false }: Sent): Promise<Got | undefined> => {
    const begin = performance.now()
    let kept = idle.pop()
    // One that ended while nobody used it has said so, and never will again.
    while (kept?.destroyed) kept = idle.pop()
    const socket = kept ?? connect(Number(port), '127.0.0.1')
    const got = await exchange(socket, { pieces, ends, bodiless }, isEnough)
    // A server may end a connection that nobody uses, just as we begin to.
    if (!got && kept) return send({ pieces, ends, bodiless })
    if (got && !ends && got.headers.connection !== 'close' && !socket.destroyed) idle.push(socket)
    else socket.destroy()
    return got && { ...got, ms: performance.now() - begin }
  }
  const close = () => {
    for (const socket of idle) socket.destroy()
  }
  return { send, close }
}

function exchange(
  socket: Socket,
  { pieces, ends, bodiless }: Required<Sent>,
  isEnough: (head: Head) => boolean,
): Promise<Omit<Got, 'ms'> | undefined> {
  return new Promise((resolve) => {
    let read = Buffer.alloc(0)
    const settle = (got?: Omit<Got, 'ms'>) => {
      socket.removeAllListeners()
      socket.on('error', () => {})
      clearTimeout(timer)
      resolve(got)
    }
    const timer = setTimeout(() => socket.destroy(), PATIENCE)
    socket.on('data', (data) => {
      read = Buffer.concat([read, data])
      const got = parse(read, bodiless, isEnough)
      if (got) settle(got)
    })
    // Our sending may break off while its answer is already here.
    socket.on('error', () => {})
    socket.on('close', () => settle())
    for (const piece of pieces) socket.write(piece)
    if (ends) socket.end()
  })
}

/** The answer in what has been read, once it is whole. */
function parse(read: Buffer, bodiless: boolean, isEnough: (head: Head) => boolean): Omit<Got, 'ms'> | undefined {
  const end = read.indexOf('\r\n\r\n')
  if (end < 0) return undefined
  const [first = '', ...lines] = read.subarray(0, end).toString('latin1').split('\r\n')
  const status = Number(first.split(' ')[1])
  if (status === 100) return parse(read.subarray(end + 4), bodiless, isEnough)
  const headers = Object.fromEntries(
    lines.map((line) => {
      const at = line.indexOf(':')
      return [line.slice(0, at).toLowerCase(), line.slice(at + 1).trim()]
    }),
  )
  const rest = read.subarray(end + 4)
  // What follows is left unread, on a connection that is of no more use.
  if (isEnough({ status, headers })) return { status, headers: { ...headers, connection: 'close' }, body: '' }
  if (bodiless || status === 204 || status === 304) return { status, headers, body: rest.toString() }
  const body = headers['transfer-encoding'] === 'chunked' ? unchunked(rest) : whole(rest, Number(headers['content-length'] ?? 0))
  return body && { status, headers, body: body.toString() }
}

const whole = (rest: Buffer, length: number) => (rest.length >= length ? rest.subarray(0, length) : undefined)

function unchunked(rest: Buffer): Buffer | undefined {
  const chunks: Buffer[] = []
  for (let at = 0; ; ) {
    const line = rest.indexOf('\r\n', at)
    if (line < 0) return undefined
    const size = Number.parseInt(rest.subarray(at, line).toString('latin1'), 16)
    const end = line + 2 + size + 2
    if (rest.length < end) return undefined
    if (size === 0) return Buffer.concat(chunks)
    chunks.push(rest.subarray(line + 2, end - 2))
    at = end
  }
}
