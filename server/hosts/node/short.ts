// The short way from Node's own server to a route and back. What asks for anything unusual takes the long way, through Hono.
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Whole } from '../../http/app.ts'
import { notWhole } from '../../http/body.ts'
import type { Short } from '../../http/sent.ts'
import { BODY_MAX, PLAIN } from '../../http/short.ts'

/** Answers a request, or says that it does not by giving undefined. */
export type Shortly = (asked: Short, env: unknown) => Promise<Whole> | undefined

const HOST = /^[a-z0-9._-]+(?::(?:\d{1,4}|[1-5]\d{4}))?$/

/** Answers by the short way and gives when that is done, or does nothing and gives undefined. */
export function answerShortly(short: Shortly, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> | undefined {
  const { method = '', url = '', headers } = incoming
  if (!PLAIN.test(url) || !HOST.test(headers.host ?? '') || !hasPlainBody(incoming)) return undefined
  const header = (name: string) => headers[name.toLowerCase()] as string | undefined
  return short({ method, path: url, header, text: () => textOf(incoming) }, { incoming })?.then(({ status, headers, body }) => {
    const text = body ?? ''
    const length = Buffer.byteLength(text)
    outgoing.writeHead(status, { ...headers, 'Content-Length': length })
    // One byte a character is written without being looked at again.
    outgoing.end(text, length === text.length ? 'latin1' : 'utf8')
  })
}

function hasPlainBody({ method, headers }: IncomingMessage): boolean {
  if (headers['transfer-encoding'] !== undefined || headers.expect !== undefined) return false
  const length = headers['content-length']
  return length === undefined ? method === 'GET' || method === 'DELETE' : method !== 'GET' && Number(length) <= BODY_MAX
}

const decoder = new TextDecoder()

function textOf(incoming: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = []
    incoming.on('data', (piece: Buffer) => pieces.push(piece))
    incoming.on('end', () => resolve(decoder.decode(pieces.length === 1 ? pieces[0] : Buffer.concat(pieces))))
    incoming.on('close', () => incoming.complete || reject(notWhole()))
  })
}
