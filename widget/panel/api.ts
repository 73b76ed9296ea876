// Requests that change something: by ky, which asks again when no answer comes.
import ky, { type Options } from 'ky'
import { askAgain, type Sent } from './sent.ts'

const options = {
  credentials: 'omit',
  timeout: 10_000,
  retry: { limit: 3, methods: ['post', 'put', 'delete'], statusCodes: askAgain, retryOnTimeout: true, maxRetryAfter: 3_000 },
  throwHttpErrors: (status: number) => askAgain.includes(status),
} as const satisfies Options

/** Not ended by `Muse.remove()`: what the shopper has asked for is seen through. */
export function send(url: string, method: string, authorization: object, { key, ...sent }: Sent = {}): Promise<Response> {
  return ky(url, { ...options, ...sent, method, headers: { ...(key && { 'idempotency-key': key }), ...authorization } })
}
