// The server killed in the middle of its work, and started again: whatever it answered is still true.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { lines, OPERATOR, openShop, type Reply, type Story } from './story.ts'

const KILLS = Number(process.env.KILLS ?? 8)
const MEMBERS = ['c0', 'c1', 'c2', 'c3']
const POINTS = 1_000_000

/** Something asked, how to ask it again, and the answer if one came. */
interface Act {
  kind: 'redeem' | 'undo' | 'order' | 'grant'
  member: string
  send(): Promise<Reply>
  reply?: Reply
  /** Of an undo: the coupon taken back. */
  code?: string
}

let data: string
let child: ChildProcess
let url: string

beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'muse-kill-'))
})

afterEach(async () => {
  await stop('SIGKILL')
  rmSync(data, { recursive: true })
})

test(`killed ${KILLS} times under load, it keeps every answer it gave`, { timeout: 60_000 + KILLS * 15_000 }, async () => {
  await start()
  const shop = await openRealShop()
  for (const member of MEMBERS) await shop.grant(member, POINTS)
  const all: Act[] = []
  for (let round = 0; round < KILLS; round++) {
    const killed = wait(30 + Math.random() * 400).then(() => stop('SIGKILL'))
    const acts = (await Promise.all(Array.from({ length: 16 }, (_, hand) => work(shop, `${round}-${hand}`, killed)))).flat()
    all.push(...acts)
    expect(await start()).toBeLessThan(2000)
    expect(await shop.audit()).toMatchObject({ ok: true, sum: 0, problems: [] })
    await stillTrue(shop, acts)
    await finish(acts)
    await addsUp(shop, all)
  }
  await stillTrue(shop, all)
  expect(all.filter(({ reply }) => reply).length).toBeGreaterThan(KILLS)
})

test('asked to stop, it finishes what is in flight, takes nothing new, and ends with 0', { timeout: 30_000 }, async () => {
  await start()
  const shop = await openRealShop()
  await shop.grant('c1', 1000)
  const token = await shop.token('c1')
  const begun = await Promise.all(Array.from({ length: 20 }, () => begin('/v1/shops/kill/me/coupons', token, '{"points":')))
  expect((await shop.guest('GET', '/program')).status).toBe(200)
  const exited = once(child, 'exit')
  child.kill('SIGTERM')
  await refused()
  const statuses = await Promise.all(begun.map((finish) => finish('50}')))
  expect(statuses).toEqual(Array(20).fill(201))
  expect(await exited).toEqual([0, null])
  await start()
  expect((await shop.member('c1').wallet()).points).toMatchObject({ available: 0, held: 1000 })
  expect((await shop.audit()).ok).toBe(true)
})

/** Starts the server on the data folder; gives the milliseconds until it was ready. */
async function start(): Promise<number> {
  const begin = performance.now()
  const env = { ...process.env, PORT: '0', MUSE_DATA: data, MUSE_OPERATOR_KEY: OPERATOR }
  child = spawn(process.execPath, ['server/hosts/serve.ts'], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  let printed = ''
  for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
    printed += chunk
    const found = /(http:\S+)\/v1\s/.exec(printed)
    if (found?.[1]) {
      url = found[1]
      break
    }
  }
  expect((await fetch(`${url}/healthz`)).status).toBe(200)
  return performance.now() - begin
}

async function stop(signal: 'SIGKILL' | 'SIGTERM') {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill(signal)
  await exited
}

function openRealShop() {
  const send = (request: Request) => {
    const { pathname, search } = new URL(request.url)
    return fetch(`${url}${pathname}${search}`, request)
  }
  return openShop({ shop: 'kill', fetch: send, clock: Date.now })
}

// One pair of hands: acts one after another until the server is gone.
async function work(shop: Story, name: string, killed: Promise<void>): Promise<Act[]> {
  const acts: Act[] = []
  let over = false
  killed.then(() => {
    over = true
  })
  for (let number = 0; !over; number++) {
    const act = next(shop, `${name}-${number}`, acts)
    acts.push(act)
    const reply = await act.send().catch(() => undefined)
    if (!reply) break
    act.reply = reply
  }
  return acts
}

function next(shop: Story, name: string, acts: Act[]): Act {
  const dice = Math.random()
  const member = MEMBERS[Math.floor(Math.random() * MEMBERS.length)] as string
  const undone = new Set(acts.map(({ code }) => code))
  const open = acts.find(({ kind, reply }) => kind === 'redeem' && reply && !undone.has(reply.body.coupon.code))
  if (dice < 0.25 && open) {
    const code = open.reply?.body.coupon.code
    return { kind: 'undo', member: open.member, code, send: () => shop.member(open.member).delete(`/me/coupons/${code}`) }
  }
  if (dice < 0.6) return { kind: 'redeem', member, send: () => shop.member(member).redeem(1 + (name.length % 7), name) }
  const gift = { points: 11, reason: 'gift' }
  if (dice < 0.8) return { kind: 'grant', member, send: () => shop.merchant('POST', `/members/${member}/grants`, gift, name) }
  const order = { placedAt: '2026-06-01T00:00:00Z', updatedAt: '2026-06-01T00:00:00Z', state: 'placed', lines: lines(1000) }
  return { kind: 'order', member, send: () => shop.merchant('PUT', `/members/${member}/orders/${name}`, order) }
}

// What was answered once is answered again in the same words; a coupon taken back is found taken back.
async function stillTrue(shop: Story, acts: Act[]) {
  for (const { kind, send, reply, code } of acts) {
    if (!reply) continue
    expect(reply.status).toBe({ redeem: 201, grant: 201, order: 200, undo: 200 }[kind])
    const again = kind === 'undo' ? await shop.merchant('GET', `/coupons/${code}`) : await send()
    if (kind === 'undo') expect(again.body.state).toBe('returned')
    else expect(again.text).toBe(reply.text)
  }
}

// What was not answered is asked again, with the same key: it happens now, or it is found to have happened.
async function finish(acts: Act[]) {
  for (const act of acts.filter(({ reply }) => !reply)) {
    const reply = await act.send()
    if (act.kind !== 'undo') act.reply = reply
    expect(reply.status === 409 ? reply.body.state : reply.status).toBe(
      { redeem: 201, grant: 201, order: 200, undo: reply.status === 409 ? 'returned' : 200 }[act.kind],
    )
  }
}

async function addsUp(shop: Story, acts: Act[]) {
  for (const member of MEMBERS) {
    const mine = acts.filter((act) => act.member === member)
    const count = (kind: Act['kind']) => mine.filter((act) => act.kind === kind).length
    const undone = new Set(mine.map(({ code }) => code))
    const open = mine.filter(({ kind, reply }) => kind === 'redeem' && !undone.has(reply?.body.coupon.code))
    const held = open.reduce((sum, { reply }) => sum + reply?.body.coupon.points, 0)
    const { points } = await shop.member(member).wallet()
    expect(points).toEqual({ available: POINTS + 11 * count('grant') - held, pending: 10 * count('order'), held, debt: 0 })
  }
}

// Sends a request up to half its body, and hears that the server is reading it; gives the function that sends the rest.
async function begin(path: string, token: string, half: string) {
  const headers = { Authorization: `Bearer ${token}`, 'Idempotency-Key': crypto.randomUUID(), Expect: '100-continue' }
  const sent = request(`${url}${path}`, { method: 'POST', headers, agent: false })
  const reading = once(sent, 'continue')
  sent.flushHeaders()
  await reading
  sent.write(half)
  return async (rest: string) => {
    sent.end(rest)
    const [response] = await once(sent, 'response')
    response.resume()
    return response.statusCode as number
  }
}

// Until the server takes no more connections.
async function refused() {
  const hello = () =>
    new Promise<boolean>((resolve) => {
      const asked = request(`${url}/healthz`, { agent: false }, (response) => resolve(response.resume().complete || true))
      asked.on('error', () => resolve(false)).end()
    })
  while (await hello()) await wait(10)
}
