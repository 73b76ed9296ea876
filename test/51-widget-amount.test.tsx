// @vitest-environment node
// The amount a shopper redeems: a number and a slider in step, stopped by the program, the balance and the cart.
import { waitFor } from '@testing-library/preact'
import { beforeEach, expect, it } from 'vitest'
import { amountForm, onePage, type } from './50-page.ts'

const page = onePage()
const { network } = page

let member: string
beforeEach(async () => {
  member = await page.somebody(5240)
})

const slide = (slider: HTMLInputElement, value: string) => {
  slider.value = value
  slider.dispatchEvent(new Event('input', { bubbles: true }))
}

it('is a number and a slider in step', async () => {
  const here = await page.open(member)
  const { number, slider } = await amountForm(here)
  await type(here, number, '1234')
  expect(slider.value).toBe('1234')
  slide(slider, '777')
  await waitFor(() => expect(number.value).toBe('777'))
  expect(here.root.querySelector('output')?.textContent).toBe('¥777 off')
})

it('is chosen with one press, too', async () => {
  const here = await page.open(member)
  const { number, slider } = await amountForm(here)
  await here.user.click(here.see.getByRole('button', { name: '500' }))
  expect([number.value, slider.value]).toEqual(['500', '500'])
})

it.each([
  ['what the program allows at once', 5240, undefined, '5000'],
  ['the balance', 320, undefined, '320'],
  ['the cart', 5240, '1980', '1980'],
  ['the balance, when the cart comes to more', 320, '1980', '320'],
  ['nothing more, when the cart makes no sense', 5240, '-5', '5000'],
  ['nothing more, when the page leaves its total empty', 5240, '', '5000'],
])('stops at %s', async (_, points, cartTotal, most) => {
  const shopper = `${member}-${points}`
  await page.shop.grant(shopper, points)
  const here = await page.open(shopper, cartTotal === undefined ? {} : { 'data-cart-total': cartTotal })
  const { number, slider } = await amountForm(here)
  await type(here, number, '9999')
  expect([number.value, number.max, slider.value, slider.max]).toEqual([most, most, most, most])
})

it('is none in an empty cart, and the program’s again once there is no cart', async () => {
  const { see, muse } = await page.open(member, { 'data-cart-total': '0' })
  const redeem = see.getByRole<HTMLButtonElement>('button', { name: 'Redeem' })
  expect(redeem.disabled).toBe(true)
  expect(see.getByText('Your cart comes to ¥0; coupons start at 1 point.')).toBeTruthy()
  muse.setCart({})
  await waitFor(() => expect(redeem.disabled).toBe(false))
  muse.setCart({ total: 0 })
  await waitFor(() => expect(redeem.disabled).toBe(true))
})

it('comes down with the cart while it is open', async () => {
  const here = await page.open(member)
  const { number, slider } = await amountForm(here)
  await type(here, number, '4000')
  here.muse.setCart({ total: 1500 })
  await waitFor(() => expect([number.value, slider.value, slider.max]).toEqual(['1500', '1500', '1500']))
  expect(here.see.getByText('Your cart comes to ¥1,500, so the coupon stops there.')).toBeTruthy()
})

it.each(['', '0', '-5', '1.5'])('of %j is not sent', async (value) => {
  const here = await page.open(member)
  const { number, confirm } = await amountForm(here)
  await type(here, number, value)
  await here.user.click(confirm)
  expect(here.see.getByText('Enter 1 to 5,000.')).toBeTruthy()
  expect(number.getAttribute('aria-invalid')).toBe('true')
  expect(network.sent.filter((request) => request.startsWith('POST'))).toEqual([])
})

it('is not asked for where there is nothing to redeem', async () => {
  const here = await page.open(`${member}-poor`)
  expect(here.see.getByRole<HTMLButtonElement>('button', { name: 'Redeem' }).disabled).toBe(true)
  expect(here.see.getByText('Coupons start at 1 point.')).toBeTruthy()
})

it('says how there will be points where there are too few, and none are in a coupon', async () => {
  const here = await page.open(`${member}-newcomer`)
  expect(here.see.getByText('Every order gives 1% back in points.')).toBeTruthy()
  here.muse.identify(await page.shop.token(await page.somebody(300)))
  await here.see.findByText('300')
  expect(here.see.queryByText(/Every order gives/)).toBeNull()
})

it('promises nothing for orders where the shop gives none of their price', async () => {
  await page.shop.newProgram({ earning: { purchase: { percent: 0 } } })
  const here = await page.open(`${member}-newcomer`)
  expect(here.see.getByText('Coupons start at 1 point.')).toBeTruthy()
  expect(here.see.queryByText(/Every order/)).toBeNull()
  await page.shop.newProgram({})
})

it('stops at new limits once it was refused by them, and says them; and after refresh()', async () => {
  const here = await page.open(member)
  const { number, confirm } = await amountForm(here)
  await type(here, number, '2000')
  await page.shop.newProgram({ redeeming: { coupon: { max: 1000 } } })
  await here.user.click(confirm)
  await here.see.findByText('This many points cannot be redeemed. Please choose another amount.')
  await here.see.findByText('Enter 1 to 1,000.')
  await waitFor(() => expect([number.max, number.value]).toEqual(['1000', '1000']))
  await page.shop.newProgram({ redeeming: { coupon: { max: 800 } } })
  await here.muse.refresh()
  await waitFor(() => expect([number.max, number.value]).toEqual(['800', '800']))
  await here.user.click(confirm)
  await here.see.findByRole('button', { name: 'Copy' })
  expect((await page.shop.member(member).wallet()).coupons.map(({ points }: { points: number }) => points)).toEqual([800])
  await page.shop.newProgram({})
})

it('names the cart as the reason where the cart is it, and the balance where that is', async () => {
  await page.shop.newProgram({ redeeming: { coupon: { min: 500 } } })
  const here = await page.open(member, { 'data-cart-total': '450' })
  expect(here.see.getByText('Your cart comes to ¥450; coupons start at 500 points.')).toBeTruthy()
  expect(here.see.queryByText('Coupons start at 500 points.')).toBeNull()
  here.muse.identify(await page.shop.token(await page.somebody(480)))
  await here.see.findByText('Coupons start at 500 points.')
  await page.shop.newProgram({})
})
