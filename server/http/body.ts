// A request's body: read up to a limit, and understood as JSON.
import { Refusal } from '../contract.ts'

const BODY_MAX = 1024 * 1024

/** The JSON a request carries; an empty body is `{}`. Refuses what `read` refuses, and what is no JSON. */
export const json = async (request: Request): Promise<unknown> => understood(await read(request))

/** The JSON of a body's text. */
export function understood(text: string): unknown {
  try {
    return text === '' ? {} : JSON.parse(text)
  } catch {
    throw new Refusal('invalid-request', 'The body is not JSON.')
  }
}

/**
 * The text a request carries. Refuses more than `max` bytes, and what does not arrive whole. What says how long it is can be taken in one
 * go; what comes in pieces is counted as it comes.
 */
export function read(request: Request, max = BODY_MAX): Promise<string> {
  const length = request.headers.get('Content-Length')
  if (length === null || request.headers.has('Transfer-Encoding')) return pieces(request, max)
  return Number(length) > max ? Promise.reject(tooLarge(max)) : request.text().catch(cutShort)
}

async function pieces(request: Request, max: number): Promise<string> {
  const reader = request.body?.getReader()
  const decoder = new TextDecoder()
  let text = ''
  let size = 0
  for (;;) {
    const { done, value } = (await reader?.read().catch(cutShort)) ?? { done: true }
    if (done) return text + decoder.decode()
    size += value.length
    text += decoder.decode(value, { stream: true })
    if (size <= max) continue
    // The rest is the host's to read or to leave (http/unread.ts).
    reader?.releaseLock()
    throw tooLarge(max)
  }
}

const tooLarge = (max: number) => new Refusal('too-large', `A body is ${max / BODY_MAX} MiB at most.`)

/** For a body whose stream breaks off. */
export function cutShort(): never {
  throw notWhole()
}

/** What is said of such a body. */
export const notWhole = () => new Refusal('invalid-request', 'The body did not arrive whole.')
