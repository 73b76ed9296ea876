// @vitest-environment node
// Coupons that run out while the panel stands open: they leave the tickets when their time comes, and their points are back. So do points.
import { waitFor } from '@testing-library/preact'
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { onePage } from './50-page.ts'

const page = onePage({ program: { redeeming: { coupon: { life: 'PT30M' } } }, clock: () => Date.now() })
const { network } = page
const LIFE = 30 * 60_000
const patient = { timeout: 20_000 }

// Time goes on by itself, and jumps where a test says so.
beforeAll(
  () => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'], shouldAdvanceTime: true }),
)
afterAll(() => void vi.useRealTimers())

let member: string
beforeEach(async () => {
  member = await page.somebody(2000)
})

const opened = async () => {
  await page.shop.member(member).redeem(500)
  const here = await page.open(member)
  expect(here.see.getByRole('button', { name: 'Copy' })).toBeTruthy()
  expect(here.balance()).toBe('1,500')
  return here
}
const isOver = ({ see, balance, says }: Awaited<ReturnType<typeof opened>>) =>
  waitFor(() => {
    expect(see.queryByRole('button', { name: 'Copy' })).toBeNull()
    expect(see.getByText('Expired')).toBeTruthy()
    expect([balance(), says()]).toEqual(['2,000', '2,000 pt'])
  }, patient)
const reads = () => network.sent.filter((request) => request === 'GET /me').length

it('leave the tickets soon after their last moment, and not before', async () => {
  const here = await opened()
  vi.advanceTimersByTime(LIFE - 30_000)
  expect(here.see.getByRole('button', { name: 'Copy' })).toBeTruthy()
  const before = reads()
  vi.advanceTimersByTime(50_000)
  await isOver(here)
  expect(reads()).toBeGreaterThan(before)
})

it('leave them soon after the computer has slept, though its timers have slept, too', async () => {
  const here = await opened()
  vi.setSystemTime(Date.now() + LIFE)
  vi.advanceTimersByTime(20_000)
  await isOver(here)
})

it('are asked after until there is an answer, and then no more', async () => {
  const here = await opened()
  network.fate = (request) => (request === 'GET /me' ? 'request lost' : undefined)
  vi.setSystemTime(Date.now() + LIFE)
  vi.advanceTimersByTime(20_000)
  await here.see.findByRole('alert', {}, patient)
  network.fate = () => undefined
  vi.advanceTimersByTime(20_000)
  await isOver(here)
  expect(here.see.queryByRole('alert')).toBeNull()
  const before = reads()
  vi.advanceTimersByTime(10 * 60_000)
  expect(reads()).toBe(before)
})

it('take points along that run out by themselves', async () => {
  await page.shop.grant(member, 300, { expiresAt: new Date(Date.now() + LIFE).toISOString() })
  const { balance } = await page.open(member)
  expect(balance()).toBe('2,300')
  vi.advanceTimersByTime(LIFE - 30_000)
  expect(balance()).toBe('2,300')
  vi.advanceTimersByTime(50_000)
  await waitFor(() => expect(balance()).toBe('2,000'), patient)
})

it('are not asked after once the widget is gone', async () => {
  const here = await opened()
  const heard = vi.fn()
  addEventListener('muse:error', heard)
  here.muse.remove()
  const before = reads()
  vi.setSystemTime(Date.now() + LIFE)
  vi.advanceTimersByTime(60_000)
  await new Promise((resolve) => setTimeout(resolve, 50))
  removeEventListener('muse:error', heard)
  expect(reads()).toBe(before)
  expect(heard).not.toHaveBeenCalled()
})
