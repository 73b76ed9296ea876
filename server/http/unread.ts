// What of a body nobody wanted: read and thrown away before the no leaves. Most senders listen only once they have sent all, and one
// whose connection is closed over what it is still sending never learns why.

/** How much is read so, in bytes, and for how long, in milliseconds. Whoever goes on after that is cut off, and may not hear. */
const UNREAD_MAX = 24 * 1024 * 1024
const PATIENCE = 5_000

/** The answer, once its sender can hear it: where it is a no, the rest of the request is read first. One who asks too often gets none of it. */
export async function heard(request: Request, response: Response): Promise<Response> {
  const { method } = request
  if (response.status >= 400 && response.status !== 429 && method !== 'GET' && method !== 'HEAD') await readRest(request)
  return response
}

async function readRest({ body, headers }: Request): Promise<void> {
  if (body && !body.locked && !(Number(headers.get('Content-Length')) > UNREAD_MAX)) await readAway(body.getReader())
}

async function readAway(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
  const leave = () => reader.cancel().catch(() => {})
  const late = setTimeout(leave, PATIENCE)
  try {
    for (let left = UNREAD_MAX; left > 0; ) {
      const { done, value } = await reader.read()
      if (done) return
      left -= value.length
    }
    leave()
  } catch {
    // The sender has gone: nobody listens any more.
  } finally {
    clearTimeout(late)
  }
}
