// @vitest-environment node
// The coupons that a wallet has no room for: the way to them, below those it lists.
import { waitFor } from '@testing-library/preact'
import { beforeEach, describe, expect, it } from 'vitest'
import { onePage, type Page } from './50-page.ts'

const page = onePage()
const { network } = page
const patient = { timeout: 10_000 }

let member: string
beforeEach(async () => {
  member = await page.somebody(5000)
})

/** Makes so many coupons, of 1 point, of 2, and so on, and takes all of them back but those. */
async function made(count: number, but: number[] = []) {
  const codes: string[] = []
  for (let points = 1; points <= count; points++) codes.push((await page.shop.member(member).redeem(points)).body.coupon.code)
  for (const [index, code] of codes.entries()) if (!but.includes(index + 1)) await page.shop.member(member).delete(`/me/coupons/${code}`)
}

/** The panel with its earlier coupons in sight. */
async function earlier() {
  const here = await page.open(member)
  await here.user.click(here.see.getByText('Earlier coupons'))
  return here
}
const more = ({ see }: Page) => see.findByRole('button', { name: 'Show more' }, patient)
const worths = ({ root }: Page) => [...root.querySelectorAll('details li')].map((row) => Number(row.textContent?.match(/^¥(\d+)/)?.[1]))
const falling = (from: number, to: number) => Array.from({ length: from - to + 1 }, (_, index) => from - index)
const asked = () => network.sent.filter((request) => request === 'GET /me/coupons').length

describe('of somebody with more coupons than the wallet lists', () => {
  it('come a page at a time, and who asked reads on where they begin', async () => {
    await made(45)
    const here = await earlier()
    expect(worths(here)).toEqual(falling(45, 26))
    await here.user.click(await more(here))
    await waitFor(() => expect(worths(here)).toEqual(falling(45, 6)), patient)
    await waitFor(() => expect(here.root.activeElement?.textContent).toMatch(/^¥25 off.*Taken back$/))
    await here.user.click(await more(here))
    await waitFor(() => expect(worths(here)).toEqual(falling(45, 1)), patient)
    await waitFor(() => expect(here.root.activeElement?.textContent).toMatch(/^¥5 off/))
    expect(here.see.queryByRole('button', { name: 'Show more' })).toBeNull()
    // The latest twenty are the wallet's own, and asked for once to know where they end.
    expect(asked()).toBe(3)
  })

  it('are not told twice where an old one is open still, and pages of those alone are read past', async () => {
    await made(61, falling(40, 21))
    const here = await earlier()
    expect(here.see.getAllByRole('button', { name: 'Copy' })).toHaveLength(20)
    expect(worths(here)).toEqual(falling(61, 42))
    await here.user.click(await more(here))
    await waitFor(() => expect(worths(here)).toEqual([...falling(61, 42), 41]), patient)
    await here.user.click(await more(here))
    await waitFor(() => expect(worths(here)).toEqual([...falling(61, 41), ...falling(20, 2)]), patient)
  })

  it('say what went wrong with them below the button, which stays where it is, and asks again', async () => {
    await made(25)
    const here = await earlier()
    const button = await more(here)
    network.fate = (request) => (request === 'GET /me/coupons' ? 'request lost' : undefined)
    await here.user.click(button)
    const said = await here.see.findByRole('alert', {}, patient)
    expect(said.textContent).toBe('The shop could not be reached.\nPlease try again in a moment.')
    expect(said.previousElementSibling).toBe(button)
    expect(button.textContent).toBe('Try again')
    expect(here.root.activeElement).toBe(button)
    network.fate = () => undefined
    await here.user.click(button)
    await waitFor(() => expect(worths(here)).toEqual(falling(25, 1)), patient)
    expect(here.see.queryByRole('alert')).toBeNull()
  })

  it('show that they are asked for, and are not asked for twice', async () => {
    await made(25)
    const here = await earlier()
    const button = await more(here)
    let answer = () => {}
    network.fate = (request) => (request === 'GET /me/coupons' ? new Promise((resolve) => (answer = () => resolve(undefined))) : undefined)
    await here.user.dblClick(button)
    await waitFor(() => expect(button.getAttribute('aria-disabled')).toBe('true'))
    await waitFor(() => expect(asked()).toBe(1))
    network.fate = () => undefined
    answer()
    await waitFor(() => expect(worths(here)).toEqual(falling(25, 1)), patient)
    expect(asked()).toBe(2)
  })

  it('are read anew after a change, which may be of one of them', async () => {
    await made(25, [2])
    const here = await earlier()
    await here.user.click(await more(here))
    await waitFor(() => expect(worths(here)).toEqual([...falling(25, 3), 1]), patient)
    await here.user.click(here.see.getByRole('button', { name: 'Take back' }))
    await waitFor(() => expect(worths(here)).toEqual(falling(25, 6)), patient)
    await here.user.click(await more(here))
    await waitFor(() => expect(worths(here)).toEqual(falling(25, 1)), patient)
    expect(here.see.queryByText('Ready to use')).toBeNull()
    await here.muse.refresh()
    await waitFor(() => expect(worths(here)).toEqual(falling(25, 6)), patient)
  })
})

it('of somebody with exactly as many as the wallet lists: there are no more, and the way to them goes', async () => {
  await made(20)
  const here = await earlier()
  await here.user.click(await more(here))
  await waitFor(() => expect(here.see.queryByRole('button', { name: 'Show more' })).toBeNull(), patient)
  expect(worths(here)).toEqual(falling(20, 1))
})

it('of somebody with fewer have no way to what is not there', async () => {
  await made(19)
  const here = await earlier()
  await new Promise((done) => setTimeout(done, 100))
  expect(here.see.queryByRole('button', { name: 'Show more' })).toBeNull()
})

it('a coupon whose order was cancelled is not said to have been taken back', async () => {
  const { code } = (await page.shop.member(member).redeem(200)).body.coupon
  const order = { placedAt: new Date().toISOString(), lines: [{ id: '1', sku: 'dress', price: 900, quantity: 1 }], codes: [code] }
  await page.shop.merchant('PUT', `/coupons/${code}/order`, { order: 'A1', lines: order.lines })
  await page.shop.merchant('PUT', `/members/${member}/orders/A1`, { ...order, state: 'cancelled', updatedAt: order.placedAt })
  const { root } = await earlier()
  expect(root.querySelector('details li')?.textContent).toMatch(/^¥200 off.*Order cancelled$/)
})
