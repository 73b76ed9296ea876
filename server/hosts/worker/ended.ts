// What ends in the Worker itself, before or in place of an object: counted and logged as objects count and log what they answer.

import { Refusal } from '../../contract.ts'
import { answer } from '../../http/answer.ts'
import { VERSION } from '../../http/app.ts'
import { SHOP_ID } from '../../http/entry.ts'
import { errorLine, type RequestLine } from '../../http/log.ts'
import { type Counts, createMetrics, type Metrics } from '../../http/metrics.ts'
import { codesOf, problem, refusedIn } from '../../http/problems.ts'
import { routes } from '../../http/routes.ts'
import { createSignposts } from '../../http/short.ts'
import { wantsRequests } from '../settings.ts'
import { type Env, tallyAt } from './env.ts'

/** How long an isolate keeps to itself what it has counted, in milliseconds: it may be gone at any moment, and to tell is a row, which is paid for. */
const SOON = 30_000

/** What one isolate has counted since it last told. */
interface Tab {
  metrics: Metrics
  log: ((line: RequestLine) => void) | undefined
  /** When it was last told, or began. */
  toldAt: number
}

// By the objects that the platform binds, which are the same as long as the Worker runs.
const tabs = new WeakMap<Env['BOOKS'], Tab>()

function tabOf(env: Env): Tab {
  const known = tabs.get(env.BOOKS)
  if (known) return known
  const log = wantsRequests(env.MUSE_LOG) ? (line: RequestLine) => console.log(JSON.stringify(line)) : undefined
  const tab = { metrics: createMetrics(Date.now(), VERSION), log, toldAt: Date.now() }
  tabs.set(env.BOOKS, tab)
  return tab
}

/** What watches the app that answers in the Worker. */
export const watchOf = (env: Env) => ({
  tick: () => performance.now(),
  log: (line: RequestLine) => tabOf(env).log?.(line),
  metrics: {
    ...createMetrics(Date.now(), VERSION),
    answered: (request: Parameters<Metrics['answered']>[0]) => tabOf(env).metrics.answered(request),
  },
})

/** One request on its way through the Worker. */
export interface Passing {
  request: Request
  env: Env
  /** The template of its route, and the shop's id where the Worker knows that there is such a shop. */
  route: string
  shop?: string | undefined
  /** When it came, on `performance`'s clock. */
  begun: number
}

/** Counts an answer; `isLogged` says that somebody else has told of it already. Gives the answer. */
export async function ended(
  { request: { method }, env, route, shop, begun }: Passing,
  response: Response,
  isLogged = false,
): Promise<Response> {
  const { status } = response
  const { metrics, log } = tabOf(env)
  const code = status >= 400 ? (refusedIn(await response.clone().text()) ?? onlyCode(status)) : undefined
  const ms = performance.now() - begun
  metrics.answered({ route, method, status, code, seconds: ms / 1000 })
  const at = () => new Date().toISOString()
  if (!isLogged) log?.({ at: at(), level: 'info', event: 'request', method, route, shop, status, ms: Math.round(ms * 1000) / 1000, code })
  return response
}

// What was asked by HEAD has come without its body.
function onlyCode(status: number): string | undefined {
  const codes = codesOf(status)
  return codes.length === 1 ? codes[0] : undefined
}

/**
 * Hands to the one object that adds up what all isolates have counted, and gives the sum. Where it does not take them they are kept: one
 * whose yes was lost counts them twice.
 */
export async function tell(env: Env): Promise<Counts> {
  const tab = tabOf(env)
  const { metrics } = tab
  Object.assign(tab, { metrics: createMetrics(Date.now(), VERSION), toldAt: Date.now() })
  try {
    return await tallyAt(env).note(metrics.counts())
  } catch (error) {
    tab.metrics.take(metrics.counts())
    throw error
  }
}

/** The same, where it is time: to be done beside a request, whoever asked it. */
export function tellSoon(env: Env): Promise<unknown> | undefined {
  const { metrics, toldAt } = tabOf(env)
  if (Date.now() - toldAt < SOON || metrics.counts().routes.length === 0) return undefined
  return tell(env).catch((error) => report(error, { method: 'tell', route: '' }))
}

/** The template of the route that a path leads to. */
export function templateOf(method: string, path: string): string {
  const segments = path.split('/')
  if ((method === 'PUT' || method === 'DELETE') && segments.length === 4)
    return SHOP_ID.test(segments[3] ?? '') ? '/v1/shops/{shop}' : 'none'
  const found = signposts(method === 'HEAD' ? 'GET' : method, path)
  return found ? `/v1/shops/{shop}${found.route.path}` : 'none'
}

const signposts = createSignposts(routes)

/** What is said where an object gave no answer: its disk was full, it was ended at its work, or more was asked of it than it can do. */
export function unreachable(error?: unknown): Response {
  const { overloaded } = said(error)
  const about = 'The book gave no answer. It is safe to send this again with the same Idempotency-Key.'
  const response = answer(problem(new Refusal('storefront-unavailable', about)))
  // To ask at once is what has overloaded it.
  if (overloaded) response.headers.set('Retry-After', `${OVERLOADED}`)
  return response
}

/** How long somebody waits whose object is asked more than it can answer, in seconds. */
const OVERLOADED = 10

/** Writes down what was thrown in the Worker, with what the platform says of an object's failure. */
export const report = (error: unknown, about: { method: string; route: string }) =>
  console.error(JSON.stringify(errorLine(error, { ...about, ...said(error) }, Date.now())))

// Cloudflare marks its own errors: too much was asked, it may be asked again, it was thrown on the other side.
function said(error: unknown): { overloaded?: true; retryable?: true; remote?: true } {
  const marks = (typeof error === 'object' && error) || {}
  return Object.fromEntries(
    ['overloaded', 'retryable', 'remote'].flatMap((mark) => (Reflect.get(marks, mark) === true ? [[mark, true]] : [])),
  )
}
