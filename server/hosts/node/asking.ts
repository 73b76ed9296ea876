// How a command asks a server: again and again while it gives no answer, and with its address in what is said when it gave none.
import { setTimeout as wait } from 'node:timers/promises'

export interface Asking {
  /** Where the server answers. */
  url: string
  fetch?: (request: Request) => Response | Promise<Response>
  method: string
  path: string
  /** Who asks: a key. */
  credential: string
  /** JSON. */
  body?: string | undefined
  /** How often it is asked in all, each time after a second more. */
  patience: number
}

/** What the server answers, as JSON; asked again where there is no answer, or not yet. Throws what it says, its code as the cause, or that it says nothing. */
export async function ask<Answer>(asking: Asking): Promise<Answer> {
  for (let time = 1; ; time++) {
    const { answer, why, code, again } = await once(asking)
    if (why === undefined) return answer as Answer
    if (!again || time === asking.patience) throw new Error(why, { cause: code })
    await wait(time * 1_000)
  }
}

/** Where a server answers, as it was said. Throws a sentence where that is no address. */
export function addressed(url: string): string {
  if (!/^https?:$/.test(URL.parse(url)?.protocol ?? '')) throw new Error(`A server answers at http://… or https://…, not at "${url}".`)
  return url.replace(/\/+$/, '')
}

async function once({ url, fetch = globalThis.fetch, method, path, credential, body }: Asking) {
  const headers = { Authorization: `Bearer ${credential}`, 'Content-Type': 'application/json' }
  const request = new Request(url + path, { method, headers, ...(body === undefined ? {} : { body }) })
  const response = await Promise.resolve(fetch(request)).catch((error: Error) => error)
  if (response instanceof Error) return { why: `${url} gives no answer (${reason(response)}).`, again: true }
  const { ok, status } = response
  const answer = await response.json().catch(() => undefined)
  const why = ok && answer ? undefined : (answer?.detail ?? `${url} answered ${status}, and not as Muse does.`)
  return { answer, why, code: answer?.code as string | undefined, again: status === 429 || status >= 500 }
}

const reason = ({ message, cause }: Error) => {
  const { code, message: deeper } = (cause ?? {}) as { code?: string; message?: string }
  return code || deeper || message
}
