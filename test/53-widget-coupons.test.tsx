// @vitest-environment node
// The coupons a member has: copying a code, taking one back, and what became of the others.
import { waitFor } from '@testing-library/preact'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { amountForm, onePage } from './50-page.ts'

const page = onePage()
const { network } = page

let member: string
beforeEach(async () => {
  member = await page.somebody(2000)
})
const redeem = async (points: number): Promise<string> => (await page.shop.member(member).redeem(points)).body.coupon.code

describe('copying', () => {
  it('puts the code on the clipboard and says so', async () => {
    const code = await redeem(500)
    const here = await page.open(member)
    const heard = vi.fn()
    here.muse.on('copy', heard)
    const copy = here.see.getByRole('button', { name: 'Copy' })
    expect(here.root.getElementById(copy.getAttribute('aria-describedby') ?? '')?.textContent).toBe(code.match(/.{4}/g)?.join('-'))
    await here.user.click(copy)
    await waitFor(() => expect(here.see.getByRole('status').textContent).toBe('Copied'))
    expect(await navigator.clipboard.readText()).toBe(code)
    expect(heard).toHaveBeenCalledWith({ code })
  })

  it('is over once it is done: the coupon can be copied again, and taken back', async () => {
    await redeem(500)
    const here = await page.open(member)
    await here.user.click(here.see.getByRole('button', { name: 'Copy' }))
    await waitFor(() => expect(here.see.getByRole('status').textContent).toBe('Copied'))
    await navigator.clipboard.writeText('')
    await here.user.click(here.see.getByRole('button', { name: 'Copy' }))
    await waitFor(async () => expect(await navigator.clipboard.readText()).not.toBe(''))
    await here.user.click(here.see.getByRole('button', { name: 'Take back' }))
    await waitFor(() => expect(here.balance()).toBe('2,000'))
  })

  it('waits for nothing, also not for a redeem that is under way', async () => {
    const code = await redeem(500)
    let answer = () => {}
    network.fate = (request) => (request.startsWith('POST') ? new Promise((resolve) => (answer = () => resolve(undefined))) : undefined)
    const here = await page.open(member)
    const { confirm } = await amountForm(here)
    await here.user.click(confirm)
    await waitFor(() => expect(network.sent).toContain('POST /me/coupons'))
    await here.user.click(here.see.getByRole('button', { name: 'Copy' }))
    await waitFor(() => expect(here.root.querySelector('p[role=status]')?.textContent).toBe('Copied'))
    expect(await navigator.clipboard.readText()).toBe(code)
    expect(confirm.closest('form')?.getAttribute('aria-busy')).toBe('true')
    answer()
    await waitFor(() => expect(here.see.getAllByRole('button', { name: 'Copy' })).toHaveLength(2))
    expect(network.keys).toHaveLength(1)
  })

  it('that the page forbids is explained', async () => {
    await redeem(500)
    const here = await page.open(member)
    vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new DOMException('denied', 'NotAllowedError'))
    await here.user.click(here.see.getByRole('button', { name: 'Copy' }))
    await here.see.findByText('Copying is blocked here. Please select the code and copy it by hand.')
    vi.restoreAllMocks()
  })
})

it('what became of a copy is said until one turns to something else', async () => {
  await redeem(500)
  const here = await page.open(member)
  const turn = async () => {
    await here.user.click(here.see.getByRole('button', { name: 'History' }))
    await here.user.click(here.see.getByRole('button', { name: 'Points' }))
    return here.see.findByRole('button', { name: 'Copy' })
  }
  await here.user.click(here.see.getByRole('button', { name: 'Copy' }))
  await waitFor(() => expect(here.root.querySelector('.copied')).toBeTruthy())
  expect((await turn()).className).toBe('plain')
  vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new DOMException('denied', 'NotAllowedError'))
  await here.user.click(here.see.getByRole('button', { name: 'Copy' }))
  await here.see.findByRole('alert')
  vi.restoreAllMocks()
  await turn()
  expect(here.see.queryByRole('alert')).toBeNull()
})

describe('taking back', () => {
  it('gives the points back, once, and says so', async () => {
    await redeem(500)
    const code = await redeem(300)
    const here = await page.open(member)
    const heard = vi.fn()
    here.muse.on('undo', heard)
    const [first] = here.see.getAllByRole('button', { name: 'Take back' })
    await here.user.dblClick(first!)
    await waitFor(() => expect(here.see.getAllByRole('button', { name: 'Take back' })).toHaveLength(1))
    expect(here.balance()).toBe('1,500')
    expect(here.see.getByRole('status').textContent).toBe('You have 300 points back. 1,500 points available.')
    expect(network.sent.filter((request) => request.startsWith('DELETE'))).toHaveLength(1)
    const wallet = await page.shop.member(member).wallet()
    expect(wallet.points).toMatchObject({ available: 1500, held: 500 })
    expect(heard).toHaveBeenCalledWith({ code, wallet })
    await waitFor(() => expect(here.root.activeElement?.textContent).toBe('Discount coupons'))
  })

  it('is busy while it is under way', async () => {
    await redeem(500)
    let answer = () => {}
    network.fate = (request) => (request.startsWith('DELETE') ? new Promise((resolve) => (answer = () => resolve(undefined))) : undefined)
    const here = await page.open(member)
    const button = here.see.getByRole('button', { name: 'Take back' })
    await here.user.click(button)
    await waitFor(() => expect(button.getAttribute('aria-disabled')).toBe('true'))
    expect(button.closest('li')?.getAttribute('aria-busy')).toBe('true')
    await waitFor(() => expect(network.sent).toContainEqual(expect.stringContaining('DELETE')))
    answer()
    await waitFor(() => expect(here.see.queryByRole('button', { name: 'Take back' })).toBeNull())
  })

  it('is done when only the answer was lost', async () => {
    await redeem(500)
    let losses = 1
    network.fate = (request) => (request.startsWith('DELETE') && losses-- > 0 ? 'answer lost' : undefined)
    const here = await page.open(member)
    await here.user.click(here.see.getByRole('button', { name: 'Take back' }))
    await waitFor(() => expect(here.balance()).toBe('2,000'), { timeout: 10_000 })
    expect(here.see.queryByRole('alert')).toBeNull()
  })

  it('of one that an order has used meanwhile is explained, and the list is put right', async () => {
    const code = await redeem(500)
    const here = await page.open(member)
    await page.shop.merchant('PUT', `/coupons/${code}/order`, { order: 'A1', lines: [{ id: '1', sku: 'dress', price: 900, quantity: 1 }] })
    await here.user.click(here.see.getByRole('button', { name: 'Take back' }))
    await here.see.findByText('Used')
    expect(here.see.getByRole('alert').textContent).toBe('This coupon was used or taken back, or has expired.')
    expect(here.see.queryByRole('button', { name: 'Copy' })).toBeNull()
  })
})

it('lists earlier coupons with what became of them', async () => {
  const returned = await redeem(100)
  await page.shop.member(member).delete(`/me/coupons/${returned}`)
  const used = await redeem(200)
  await page.shop.merchant('PUT', `/coupons/${used}/order`, { order: 'A1', lines: [{ id: '1', sku: 'dress', price: 900, quantity: 1 }] })
  const { see } = await page.open(member)
  expect(see.getByText('Earlier coupons')).toBeTruthy()
  const rows = see.getAllByRole('listitem', { hidden: true }).map((row) => row.textContent)
  expect(rows).toEqual([expect.stringMatching(/^¥200 off.*Used$/), expect.stringMatching(/^¥100 off.*Taken back$/)])
})
