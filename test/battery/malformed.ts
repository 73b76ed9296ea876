// Every route, thousands of requests that are wrong in some way: each gets a no that says so, soon, and the server stays as it was.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import * as z from 'zod'
import { Books, Origins, refusalCodes } from '../../server/contract.ts'
import { Program } from '../../server/rules/program.ts'
import { type Good, openShopWithRequests } from '../requests.ts'
import { OPERATOR, type Story } from '../story.ts'
import { type Malformed, malformations } from './malformations.ts'
import { createRaw, type Got } from './raw.ts'
import type { Victim } from './victim.ts'

const HANDS = 8
/** In how many rounds all is sent; what the server keeps in memory is read after the first and after the last. */
const ROUNDS = 10
const SLOW = 1_000

/** Sends `each` malformed requests to every route. Throws with all that is needed to find the first that was answered wrongly. */
export async function malformed(victim: Victim, each: number, seed = Date.now() & 0x7fffffff) {
  await victim.start()
  const { shop, requests } = await openShopWithRequests(await victim.openShop('malformed'))
  // An export is as long as all that was granted before, and is asked for thousands of times.
  const raw = createRaw(victim.url(), ({ status, headers }) => status === 200 && headers['content-type'] === 'application/x-ndjson')
  const tally = { statuses: {} as Record<string, number>, unanswered: 0, slow: 0, slowest: { ms: 0, what: '' } }
  const memory: { heapMb?: number; rssMb: number }[] = []
  for (let round = 0; round < ROUNDS; round++) {
    for (const good of requests) {
      // A token is good for an hour, which is not as long as all this may take.
      const drawn = await draw(shop, good, requests, Math.ceil(each / ROUNDS), seed + round)
      const about = `${good.name}, seed ${seed + round}`
      await Promise.all(
        Array.from({ length: HANDS }, async () => {
          for (let it = drawn.pop(); it; it = drawn.pop()) note(tally, await raw.send(it), it, good, about, victim.name)
        }),
      )
    }
    if (round === 0 || round === ROUNDS - 1) memory.push(await held(victim))
    console.error(`malformed: ${round + 1} of ${ROUNDS} rounds, slowest ${Math.round(tally.slowest.ms)} ms`)
  }
  raw.close()
  assert.ok(victim.running(), 'the server has ended')
  const { ok, sum, problems } = await shop.audit()
  assert.deepEqual({ ok, sum, problems }, { ok: true, sum: 0, problems: [] })
  const { slowest, ...counts } = tally
  return {
    seed,
    routes: requests.length,
    sent: requests.length * each,
    ...counts,
    slowest: `${Math.round(slowest.ms)} ms ${slowest.what}`,
    memory,
  }
}

async function draw(shop: Story, good: Good, requests: Good[], count: number, seed: number): Promise<Malformed[]> {
  const credential = { operator: OPERATOR, secret: shop.keys.secret, member: await shop.token('c1'), public: undefined }[good.who]
  const template = (it: Good) => it.route?.path ?? ''
  const others = requests.filter((it) => template(it) === template(good)).map(({ method }) => method)
  return fc.sample(malformations(good, `/v1/shops/${shop.shop}`, credential, others), { numRuns: count, seed })
}

type Tally = { statuses: Record<string, number>; unanswered: number; slow: number; slowest: { ms: number; what: string } }

function note(tally: Tally, got: Got | undefined, sent: Malformed, good: Good, about: string, host: string): void {
  const wrong = (why: string) => {
    const answer = got && `${got.status} ${JSON.stringify(got.headers)}\n${got.body.slice(0, 500)}`
    return new Error(`${about}: ${sent.what}: ${why}\n${sent.head}${sent.body?.slice(0, 500)}\n→ ${answer}`)
  }
  if (!got) {
    tally.unanswered++
    if (!sent.isNoHttp) throw wrong('no answer')
    return
  }
  const { status, ms } = got
  tally.statuses[status] = (tally.statuses[status] ?? 0) + 1
  // What is granted may take its time: an audit reads all that was granted before.
  if (status >= 400 && ms > SLOW) tally.slow++
  if (status >= 400 && ms > tally.slowest.ms) tally.slowest = { ms, what: `${good.name}: ${sent.what}` }
  if (host === 'edge' && sent.isNoHttp && isEngines(status, sent.head)) return
  if (status >= 500) throw wrong('the server’s own fault')
  if (status < 400) {
    // Nor does it mind how many headers there are.
    const broken = sent.broken && !(host === 'edge' && sent.what === 'many headers')
    if (!isRightly({ ...sent, broken }, good)) throw wrong('granted')
  } else if (!isProblem(got)) throw wrong('no problem document')
}

/** Whether it is an answer that workerd gives by itself to what is no HTTP, before anything of ours is asked (ARCHITECTURE, Two hosts). */
function isEngines(status: number, head: string): boolean {
  if (status === 500) return /^CONNECT /.test(head)
  if (status === 501) return !/^(GET|HEAD|POST|PUT|DELETE|PATCH) /.test(head)
  return status >= 400 && status < 500
}

/** Whether a request that was granted is one that may be. */
function isRightly({ broken, body }: Malformed, good: Good): boolean {
  if (broken) return false
  if (body === undefined) return true
  try {
    return schemaOf(good).safeParse(body === '' ? {} : JSON.parse(body)).success
  } catch {
    return false
  }
}

const ShopBody = z.strictObject({ program: Program, origins: Origins, books: Books.optional() })
const schemaOf = ({ route }: Good) => route?.body ?? ShopBody

function isProblem({ status, headers, body }: Got): boolean {
  if (headers['content-type'] !== 'application/problem+json') return false
  const { code, status: said, detail } = JSON.parse(body)
  return refusalCodes.includes(code) && said === status && typeof detail === 'string'
}

/** What the server holds in memory once what it no longer needs is gone; of another host's heap nothing is known. */
async function held(victim: Victim): Promise<{ heapMb?: number; rssMb: number }> {
  const heap = await victim.collect()
  const rss = Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${victim.pid()}/status`, 'utf8'))?.[1]) / 1024
  return { ...(heap === undefined ? {} : { heapMb: Math.round(heap / 1024 ** 2) }), rssMb: Math.round(rss) }
}
