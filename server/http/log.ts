// What is told of a request and of an error, a line of JSON each: what happened where, and nothing of whom or with what.

/** One answered request. Has no path: a path names members and coupons. */
export interface RequestLine {
  at: string
  level: 'info'
  event: 'request'
  method: string
  /** The route's template. */
  route: string
  /** The shop's id, where there is such a shop. */
  shop: string | undefined
  status: number
  ms: number
  /** Of a refusal. */
  code: string | undefined
}

const MESSAGE_MAX = 300

/**
 * An error as it may be written down. Where V8 cannot read JSON it quotes what it read, which may be anyone's data, so quotations are
 * left out of such messages; and of the stack only the places are kept, for it begins with the message.
 */
export function errorLine(error: unknown, about: { method: string; route: string }, at: number) {
  const { name, message, stack = '' } = error instanceof Error ? error : { name: 'Error', message: `${typeof error} was thrown` }
  const safe = error instanceof SyntaxError ? message.replace(/["'`].*["'`]/s, '"…"') : message
  const places = stack.split('\n').filter((line) => /^\s+at /.test(line))
  return {
    ...{ at: new Date(at).toISOString(), level: 'error', ...about, error: `${name}: ${safe.slice(0, MESSAGE_MAX)}` },
    ...(places.length > 0 ? { stack: places.map((line) => line.trim()) } : {}),
  }
}
