// @vitest-environment node
// A shopper turns points into a coupon: one click is one coupon, whatever becomes of the answer.
import { waitFor } from '@testing-library/preact'
import { HttpResponse, http } from 'msw'
import { beforeEach, expect, it, vi } from 'vitest'
import { amountForm, onePage, POINTS, type } from './50-page.ts'

const page = onePage()
const { network } = page
const patient = { timeout: 10_000 }

let member: string
beforeEach(async () => {
  member = await page.somebody(5240)
})
const coupons = async () => (await page.shop.member(member).wallet()).coupons.length

it('makes a coupon, takes its points, says so, and leads to the code', async () => {
  const here = await page.open(member)
  const heard = vi.fn()
  here.muse.on('redeem', heard)
  const { number, confirm } = await amountForm(here)
  await type(here, number, '500')
  await here.user.click(confirm)
  const copy = await here.see.findByRole('button', { name: 'Copy' })
  const wallet = await page.shop.member(member).wallet()
  expect(wallet.points).toMatchObject({ available: 4740, held: 500 })
  expect(here.balance()).toBe('4,740')
  expect(here.see.getByText('¥500 off')).toBeTruthy()
  expect(here.see.getByText(wallet.coupons[0].code.match(/.{4}/g).join('-'))).toBeTruthy()
  expect(here.see.getByRole('status').textContent).toBe('Your ¥500 coupon is ready. 4,740 points available.')
  await waitFor(() => expect(here.root.activeElement).toBe(copy))
  expect(here.see.getAllByRole('button', { name: 'Redeem' })).toHaveLength(1)
  expect(here.see.queryByRole('spinbutton')).toBeNull()
  expect(heard).toHaveBeenCalledWith({ coupon: expect.objectContaining({ value: 500, state: 'open' }), wallet })
})

it('is sent by Enter', async () => {
  const here = await page.open(member)
  const { number } = await amountForm(here)
  await type(here, number, '42{Enter}')
  await here.see.findByText('¥42 off')
})

it('is one, however often it is clicked', async () => {
  const here = await page.open(member)
  const { confirm } = await amountForm(here)
  await here.user.tripleClick(confirm)
  await here.see.findByRole('button', { name: 'Copy' })
  expect(await coupons()).toBe(1)
  expect(network.keys).toHaveLength(1)
})

it('is sent again with the same key when the answer is lost on the way', async () => {
  let losses = 2
  network.fate = (request) => (request.startsWith('POST') && losses-- > 0 ? 'answer lost' : undefined)
  const here = await page.open(member)
  await here.user.click((await amountForm(here)).confirm)
  await here.see.findByRole('button', { name: 'Copy' }, patient)
  expect(network.keys).toHaveLength(3)
  expect(new Set(network.keys).size).toBe(1)
  expect(await coupons()).toBe(1)
})

it('is asked about again, and changes nothing meanwhile, when no answer comes at all', async () => {
  let isCut = true
  network.fate = (request) => (isCut && request.startsWith('POST') ? 'answer lost' : undefined)
  const here = await page.open(member)
  const { number, confirm } = await amountForm(here)
  await type(here, number, '300')
  await here.user.click(confirm)
  await here.see.findByText('No answer came. Try again: you will not get two coupons.', {}, patient)
  expect(number.readOnly).toBe(true)
  isCut = false
  await here.user.click(here.see.getByRole('button', { name: 'Redeem' }))
  await here.see.findByText('¥300 off')
  expect(new Set(network.keys).size).toBe(1)
  expect(await coupons()).toBe(1)
  expect(localStorage.length).toBe(0)
})

const wallet = { points: { available: 0 }, coupons: [] }

it.each([[{}], [null], [[]], ['yes'], [{ coupon: {} }], [{ wallet: {} }], [{ wallet }]])(
  'is without an answer as long as all that comes is %j',
  async (nothing) => {
    const keys: (string | null)[] = []
    page.server.use(
      http.post(`${POINTS}/v1/shops/jej/me/coupons`, ({ request }) => {
        keys.push(request.headers.get('idempotency-key'))
        return keys.length === 1 ? HttpResponse.json(nothing) : undefined
      }),
    )
    const here = await page.open(member)
    const { number, confirm } = await amountForm(here)
    await type(here, number, '300')
    await here.user.click(confirm)
    await here.see.findByText('No answer came. Try again: you will not get two coupons.', {}, patient)
    expect([localStorage.length, here.balance()]).toEqual([2, '5,240'])
    await here.user.click(here.see.getByRole('button', { name: 'Redeem' }))
    await here.see.findByText('¥300 off')
    expect([keys.length, new Set(keys).size]).toEqual([2, 1])
    expect(await coupons()).toBe(1)
  },
)

it('that is asked for again shows the wallet of now, not that of its first answer', async () => {
  const here = await page.open(member)
  await here.user.click((await amountForm(here)).confirm)
  await here.see.findByRole('button', { name: 'Copy' })
  let isCut = true
  network.fate = (request) => (isCut && request.startsWith('POST') ? 'answer lost' : undefined)
  const { number, confirm } = await amountForm(here)
  await type(here, number, '300')
  await here.user.click(confirm)
  await here.see.findByText('No answer came. Try again: you will not get two coupons.', {}, patient)
  isCut = false
  await here.user.click(here.see.getByRole('button', { name: 'Take back' }))
  await waitFor(async () => expect((await page.shop.member(member).wallet()).points.available).toBe(4_940))
  await here.user.click(here.see.getByRole('button', { name: 'Redeem' }))
  await here.see.findByText('¥300 off')
  await waitFor(() => expect(here.balance()).toBe('4,940'))
})

it('works where nothing can be stored', async () => {
  const refuse = () => {
    throw new DOMException('denied', 'SecurityError')
  }
  vi.stubGlobal('localStorage', new Proxy({}, { get: refuse, set: refuse }))
  const here = await page.open(member)
  await here.user.click((await amountForm(here)).confirm)
  await here.see.findByRole('button', { name: 'Copy' })
  expect(await coupons()).toBe(1)
})

it('stores nothing before the shopper acts, and nothing after the answer', async () => {
  let stored = 0
  network.fate = (request) => {
    if (request.startsWith('POST')) stored = localStorage.length
    return undefined
  }
  const here = await page.open(member)
  const { confirm } = await amountForm(here)
  expect(localStorage.length).toBe(0)
  await here.user.click(confirm)
  await here.see.findByRole('button', { name: 'Copy' })
  // What was asked for, and a sign for the tag that there is such a thing.
  expect(stored).toBe(2)
  expect(localStorage.length).toBe(0)
})

it('stands, whatever was asked before it and answered after it', async () => {
  const here = await page.open(member)
  const late = Promise.withResolvers()
  network.fate = (request) => (request === 'GET /me' ? { until: late.promise } : undefined)
  const refreshed = here.muse.refresh()
  const { number, confirm } = await amountForm(here)
  await type(here, number, '500')
  await here.user.click(confirm)
  await here.see.findByRole('button', { name: 'Copy' })
  late.resolve(undefined)
  await refreshed
  expect(here.balance()).toBe('4,740')
  expect(here.see.getByRole('button', { name: 'Copy' })).toBeTruthy()
})

it('that the server is too busy for is said to be that, and is kept until it has its answer', async () => {
  const here = await page.open(member)
  const { confirm } = await amountForm(here)
  let isBusy = true
  page.server.use(
    http.post(`${POINTS}/v1/shops/jej/me/coupons`, ({ request }) => {
      if (!isBusy) return
      network.keys.push(request.headers.get('idempotency-key') ?? '')
      return HttpResponse.json({ code: 'too-many-requests' }, { status: 429, headers: { 'Retry-After': '0' } })
    }),
  )
  await here.user.click(confirm)
  await here.see.findByText('That was a little fast. Please wait a moment and try again.', {}, patient)
  expect(localStorage.length).toBe(2)
  isBusy = false
  await here.user.click(here.see.getByRole('button', { name: 'Redeem' }))
  await here.see.findByRole('button', { name: 'Copy' })
  expect(new Set(network.keys).size).toBe(1)
  expect(await coupons()).toBe(1)
})

it('is still under way after a refresh that comes before its answer', async () => {
  const answer = Promise.withResolvers()
  network.fate = (request) => (request.startsWith('POST') ? { until: answer.promise } : undefined)
  const here = await page.open(member)
  const { confirm } = await amountForm(here)
  await here.user.click(confirm)
  await waitFor(() => expect(network.keys).toHaveLength(1))
  await here.muse.refresh()
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(confirm.closest('form')?.getAttribute('aria-busy')).toBe('true')
  expect(network.keys).toHaveLength(1)
  answer.resolve(undefined)
  await here.see.findByRole('button', { name: 'Copy' })
  expect(await coupons()).toBe(1)
})

it('that the server refuses is explained, with the balance as it is now', async () => {
  const here = await page.open(member)
  const { number, confirm } = await amountForm(here)
  await type(here, number, '5000')
  await page.shop.member(member).redeem(4000)
  await here.user.click(confirm)
  await here.see.findByText('You do not have enough points for this.')
  await waitFor(() => expect(here.balance()).toBe('1,240'))
  expect(number.max).toBe('1240')
  expect(localStorage.length).toBe(0)
  expect(await coupons()).toBe(1)
})
