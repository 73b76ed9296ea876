// The socket of the embedded host: what is refused before it is a request, and an end that breaks no connection.
import { createServer, type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http'
import { type AddressInfo, type Socket, Server as TcpServer } from 'node:net'
import type { Duplex } from 'node:stream'
import { getRequestListener, RequestError } from '@hono/node-server'
import { Refusal } from '../../contract.ts'
import { answer } from '../../http/answer.ts'
import { crash, problem } from '../../http/problems.ts'
import { heard } from '../../http/unread.ts'
import { answerShortly, type Shortly } from './short.ts'

type Fetch = (request: Request, env: unknown) => Response | Promise<Response>

/** Who answers: `short` what it can, and `fetch` everything. */
interface Answering {
  fetch: Fetch
  short: Shortly
}

/** Listens on a port (0: any free one). `report` is told of what broke outside of the app. */
export async function openSocket({ fetch, short }: Answering, wanted: number, report: (error: unknown) => void) {
  const traffic = watched(async (request, env) => heard(request, await fetch(request, env)))
  const errorHandler = (error: unknown) => {
    if (error instanceof RequestError) return refused(new Refusal('invalid-request', `The address is not understood: ${error.message}.`))
    report(error)
    return answer({ status: 500, body: crash })
  }
  // A request that names no host is refused by the listener, in our words.
  const fetching = getRequestListener(traffic.fetch, { errorHandler })
  const server = createServer({ requireHostHeader: false, joinDuplicateHeaders: true, keepAliveTimeout: KEPT }, (incoming, outgoing) => {
    // HTTP/1.0, as balancers' probes speak it, has no hosts; what asks for one all the same is answered as its own.
    if (incoming.httpVersionMajor === 1 && incoming.httpVersionMinor === 0) incoming.headers.host ??= 'localhost'
    const done = traffic.isOpen() ? answerShortly(short, incoming, outgoing) : undefined
    if (!done) return fetching(incoming, outgoing)
    done.catch((error) => {
      report(error)
      outgoing.destroy()
    })
  })
  refuseWhatIsNoRequest(server)
  const cutStill = stillness(server)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(wanted, resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    /** Takes no more connections, finishes those there are, as long as something moves on them, and resolves when none is left. */
    async close() {
      const closed = new Promise<void>((resolve) => server.once('close', resolve))
      traffic.hold()
      await traffic.lull(HOLD)
      // Node's own close would end what looks idle to it, and a connection just accepted and not read yet does.
      TcpServer.prototype.close.call(server)
      traffic.release()
      await traffic.lull(PATIENCE)
      // A connection kept alive is idle again only after its answer has left, so idle ones are closed until none is left.
      const sweep = setInterval(() => {
        server.closeIdleConnections()
        cutStill()
      }, SWEEP)
      await closed
      clearInterval(sweep)
    },
  }
}

/**
 * How long a connection on which nothing is asked is kept, in milliseconds: longer than a proxy before the server does, which is a minute
 * mostly. Whoever closes first, the other may just be sending a request, and a proxy tells its shopper 502 then.
 */
const KEPT = 75_000
/** When a request has begun within these milliseconds, the next may be on its way. */
const LULL = 50
/** How long a lull is waited for at most, before and after the door is shut, in milliseconds. */
const HOLD = 250
const PATIENCE = 2_000
/** How often it is looked whether connections have ended, in milliseconds; and after how many looks one on which nothing moved is cut. */
const SWEEP = 20
const STILL = 250

// A connection that knocks at the instant when a door shuts is cut off, and clients who are answered knock again at once. So those
// who come at the end wait with their answers until it is shut. After that, each answer asks its connection to end.
function watched(answer: Fetch) {
  let held: Promise<void> | undefined
  let release = () => {}
  let begun = 0
  const fetch: Fetch = (request, env) => {
    begun = Date.now()
    return held ? held.then(() => answer(request, env)).then(last) : answer(request, env)
  }
  return {
    fetch,
    /** Notes that a request begins. Whether it is answered as any other. */
    isOpen() {
      begun = Date.now()
      return held === undefined
    },
    hold() {
      begun = Date.now()
      held = new Promise((resolve) => {
        release = resolve
      })
    },
    release() {
      begun = Date.now()
      release()
    },
    async lull(most: number) {
      const until = Date.now() + most
      while (Date.now() - begun < LULL && Date.now() < until) await new Promise((later) => setTimeout(later, 5))
    },
  }
}

// Somebody who stopped reading an export, or never sends the rest of a body, would keep the server from ending for ever. Looks are counted
// and not seconds: while the event loop is busy, nothing can move.
function stillness(server: ReturnType<typeof createServer>): () => void {
  const open = new Map<Socket, { moved: number; looks: number }>()
  server.on('connection', (socket: Socket) => {
    open.set(socket, { moved: 0, looks: 0 })
    socket.once('close', () => open.delete(socket))
  })
  return () => {
    for (const [socket, known] of open) {
      const moved = socket.bytesRead + socket.bytesWritten - socket.writableLength
      const looks = moved === known.moved ? known.looks + 1 : 0
      open.set(socket, { moved, looks })
      if (looks > STILL) socket.destroy()
    }
  }
}

function last(response: Response): Response {
  response.headers.set('Connection', 'close')
  return response
}

const refused = (refusal: Refusal): Response => answer(problem(refusal))

// What Node would answer by itself, without a word or not at all: said as every other no is.
function refuseWhatIsNoRequest(server: ReturnType<typeof createServer>): void {
  const answering = new WeakMap<Duplex, ServerResponse>()
  server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => void answering.set(request.socket, response))
  const waiting = new WeakSet<Duplex>()
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    if (!socket.writable || error.code === 'ECONNRESET') return void socket.destroy()
    const begun = answering.get(socket)
    const no = refused(error.code === 'HPE_HEADER_OVERFLOW' ? tooLarge : notHttp)
    if (waiting.has(socket)) return
    if (!begun || begun.writableFinished) return say(socket, no)
    // What came whole before is answered first: its sender would take this no for its answer, though it was carried out.
    if (begun.req.complete) {
      waiting.add(socket)
      return void begun.once('finish', () => say(socket, no))
    }
    if (begun.headersSent) return void socket.destroy()
    say(socket, no)
  })
  server.on('connect', (_: IncomingMessage, socket: Duplex) => say(socket, refused(noTunnel)))
  server.on('checkExpectation', (_: IncomingMessage, response: ServerResponse) => {
    const it = refused(unexpected)
    it.text().then((body) => response.writeHead(it.status, Object.fromEntries(it.headers)).end(body))
  })
}

const tooLarge = new Refusal('too-large', 'The address and the headers of a request are 16 KiB at most.')
const notHttp = new Refusal('invalid-request', 'This is not understood as HTTP/1.1, or did not arrive whole.')
const noTunnel = new Refusal('not-found', 'There is no such address, or not for this method.')
const unexpected = new Refusal('invalid-request', 'Nothing but "100-continue" can be expected.')

function say(socket: Duplex, response: Response): void {
  response.text().then((body) => {
    const headers = [...response.headers, ['Content-Length', Buffer.byteLength(body)], ['Connection', 'close']]
    const head = [`HTTP/1.1 ${response.status} ${STATUS_CODES[response.status]}`, ...headers.map(([name, value]) => `${name}: ${value}`)]
    if (socket.writable) socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
    // What it goes on sending is read and thrown away, for a while: a connection closed over unread bytes loses the answer.
    socket.on('error', () => {})
    ;(socket as Socket).setTimeout(500, () => socket.destroy())
    socket.resume()
  })
}
