// Killed in the middle of its work, and started again: whatever it answered is still true.
import assert from 'node:assert/strict'
import { setTimeout as wait } from 'node:timers/promises'
import { lines, type Reply, type Story } from '../story.ts'
import type { Victim } from './victim.ts'

const MEMBERS = ['c0', 'c1', 'c2', 'c3']
const POINTS = 1_000_000
const HANDS = 16

/** Something asked, how to ask it again, and the answer if one came. */
interface Act {
  kind: 'redeem' | 'undo' | 'order' | 'grant'
  member: string
  send(): Promise<Reply>
  reply?: Reply
  /** Of an undo: the coupon taken back. */
  code?: string
}

/** Kills a server `rounds` times under load. Throws when an answer it gave no longer holds, or the books do not add up. */
export async function kills(victim: Victim, rounds: number) {
  await victim.start()
  const shop = await victim.openShop('kill')
  for (const member of MEMBERS) await shop.grant(member, POINTS)
  const all: Act[] = []
  let answered = 0
  const ready: number[] = []
  for (let round = 0; round < rounds; round++) {
    const killed = wait(30 + Math.random() * 400).then(() => victim.stop('SIGKILL'))
    const acts = (await Promise.all(Array.from({ length: HANDS }, (_, hand) => work(shop, `${round}-${hand}`, killed)))).flat()
    await killed
    answered += acts.filter(({ reply }) => reply).length
    all.push(...acts)
    ready.push(await victim.start())
    const { ok, sum, problems } = await shop.audit()
    assert.deepEqual({ ok, sum, problems }, { ok: true, sum: 0, problems: [] })
    await stillTrue(shop, acts)
    await finish(acts)
    await addsUp(shop, all)
  }
  await stillTrue(shop, all)
  ready.sort((a, b) => a - b)
  const at = (share: number) => Math.round(ready[Math.ceil(share * ready.length) - 1] ?? 0)
  return { kills: rounds, answered, unanswered: all.length - answered, lost: 0, readyMs: { median: at(0.5), slowest: at(1) } }
}

// One pair of hands: acts one after another until the server is gone.
async function work(shop: Story, name: string, killed: Promise<unknown>): Promise<Act[]> {
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
    assert.equal(reply.status, { redeem: 201, grant: 201, order: 200, undo: 200 }[kind], reply.text)
    const again = kind === 'undo' ? await shop.merchant('GET', `/coupons/${code}`) : await send()
    if (kind === 'undo') assert.equal(again.body.state, 'returned')
    else assert.equal(again.text, reply.text)
  }
}

// What was not answered is asked again, with the same key: it happens now, or it is found to have happened.
async function finish(acts: Act[]) {
  for (const act of acts.filter(({ reply }) => !reply)) {
    const reply = await act.send()
    if (act.kind !== 'undo') act.reply = reply
    const wanted = { redeem: 201, grant: 201, order: 200, undo: reply.status === 409 ? 'returned' : 200 }[act.kind]
    assert.equal(reply.status === 409 ? reply.body.state : reply.status, wanted, reply.text)
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
    assert.deepEqual(points, { available: POINTS + 11 * count('grant') - held, pending: 10 * count('order'), held, debt: 0 })
  }
}
