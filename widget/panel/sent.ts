// What is sent with a change, and when to send it again.

/** What goes along with a change: its Idempotency-Key, its body, and for how many milliseconds an answer is waited for. */
export interface Sent {
  key?: string
  json?: unknown
  body?: FormData
  timeout?: number
}

/** Where no answer came, or one that says nothing about what was done. */
export const askAgain = [408, 429, 500, 502, 503, 504]
