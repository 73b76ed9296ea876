// A session at the desk, kept as a test: what is exported runs against the real app and ends in the wallet that was seen.
import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'
import { type LedgerEntry, timelineOf } from '../demo/desk/timeline.ts'
import { openJournal } from '../demo/journal.ts'
import { demoOfEach } from './demos.ts'
import { pngOf } from './pictures/files.ts'
import { dresses, photograph, shots } from './pictures/photos.ts'
import { type Visitor, visitorOf } from './visitor.ts'

const folder = 'test-results/stories'

const here = demoOfEach(async () => {
  mkdirSync(folder, { recursive: true })
})

it('keeps a session of JeJ Muse: coupons, gifts, reviews, photos and prizes', async () => {
  const mina = await member('jej')
  const dress = await order(mina, ['moonmoth-jsk.wine', 'camellia-blouse.ivory'])
  await desk(mina, dress, { act: 'ship' })
  await mina.post('/desk/shopper/review', { key: 'r1', piece: `${dress} moonmoth-jsk`, rating: '4', text: 'It’s \'so\' "good" \\ `so`' })
  await mina.post('/desk/shopper/photo', picture())
  await mina.post('/desk/prizes')
  await mina.api('/me/follows/x', {}, 'PUT')
  const taken = await mina.coupon(77)
  await mina.api(`/me/coupons/${taken}`, undefined, 'DELETE')
  const voided = await mina.coupon(55)
  await mina.post('/desk/void', { code: voided })
  expect(await mina.get('/desk')).toContain(`Coupon ${voided.replace(/.{4}(?=.)/g, '$&-')} voided`)
  const code = await mina.coupon(400)
  await mina.post('/desk/time', { to: 'week' })
  await mina.fill('dusk-postcard.wine', code.toLowerCase())
  const inFours = code.replace(/.{4}(?=.)/g, '$&-')
  expect(await mina.get('/checkout')).toContain(inFours)
  await mina.order({ payment: 'declined' })
  await mina.order()
  expect(await mina.get('/orders')).toContain(inFours)
  // The same code once more is refused, and so is its order.
  await mina.fill('dusk-postcard.wine', code)
  expect((await mina.order()).headers.get('location')).toBe('/checkout')
  for (const state of ['accepted', 'declined']) {
    await mina.post('/desk/shopper/gift', { key: state, gift: 'pocket-mirror' })
    const [gift] = (await mina.wallet()).gifts
    await mina.post('/desk/decide', { kind: 'gifts', id: gift.id, state })
  }
  await desk(mina, dress, { act: 'refund', line: 'camellia-blouse.ivory.M' })
  const reviews = [...(await mina.get('/desk')).matchAll(/name="kind" value="reviews"><input type="hidden" name="id" value="(\w+)"/g)]
  await mina.post('/desk/decide', { kind: 'reviews', id: reviews[0]?.[1] ?? '', state: 'declined' })
  const { points, coupons, gifts } = await mina.wallet()
  // 500 given, 550 earned, 187 of them taken back with the blouse; 10, 500 and 10 for photo, prize and follow; 330 and 500 used.
  expect(points).toEqual({ available: 553, pending: 0, held: 0, debt: 0 })
  expect(coupons).toMatchObject([
    { state: 'used', discount: 330 },
    { state: 'returned', points: 55 },
    { state: 'returned', points: 77 },
  ])
  expect(gifts).toMatchObject([{ state: 'declined' }, { state: 'accepted' }])
  await keep(mina, 'jej')
})

it('keeps a session of Solaris Points: ten times the points, points at checkout, a debt', async () => {
  const mina = await member('solaris')
  await mina.post('/checkout/points', { points: '300' })
  await mina.fill('moonmoth-jsk.wine')
  await mina.order({ payment: 'declined' })
  expect((await mina.wallet()).points).toMatchObject({ available: 500 })
  const early = await order(mina, ['vesper-cape.wine'])
  expect((await mina.wallet()).points).toMatchObject({ available: 200, pending: 3600 })
  expect(await mina.api(`/me/orders/${early}`)).toMatchObject({ lines: [{ multiply: 10 }, { points: 0, why: 'excluded' }] })
  await desk(mina, early, { act: 'ship' })
  await mina.post('/desk/campaign', { campaign: 'ten-times' })
  const late = await order(mina, ['moonmoth-jsk.wine'])
  expect((await mina.wallet()).points).toMatchObject({ pending: 3963 })
  await mina.post('/desk/time', { to: 'week' })
  expect((await mina.wallet()).points).toMatchObject({ available: 3800, pending: 363 })
  const code = await mina.coupon(3700)
  await desk(mina, early, { act: 'refund', line: 'moonmoth-jsk.wine.M' })
  await desk(mina, late, { act: 'refund-amount', amount: '10000' })
  expect((await mina.wallet()).points).toEqual({ available: 0, pending: 263, held: 3700, debt: 3200 })
  // A gift repays some of it, and the coupon's points, when the shop voids it, the rest: 3,700 − (3,200 − 500).
  await mina.post('/desk/gift', { key: 'after' })
  expect((await mina.wallet()).points).toEqual({ available: 0, pending: 263, held: 3700, debt: 2700 })
  await mina.post('/desk/void', { code })
  expect((await mina.wallet()).points).toEqual({ available: 1000, pending: 263, held: 0, debt: 0 })
  await keep(mina, 'solaris')
})

it('keeps a session of Amazon Points: payment changed, a deadline passed, sellers who pay', async () => {
  const mina = await member('amazon')
  const first = await order(mina, ['hawkmoth-brooch.wine'])
  const second = await order(mina, ['moonmoth-jsk.wine'], 'qr')
  const third = await order(mina, ['moonmoth-jsk.noir'], 'konbini')
  await desk(mina, second, { act: 'pay', payment: 'konbini' })
  expect((await mina.wallet()).points).toMatchObject({ available: 500, pending: 275 })
  await desk(mina, second, { act: 'pay', payment: 'card' })
  await desk(mina, first, { act: 'ship' })
  await desk(mina, third, { act: 'hold' })
  for (let jump = 0; jump < 3; jump++) await mina.post('/desk/time', { to: 'event' })
  const bought = await order(mina, ['hawkmoth-brooch.wine'])
  expect(await mina.api(`/me/orders/${bought}`)).toMatchObject({ lines: [{ percent: 3, funder: 'kura-ceramics', points: 165 }] })
  await desk(mina, bought, { act: 'cancel' })
  await keep(mina, 'amazon')
})

it('runs them all green', () => {
  // A folder of its own, so that nothing else runs them; there the test's neighbours are a step further away.
  const config = join(folder, 'vitest.config.ts')
  writeFileSync(config, `export default { test: { include: ['*.test.ts'], testTimeout: 60_000 } }\n`)
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', '--root', folder, '--config', resolve(config), '--reporter', 'json'],
    { encoding: 'utf8', env: { ...process.env, VITEST: '', NODE_OPTIONS: '--disable-warning=ExperimentalWarning' } },
  )
  const report = JSON.parse(stdout.slice(stdout.indexOf('{"')) || '{}')
  expect(report, stdout + stderr).toMatchObject({ numPassedTests: 3, numFailedTests: 0, success: true })
})

const none = { pending: 0, available: 0, held: 0, debt: 0 }

async function historyOf(mina: Visitor, before = ''): Promise<LedgerEntry[]> {
  const { entries, next } = await mina.api(`/me/history${before && `?before=${before}`}`)
  return next ? [...entries, ...(await historyOf(mina, next))] : entries
}

/** Signed up with this programme's shop, with 500 points from it. */
async function member(programme: string) {
  const mina = visitorOf(() => here.shop.url)
  await mina.post('/desk/programme', { programme })
  await mina.post('/register', { name: 'Mina' })
  const gift = { key: crypto.randomUUID() }
  // Pressed twice, and given once.
  await Promise.all([mina.post('/desk/gift', gift), mina.post('/desk/gift', gift)])
  return mina
}

async function order(mina: Visitor, pieces: string[], payment = 'card') {
  for (const piece of pieces) await mina.fill(piece)
  const { headers } = await mina.order({ payment })
  return headers.get('location')!.replace('/placed/', '')
}

const desk = (mina: Visitor, order: string, deed: Record<string, string>) => mina.post(`/desk/orders/${order}`, deed)

function picture() {
  const form = new FormData()
  form.set('key', 'p1')
  const [dress, shot] = [dresses.mint!, Object.values(shots)[1]!]
  form.set('photo', new Blob([pngOf(photograph(dress, shot, 3, 90))], { type: 'image/png' }), 'photo.png')
  return form
}

/** Writes the story where it can be run. What the desk tells of it must add up to the same wallet. */
async function keep(mina: Visitor, name: string) {
  const { member, points } = await mina.wallet()
  const steps = timelineOf(member.id, openJournal(join(here.data, 'storefront', name, 'journal.ndjson')).all(), await historyOf(mina))
  expect(steps.at(-1)?.after).toEqual(points)
  for (const [index, step] of steps.entries()) expect(step.before).toEqual(steps[index - 1]?.after ?? none)
  for (const { after } of steps) expect(Math.min(...Object.values(after))).toBeGreaterThanOrEqual(0)
  // Nothing moved without somebody or something that moved it.
  for (const { by, moves } of steps)
    if (by === 'shopper') for (const { kind } of moves) expect(['hold', 'release', 'grant']).toContain(kind)
  const story = await mina.get('/desk/story.test.ts')
  // Each coupon that came back did so once, by whoever sent it back.
  const sentBack = [/shopper\.delete\(/g, /shop\.merchant\('DELETE', `\/coupons\/\$\{\w+\}`\)/g].map((call) => story.match(call)?.length)
  if (name === 'jej') expect(sentBack).toEqual([1, 1])
  expect(story).toContain('expect(await shopper.wallet())')
  writeFileSync(join(folder, `${name}.test.ts`), story.replaceAll("from './", `from '${resolve('test')}/`))
}
