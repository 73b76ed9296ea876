// The load: connections that each send their next request when the last one is answered, over plain sockets, so that as little
// as possible of the machine goes into asking.
import { connect, type Socket } from 'node:net'

/** One request, written out; `path` and `key` differ from one to the next. */
export interface Asked {
  method: 'GET' | 'POST' | 'DELETE'
  path: string
  headers?: Record<string, string>
  body?: string
}

export interface Measured {
  /** Answers a second. */
  rate: number
  /** Milliseconds from a request to the end of its answer. */
  p50: number
  p99: number
  count: number
}

export interface Slice {
  connections: number
  /** Milliseconds; the first fifth is not counted. */
  time: number
  /** The next request of a connection, or undefined when there is nothing left to ask. */
  next(connection: number): Asked | undefined
  /** Told of each answer's body. Any status but 2xx ends the run. */
  seen?(body: string, connection: number): void
}

/** Asks as fast as the answers come. */
export async function load(port: number, slice: Slice): Promise<Measured> {
  const took: number[] = []
  const begin = performance.now()
  const counted = begin + slice.time / 5
  const end = begin + slice.time
  await Promise.all(
    Array.from({ length: slice.connections }, async (_, index) => {
      const line = await dial(port)
      try {
        for (let asked = slice.next(index); asked && performance.now() < end; asked = slice.next(index)) {
          const sent = performance.now()
          const body = await line.ask(asked)
          const now = performance.now()
          if (sent >= counted && now <= end) took.push(now - sent)
          slice.seen?.(body, index)
        }
      } finally {
        line.close()
      }
    }),
  )
  took.sort((a, b) => a - b)
  const at = (part: number) => took[Math.min(took.length - 1, Math.floor(took.length * part))] ?? Number.NaN
  const seconds = (Math.min(performance.now(), end) - counted) / 1000
  return { rate: took.length / seconds, p50: at(0.5), p99: at(0.99), count: took.length }
}

interface Line {
  ask(asked: Asked): Promise<string>
  close(): void
}

async function dial(port: number): Promise<Line> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  await new Promise<void>((connected, failed) => socket.once('connect', connected).once('error', failed))
  const answers = read(socket)
  return {
    ask(asked) {
      socket.write(written(asked))
      return answers()
    },
    close: () => socket.destroy(),
  }
}

function written({ method, path, headers = {}, body }: Asked): string {
  let text = `${method} ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n`
  for (const name in headers) text += `${name}: ${headers[name]}\r\n`
  if (body === undefined) return `${text}\r\n`
  return `${text}Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
}

// Gives a function that waits for the next answer's body. Answers have a Content-Length, or come in chunks.
function read(socket: Socket): () => Promise<string> {
  let text = ''
  let waiting: { resolve(body: string): void; reject(error: Error): void } | undefined
  const fail = (error: Error) => waiting?.reject(error)
  socket.setEncoding('latin1')
  socket.on('error', fail)
  socket.on('close', () => fail(new Error('the server closed the connection')))
  socket.on('data', (chunk: string) => {
    text += chunk
    const answer = whole(text)
    if (!answer || !waiting) return
    const { resolve, reject } = waiting
    waiting = undefined
    text = ''
    if (/^HTTP\/1.1 2/.test(answer.head)) resolve(answer.body)
    else reject(new Error(`${answer.head.split('\r\n')[0]}: ${answer.body}`))
  })
  return () =>
    new Promise((resolve, reject) => {
      waiting = { resolve, reject }
    })
}

function whole(text: string): { head: string; body: string } | undefined {
  const split = text.indexOf('\r\n\r\n')
  if (split < 0) return undefined
  const head = text.slice(0, split)
  const rest = text.slice(split + 4)
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1]
  if (length !== undefined) return rest.length < Number(length) ? undefined : { head, body: rest }
  return rest.endsWith('0\r\n\r\n') ? { head, body: rest.replaceAll(/(^|\r\n)[\da-f]+\r\n/gi, '') } : undefined
}
