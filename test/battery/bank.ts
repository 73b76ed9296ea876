// The bank test: eight clients move points about while the server is killed, paused, and its clock stepped a day either way. Every
// read must add up by itself, every answer must hold to the end, and what was asked again must have happened once.
import assert from 'node:assert/strict'
import { createWriteStream, type WriteStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { setTimeout as wait } from 'node:timers/promises'
import { DAY, type Json, type Reply, type Story } from '../story.ts'
import { next, type Op } from './clients.ts'
import type { Victim } from './victim.ts'

const CLIENTS = 8
const MEMBERS = Array.from({ length: 12 }, (_, index) => `c${index}`)
const POINTS = 10_000
/** How often all clients stop, and everything is held against what they were told. */
const COUNTS = 8
/** After how many milliseconds a client asks again, while its first question may still be under way. */
const PATIENCE = 400
/** After how many milliseconds of asking it counts as never answered: a machine that is busy with other things may need many to start a server. */
const NEVER = 120_000

/** What one client knows to be true. */
export interface Known {
  grants: Map<string, { member: string; points: number }>
  orders: Map<string, { member: string; points: number; price: number; state: string; reports: number }>
  /** `gone`: it had run out by one of several questions to give it back, of which another may come later and find an earlier clock. */
  coupons: Map<string, { member: string; state: 'open' | 'used' | 'returned' | 'gone'; points: number; discount: number; order?: string }>
  /** Answers under a key, to be asked for again. */
  kept: { send(): Promise<Reply>; text: string }[]
}

/** Carries out `operations` operations; the history goes into `file`, a JSON line for each call and each answer. */
export async function bank(victim: Victim, operations: number, file: string) {
  await victim.start()
  const shop = await victim.openShop('bank', {
    earning: { purchase: { percent: 1, delay: 'P1D' } },
    redeeming: { coupon: { life: 'P1D' } },
  })
  for (const member of MEMBERS) await shop.grant(member, POINTS)
  const history = createWriteStream(file)
  const world = { shop, victim, history, left: operations, reads: 0, again: 0, gate: undefined as Promise<void> | undefined, idle: 0 }
  const knowing = Array.from({ length: CLIENTS }, (): Known => ({ grants: new Map(), orders: new Map(), coupons: new Map(), kept: [] }))
  let over = false
  const clients = Promise.all(knowing.map((known, number) => client(world, known, number))).finally(() => {
    over = true
  })
  const met = { kills: 0, pauses: 0, steps: 0, counts: 0 }
  const trouble = (async () => {
    let counted = operations
    while (!over) {
      await wait(300 + Math.random() * 1_700)
      if (over) break
      await strike(world, met)
      if (counted - world.left > operations / COUNTS) {
        counted = world.left
        await allIdle(
          world,
          () => over,
          () => holds(shop, knowing, met),
        )
      }
    }
  })()
  await Promise.all([clients, trouble])
  await holds(shop, knowing, met)
  const kept = knowing.flatMap(({ kept }) => kept)
  for (const { send, text } of kept) assert.equal((await send()).text, text)
  await new Promise((done) => history.end(done))
  const { transfers } = await shop.audit()
  return { operations, ...met, askedAgain: world.again, reads: world.reads, keysAsked: kept.length, transfers, lost: 0 }
}

interface World {
  shop: Story
  victim: Victim
  history: WriteStream
  left: number
  reads: number
  again: number
  gate: Promise<void> | undefined
  idle: number
}

async function client(world: World, known: Known, number: number) {
  for (let index = 0; world.left > 0; index++) {
    if (world.gate) {
      world.idle++
      await world.gate
      world.idle--
    }
    world.left--
    const op = next(world.shop, known, MEMBERS, `${number}-${index}`)
    await carryOut(world, op, `${number}-${index}`)
  }
  world.idle += 1
}

// Asks until there is an answer. What was asked before, and not answered, may have happened: each operation knows what that looks like.
async function carryOut(world: World, op: Op, id: string) {
  const line = (what: object) => world.history.write(`${JSON.stringify({ at: Math.round(performance.now()), id, ...what })}\n`)
  const begin = performance.now()
  for (let attempt = 0; ; attempt++) {
    line({ type: 'call', op: op.kind, member: op.member, ...op.about })
    const asked = op.send().catch(() => undefined)
    const reply = op.patient ? await asked : await Promise.race([asked, wait(PATIENCE).then(() => undefined)])
    // A token made before the clock stepped is refused after it.
    if (!reply || reply.status === 401 || reply.status >= 500) {
      line({ type: 'unknown', status: reply?.status })
      world.again++
      assert.ok(performance.now() - begin < NEVER, `${op.kind} is never answered: ${reply?.text}`)
      await wait(20)
      continue
    }
    const { status, body } = reply
    line({ type: 'answer', status, code: body.code ?? body.coupon?.code, points: body.points ?? body.coupon?.points })
    const wallet = op.kind === 'read' ? body : body.wallet
    // An answer given again under its key shows the wallet as it was.
    if (wallet) {
      world.reads++
      addsUp(wallet)
    }
    op.learn(reply, attempt > 0)
    return
  }
}

/** Of a wallet alone: no account below zero, and its parts sum to its totals. */
function addsUp({ points, pending, coupons }: Json) {
  for (const [name, count] of Object.entries(points)) assert.ok((count as number) >= 0, `${name} is ${count}`)
  assert.ok(points.debt === 0 || points.available === 0, 'a debt beside available points')
  const sum = (rows: { points: number }[]) => rows.reduce((total, row) => total + row.points, 0)
  assert.equal(sum(pending), points.pending, 'what is pending does not sum')
  const open = coupons.filter(({ state }: { state: string }) => state === 'open')
  if (open.length < 100) assert.equal(sum(open), points.held, 'open coupons do not sum to what is held')
}

async function strike({ victim }: World, met: { kills: number; pauses: number; steps: number }) {
  const turn = (met.kills + met.pauses + met.steps) % 3
  if (turn === 0) {
    met.kills++
    await victim.stop('SIGKILL')
    await victim.start()
  } else if (turn === 1) {
    met.pauses++
    victim.signal('SIGSTOP')
    await wait(100 + Math.random() * 900)
    victim.signal('SIGCONT')
  } else {
    met.steps++
    victim.moveClock((Math.floor(Math.random() * 3) - 1) * DAY)
  }
}

// Lets every client finish what it is at, and keeps them waiting meanwhile.
async function allIdle(world: World, over: () => boolean, act: () => Promise<void>) {
  let open = () => {}
  world.gate = new Promise((resolve) => {
    open = resolve
  })
  while (world.idle < CLIENTS && !over()) await wait(5)
  // What was given up as unanswered may still be on its way.
  await wait(1_000)
  try {
    await act()
  } finally {
    world.gate = undefined
    open()
  }
}

/** Holds the books against all that the clients know. Nobody is asking anything meanwhile. */
async function holds(shop: Story, knowing: Known[], met: { counts: number }) {
  met.counts++
  const { ok, sum, problems } = await shop.audit()
  assert.deepEqual({ ok, sum, problems }, { ok: true, sum: 0, problems: [] })
  const rows = await rowsOf(shop)
  const of = (table: string) => rows.filter((row) => row.table === table)
  const customers = new Map(of('members').map(({ id, customer }) => [id, customer]))
  const totals = new Map(MEMBERS.map((member) => [member, POINTS]))
  const add = (member: string, points: number) => totals.set(member, (totals.get(member) ?? 0) + points)

  const granted = of('transfers').filter(({ kind, note }) => kind === 'grant' && note !== 'gift')
  const grants = new Map(knowing.flatMap(({ grants }) => [...grants]))
  assert.equal(granted.length, grants.size, 'grants were carried out that nobody heard of, or heard of that were not')
  for (const { note, member, points } of granted) assert.deepEqual({ member: customers.get(member), points }, grants.get(note))
  for (const { member, points } of grants.values()) add(member, points)

  const coupons = new Map(knowing.flatMap(({ coupons }) => [...coupons]))
  assert.equal(of('coupons').length, coupons.size, 'coupons were made that nobody heard of, or heard of that were not')
  for (const row of of('coupons')) {
    const known = coupons.get(row.code)
    assert.ok(known, `${row.code} was never answered`)
    assert.equal(customers.get(row.member), known.member)
    // Time may have let it run out.
    if (known.state === 'gone') assert.notEqual(row.state, 'used', row.code)
    else if (row.state !== 'expired' || known.state !== 'open') assert.equal(row.state, known.state, row.code)
    if (known.state === 'used') assert.equal(row.discount, known.discount)
    if (known.state === 'used') add(known.member, -known.discount)
  }

  const orders = new Map(knowing.flatMap(({ orders }) => [...orders]))
  assert.equal(of('orders').length, orders.size, 'orders were kept that nobody heard of, or heard of that were not')
  for (const { member, points } of orders.values()) add(member, points)
  for (const member of MEMBERS) {
    const wallet = await shop.member(member).wallet()
    addsUp(wallet)
    const { available, pending, held, debt } = wallet.points
    assert.equal(available + pending + held - debt, totals.get(member), `${member} has not what the answers come to`)
  }
}

// Of an export all but the answers kept under keys: those of some ten thousand wallets are more than one text can be.
async function rowsOf({ fetch, shop, keys }: Story): Promise<Json[]> {
  const asked = new Request(`http://localhost/v1/shops/${shop}/export`, { headers: { Authorization: `Bearer ${keys.secret}` } })
  const { body } = await fetch(asked)
  const rows: Json[] = []
  for await (const line of createInterface({ input: Readable.fromWeb(body as ReadableStream) }))
    if (!line.startsWith('{"table":"answers"')) rows.push(JSON.parse(line))
  assert.equal(rows.at(-1)?.table, 'end', 'the export is not whole')
  return rows
}
