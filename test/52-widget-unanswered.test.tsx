// @vitest-environment node
// A redeem that never heard its answer: it is carried on, with its own key and for its own member, and for nobody else.
import { waitFor } from '@testing-library/preact'
import { beforeEach, expect, it, vi } from 'vitest'
import { amountForm, leave, onePage } from './50-page.ts'

const page = onePage()
const { network } = page
const patient = { timeout: 10_000 }

let member: string
beforeEach(async () => {
  member = await page.somebody(5240)
})
const coupons = async () => (await page.shop.member(member).wallet()).coupons.length

it('is carried on after a reload, once, and with the same key', async () => {
  network.fate = (request) => (request.startsWith('POST') ? 'answer lost' : undefined)
  const here = await page.open(member)
  await here.user.click((await amountForm(here)).confirm)
  await waitFor(() => expect(network.keys).toHaveLength(1))
  leave()
  network.fate = () => undefined
  const [key] = network.keys
  network.keys.length = 0
  const again = await page.visit(member)
  // Without a click: the shopper has already made theirs.
  await waitFor(() => expect(network.keys).toContain(key), patient)
  await waitFor(() => expect(localStorage.length).toBe(0))
  await again.user.click(again.see.getByRole('button', { name: 'JeJ Muse' }))
  expect(await again.see.findAllByRole('button', { name: 'Copy' })).toHaveLength(1)
  expect(new Set(network.keys)).toEqual(new Set([key]))
  expect(await coupons()).toBe(1)
})

it('is carried on after a reload that came before the server had heard of it', async () => {
  network.fate = (request) => (request.startsWith('POST') ? 'request lost' : undefined)
  const here = await page.open(member)
  await here.user.click((await amountForm(here)).confirm)
  await waitFor(() => expect(network.keys).toHaveLength(1))
  leave()
  expect(await coupons()).toBe(0)
  network.fate = () => undefined
  await page.visit(member)
  await waitFor(async () => expect(await coupons()).toBe(1), patient)
})

it("is never carried on in another member's name", async () => {
  network.fate = (request) => (request.startsWith('POST') ? 'request lost' : undefined)
  const here = await page.open(member)
  await here.user.click((await amountForm(here)).confirm)
  await waitFor(() => expect(network.keys).toHaveLength(1))
  leave()
  network.fate = () => undefined
  network.keys.length = 0
  await page.shop.grant(`${member}-other`, 5000)
  const other = await page.open(`${member}-other`)
  await other.user.click(other.see.getByRole('button', { name: 'History' }))
  await other.see.findByText('gift')
  expect(network.keys).toEqual([])
  // Nor is it lost to the one who asked.
  other.muse.identify(await page.shop.token(member))
  await waitFor(async () => expect(await coupons()).toBe(1), patient)
})

it('is nobody else’s, who has signed in while it waited for its turn among the tabs', async () => {
  const turn = Promise.withResolvers<void>()
  const asked = vi.fn()
  const request = async (_: string, __: object, run: (lock: object) => Promise<void>) => {
    asked()
    await turn.promise
    return run({})
  }
  Object.defineProperty(navigator, 'locks', { value: { request }, configurable: true })
  const here = await page.open(member)
  const { confirm } = await amountForm(here)
  await here.user.click(confirm)
  await waitFor(() => expect(asked).toHaveBeenCalledOnce())
  await page.shop.grant(`${member}-next`, 700)
  here.muse.identify(await page.shop.token(`${member}-next`))
  await waitFor(() => expect(here.balance()).toBe('700'))
  turn.resolve()
  await here.see.findByRole('button', { name: 'Redeem' })
  const { number } = await amountForm(here)
  Reflect.deleteProperty(navigator, 'locks')
  expect(number.readOnly).toBe(false)
  expect(here.see.queryByRole('alert')).toBeNull()
  expect(network.keys).toEqual([])
  // It is kept for the one who asked.
  expect(localStorage.length).toBe(2)
})

const stored = (place: string, intent: object) => {
  localStorage.setItem('muse', '1')
  localStorage.setItem(place, JSON.stringify(intent))
}

it.each([
  ["another member's", { member: 'somebody-else' }],
  ["another shop's", { shop: 'other' }],
])('is not carried on, but kept, when it is %s', async (_, whose) => {
  const key = 'a-key-of-another'
  stored(`muse:${key}`, { key, points: 100, shop: 'jej', member, at: Date.now(), ...whose })
  const here = await page.open(member)
  await here.user.click(here.see.getByRole('button', { name: 'History' }))
  await here.see.findByText('gift')
  expect(network.keys).toEqual([])
  expect(localStorage.length).toBe(2)
})

it.each([
  ['a day old', { at: Date.now() - 25 * 60 * 60 * 1000 }],
  ['no whole number', { points: 1.5 }],
  ['without a key', { key: undefined }],
  ['in the place of another', { key: 'another' }],
  ['nothing', null],
])('is not carried on when what was stored is %s', async (_, wrong) => {
  const key = 'a-key-of-old'
  stored(`muse:${key}`, wrong ? { key, points: 100, shop: 'jej', member, at: Date.now(), ...wrong } : (wrong as unknown as object))
  const here = await page.open(member)
  await here.user.click(here.see.getByRole('button', { name: 'History' }))
  await here.see.findByText('gift')
  expect(network.keys).toEqual([])
  expect(localStorage.length).toBe(0)
})

it('of several tabs that were closed are all carried on', async () => {
  for (const points of [100, 200]) {
    const key = `${member}-${points}`
    stored(`muse:${key}`, { key, points, shop: 'jej', member, at: Date.now() })
  }
  await page.visit(member)
  await waitFor(() => expect(localStorage.length).toBe(0), patient)
  expect(new Set(network.keys)).toEqual(new Set([`${member}-100`, `${member}-200`]))
  expect(await coupons()).toBe(2)
})

it('of before that has no answer again is asked for by the next press, and no other', async () => {
  const key = `${member}-before`
  stored(`muse:${key}`, { key, points: 300, shop: 'jej', member, at: Date.now() })
  let isCut = true
  network.fate = (request) => (isCut && request.startsWith('POST') ? 'answer lost' : undefined)
  const here = await page.open(member)
  await here.see.findByText('No answer came. Try again: you will not get two coupons.', {}, patient)
  isCut = false
  await here.user.click(here.see.getByRole('button', { name: 'Redeem' }))
  await here.see.findByText('¥300 off')
  expect(new Set(network.keys)).toEqual(new Set([key]))
  expect(await coupons()).toBe(1)
})

it.each([
  ['is taken away where it signs for nothing', '1', null],
  ['is left to a page that uses that place itself', 'the page’s', 'the page’s'],
])('the sign that something is without an answer %s', async (_, sign, left) => {
  localStorage.setItem('muse', sign)
  const here = await page.open(member)
  await here.user.click(here.see.getByRole('button', { name: 'History' }))
  await here.see.findByText('gift')
  expect(localStorage.getItem('muse')).toBe(left)
})
