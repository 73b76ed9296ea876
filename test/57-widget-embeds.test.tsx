// @vitest-environment node
// The elements a merchant puts into the page: each alive where it stands, all with the panel's one wallet.
import { readFileSync } from 'node:fs'
import { waitFor, within } from '@testing-library/preact'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { onePage } from './50-page.ts'

const sellers = {
  percent: 2,
  from: '2020-01-01T00:00:00+09:00',
  until: '2100-01-01T00:00:00+09:00',
  badge: { label: '2% points', businessDays: 0 },
}
const page = onePage({
  program: {
    earning: { purchase: { percent: 1, exclude: { tags: ['early-bird'] } }, photo: { points: 10 } },
    sellers,
    texts: { en: { couponsNone: 'Nothing held yet.' } },
  },
})
const { network } = page

let member: string
beforeEach(async () => {
  member = await page.somebody(2000)
})
afterEach(() => {
  document.body.innerHTML = ''
})

/** Puts elements into the page, as the merchant's own page has them. */
function put(...elements: string[]) {
  document.body.innerHTML = elements.join('')
  return [...document.body.children] as HTMLElement[]
}
const see = (element: HTMLElement | undefined) => within(element!.shadowRoot as unknown as HTMLElement)
const alive = (element: HTMLElement | undefined) =>
  waitFor(() => expect(element?.shadowRoot?.querySelector('.embed')).toBeTruthy(), { timeout: 5000 })
const asked = (request: string) => network.sent.filter((sent) => sent === request)

describe('J13 · the Point & Reward page', () => {
  it('J13 · redeems, shows the coupon and takes it back, inline and without a reload', async () => {
    const [element] = put('<muse-page><p>Sign in to see your points</p></muse-page>')
    const { user } = await page.visit(member)
    await alive(element)
    const inline = see(element)
    expect(await inline.findByRole('heading', { name: 'Discount coupons' })).toBeTruthy()
    await user.click(inline.getByRole('button', { name: 'Redeem' }))
    await user.tripleClick(await inline.findByRole('spinbutton', { name: 'Points to redeem' }))
    await user.keyboard('{Backspace}700')
    expect(inline.getByRole<HTMLInputElement>('slider', { name: 'Points to redeem' }).value).toBe('700')
    await user.click(inline.getByRole('button', { name: 'Redeem' }))
    await inline.findByRole('button', { name: 'Copy' })
    expect(element?.shadowRoot?.querySelector('.figure b')?.textContent).toBe('1,300')
    const { coupons, points } = await page.shop.member(member).wallet()
    expect([coupons.length, coupons[0].points, points.available]).toEqual([1, 700, 1300])
    await user.click(inline.getByRole('button', { name: 'Take back' }))
    await waitFor(() => expect(inline.queryByRole('button', { name: 'Take back' })).toBeNull())
    expect((await page.shop.member(member).wallet()).points.available).toBe(2000)
  })

  it('J13 · has said what was done when the history is read anew', async () => {
    const [element] = put('<muse-page></muse-page>')
    const { user } = await page.visit(member)
    await alive(element)
    const inline = see(element)
    await user.click(await inline.findByRole('button', { name: 'Redeem' }))
    await user.click(await inline.findByRole('button', { name: 'Redeem' }))
    await inline.findByText('Made into a coupon')
    const said = element!.shadowRoot!.querySelector('p[role=status]')
    expect(said?.textContent).toBe('Your ¥1,000 coupon is ready. 1,000 points available.')
    await user.click(inline.getByRole('button', { name: 'Take back' }))
    await inline.findByText('Coupon taken back')
    expect(said?.textContent).toBe('You have 1,000 points back. 2,000 points available.')
  })

  it('J13 · is the same exchange as the panel’s: what one does, all show at once', async () => {
    const [element, cart] = put('<muse-page></muse-page>', '<muse-coupons></muse-coupons>')
    const here = await page.open(member)
    await alive(element)
    await alive(cart)
    await see(element).findByText('2,000')
    await here.user.click(here.see.getByRole('button', { name: 'Redeem' }))
    await here.user.click(await here.see.findByRole('button', { name: 'Redeem' }))
    await here.see.findByRole('button', { name: 'Copy' })
    const [{ code }] = (await page.shop.member(member).wallet()).coupons
    const shown = code.match(/.{4}/g)?.join('-')
    for (const where of [see(element), see(cart), here.see]) expect(where.getByText(shown, { selector: 'code' })).toBeTruthy()
    expect(element?.shadowRoot?.querySelector('.figure b')?.textContent).toBe('1,000')
    // The ticket that is new is the panel's own, and so is the focus.
    await waitFor(() => expect(here.root.activeElement?.textContent).toBe('Copy'))
    expect(element?.shadowRoot?.querySelector('[data-new="true"]')).toBeNull()
    await here.user.click(see(cart).getByRole('button', { name: 'Take back' }))
    await waitFor(() => expect(here.balance()).toBe('2,000'))
    for (const where of [see(element), see(cart), here.see]) expect(where.queryByRole('button', { name: 'Take back' })).toBeNull()
    expect(asked('POST /me/coupons')).toHaveLength(1)
    expect(asked('GET /me').length).toBeLessThanOrEqual(2)
  })

  it('J13 · tells a guest how to join, and knows who has signed in since', async () => {
    const [element] = put('<muse-page></muse-page>')
    const { muse } = await page.visit(undefined)
    await alive(element)
    await see(element).findByRole('heading', { name: 'Points with every order' })
    muse.identify(await page.shop.token(member))
    await see(element).findByRole('heading', { name: 'Discount coupons' })
    muse.logout()
    await see(element).findByRole('heading', { name: 'Points with every order' })
  })

  it('J13 · speaks Japanese', async () => {
    const [element] = put('<muse-page></muse-page>')
    await page.visit(member, { 'data-locale': 'ja' })
    await alive(element)
    expect(await see(element).findByRole('heading', { name: '割引クーポン' })).toBeTruthy()
    expect(await see(element).findByText('写真の投稿')).toBeTruthy()
  })
})

describe('J17 · the codes in the cart', () => {
  it('J17 · shows each held code with a button that copies it', async () => {
    const code: string = (await page.shop.member(member).redeem(500)).body.coupon.code
    const [element] = put('<muse-coupons></muse-coupons>')
    const { user, muse } = await page.visit(member)
    await alive(element)
    const heard = vi.fn()
    muse.on('copy', heard)
    const copy = await see(element).findByRole('button', { name: 'Copy' })
    expect(see(element).getByText(code.match(/.{4}/g)!.join('-'))).toBeTruthy()
    await user.click(copy)
    await waitFor(() => expect(heard).toHaveBeenCalledWith({ code }))
    expect(await navigator.clipboard.readText()).toBe(code)
    expect(see(element).getByRole('status').textContent).toBe('Copied')
  })

  it('J17 · says so in the merchant’s own words where there is none, and gives a guest the page’s own words', async () => {
    const [element] = put('<muse-coupons><p>Members pay with points</p></muse-coupons>')
    const { muse } = await page.visit(member)
    await alive(element)
    expect(await see(element).findByText('Nothing held yet.')).toBeTruthy()
    muse.logout()
    await waitFor(() => expect(element?.shadowRoot?.querySelector('slot')).toBeTruthy())
  })
})

it('A11 · a seller’s badge stands beside its product, all of a page in one request', async () => {
  await page.shop.merchant('PUT', '/sellers/s1', { name: 'One', joinedAt: '2021-01-01T00:00:00+09:00' })
  await page.shop.merchant('PUT', '/products/mug', { title: 'Mug', price: 1000, seller: 's1', condition: 'new', buyBox: true })
  await page.shop.merchant('PUT', '/products/cup', { title: 'Cup', price: 1000 })
  const elements = put(
    '<muse-badge sku="mug"></muse-badge>',
    '<muse-badge sku="cup"></muse-badge>',
    '<muse-badge sku="none">New</muse-badge>',
  )
  await page.visit(undefined)
  await alive(elements[0])
  expect(elements[0]?.shadowRoot?.textContent).toBe('2% points')
  await alive(elements[1])
  expect(elements[1]?.shadowRoot?.textContent).toBe('')
  expect(elements[2]?.shadowRoot).toBeNull()
  expect(asked('GET /badges')).toHaveLength(1)
})

describe('an element', () => {
  it('is fetched for only where it is used, also when it comes later', async () => {
    const { muse } = await page.visit(undefined)
    await muse.ready
    expect(network.sent).toEqual(['GET /program'])
    await muse.refresh()
    const [element] = put('<muse-points price="10000"></muse-points>')
    await alive(element)
    expect(element?.shadowRoot?.textContent).toBe('Earn 100 points')
  })

  it('comes alive once the program is there: asked for again at once, and by refresh()', async () => {
    let lost = 2
    network.fate = (request) => (request === 'GET /program' && lost-- > 0 ? 'request lost' : undefined)
    const [points, whole] = put('<muse-points price="10000"></muse-points>', '<muse-page></muse-page>')
    const { muse } = await page.visit(member)
    await waitFor(() => expect(asked('GET /program')).toHaveLength(2), { timeout: 5000 })
    expect(points?.shadowRoot).toBeNull()
    await waitFor(async () => {
      await muse.refresh()
      expect(see(points).getByText('Earn 100 points')).toBeTruthy()
    })
    await alive(whole)
    expect(asked('GET /program').length).toBeGreaterThan(2)
  })

  it('needs no more than the page to find out that the program came at the second try', async () => {
    let lost = 1
    network.fate = (request) => (request === 'GET /program' && lost-- > 0 ? 'request lost' : undefined)
    const [points] = put('<muse-points price="10000"></muse-points>')
    await page.visit(undefined)
    await alive(points)
    await see(points).findByText('Earn 100 points')
  })

  it('stays what it is when the line comes back', async () => {
    const [element] = put('<muse-page></muse-page>')
    await page.visit(member)
    await alive(element)
    const made = element?.shadowRoot?.querySelector('.embed')
    dispatchEvent(new Event('online'))
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(element?.shadowRoot?.querySelector('.embed')).toBe(made)
  })

  it.each([
    ['light', 'light'],
    ['dark', 'dark'],
    ['auto', ''],
  ])('is as light or as dark as the page where the tag says nothing else: %s', async (scheme, worn) => {
    const [element] = put('<muse-page></muse-page>')
    await page.visit(member, { 'data-scheme': scheme })
    await alive(element)
    expect(element?.shadowRoot?.querySelector<HTMLElement>('.embed')?.style.colorScheme).toBe(worn)
  })

  it('follows the theme as long as it is in the page, and no longer', async () => {
    const [element] = put('<muse-points price="10000"></muse-points>')
    const { host } = await page.visit(undefined)
    await alive(element)
    const dressed = vi.spyOn(CSSStyleSheet.prototype, 'replaceSync')
    host.style.setProperty('--muse-accent', 'teal')
    await waitFor(() => expect(dressed).toHaveBeenCalledWith(':host{--muse-accent:teal}'))
    element?.remove()
    dressed.mockClear()
    host.style.setProperty('--muse-accent', 'navy')
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(dressed).not.toHaveBeenCalled()
    dressed.mockRestore()
  })

  it('is the page’s own again when the widget is removed', async () => {
    const [element] = put('<muse-page><p>Sign in to see your points</p></muse-page>')
    const { muse } = await page.visit(member)
    await alive(element)
    await see(element).findByText('2,000')
    muse.remove()
    expect(element?.shadowRoot?.innerHTML).toBe('<slot></slot>')
    expect(element?.shadowRoot?.adoptedStyleSheets).toEqual([])
  })
})

it('the field of the checkout has its tokens from the designer’s file', () => {
  const read = (name: string) =>
    readFileSync(new URL(`../widget/theme/${name}.css`, import.meta.url), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '')
  const values = (sheet: string) => [...sheet.matchAll(/(--muse-[\w-]+):\s*([^;]+);/g)].map(([, name, value]) => `${name}: ${value}`)
  const [tokens, field] = [read('tokens'), read('field')]
  expect(values(field).filter((value) => !values(tokens).includes(value))).toEqual([])
  const used = [...field.matchAll(/var\((--muse-[\w-]+)/g)].map(([, name]) => name)
  expect(used.filter((name) => name !== '--muse-part' && !field.includes(`${name}: `))).toEqual([])
})
