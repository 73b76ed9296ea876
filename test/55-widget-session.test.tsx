// @vitest-environment node
// Who is signed in: the token and its renewal, and pages on which members come and go without a reload.
import { waitFor } from '@testing-library/preact'
import { HttpResponse, http } from 'msw'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { amountForm, onePage, POINTS } from './50-page.ts'

const page = onePage()
const { network } = page
const tokenUrl = 'https://shop.example/token'

let member: string
beforeEach(async () => {
  member = await page.somebody(1000)
})

describe('a storefront that answers for tokens', () => {
  const storefront = (...answers: (string | null)[]) => {
    const asked = vi.fn()
    page.server.use(
      http.get(tokenUrl, () => {
        const token = answers[Math.min(asked.mock.calls.length, answers.length - 1)]
        asked()
        return token ? HttpResponse.json({ token }) : new HttpResponse(null, { status: 204 })
      }),
    )
    return asked
  }

  it('is asked first', async () => {
    const asked = storefront(await page.shop.token(member))
    const { balance } = await page.open(undefined, { 'data-token-url': tokenUrl })
    expect(balance()).toBe('1,000')
    expect(asked).toHaveBeenCalledOnce()
  })

  it('may say that it is a guest', async () => {
    storefront(null)
    const { see } = await page.open(undefined, { 'data-token-url': tokenUrl })
    expect(see.getByRole('heading', { name: 'Points with every order' })).toBeTruthy()
    expect(network.sent).toEqual(['GET /program'])
  })

  it.each([{}, { token: null }, { token: '' }])('may say so with %j, too', async (nobody) => {
    const asked = vi.fn(() => HttpResponse.json(nobody))
    page.server.use(http.get(tokenUrl, asked))
    const { see } = await page.open(undefined, { 'data-token-url': tokenUrl })
    expect(see.getByRole('heading', { name: 'Points with every order' })).toBeTruthy()
    expect(asked).toHaveBeenCalledOnce()
  })

  it('is asked again before the token ends', async () => {
    const now = Math.floor(Date.now() / 1000)
    const ending = await page.shop.token(member, { iat: now - 3500, exp: now + 62 })
    const asked = storefront(ending, await page.shop.token(member))
    await page.open(undefined, { 'data-token-url': tokenUrl })
    expect(asked).toHaveBeenCalledTimes(1)
    await waitFor(() => expect(asked).toHaveBeenCalledTimes(2), { timeout: 10_000 })
  })

  it('is left alone for half the life of a token that does not live long', async () => {
    const now = Math.floor(Date.now() / 1000)
    const asked = storefront(await page.shop.token(member, { iat: now, exp: now + 60 }))
    const { muse } = await page.open(undefined, { 'data-token-url': tokenUrl })
    const shift = vi.spyOn(Date, 'now')
    for (const [seconds, times] of [
      [20, 1],
      [33, 2],
      [50, 2],
      [66, 3],
    ] as const) {
      shift.mockReturnValue((now + seconds) * 1000)
      await muse.refresh()
      expect([seconds, asked.mock.calls.length]).toEqual([seconds, times])
    }
    vi.restoreAllMocks()
  })

  describe('that is out of order', () => {
    const broken = {
      'says 500': () => HttpResponse.json({ error: 'boom' }, { status: 500 }),
      'says 404': () => new HttpResponse('<h1>Not here</h1>', { status: 404 }),
      'writes no JSON': () => new HttpResponse('<h1>Welcome</h1>'),
      'drops the connection': () => HttpResponse.error(),
    }
    const outOfOrder = (answer: () => Response = broken['says 500']) => page.server.use(http.get(tokenUrl, answer))
    const listen = async (attributes: Record<string, string> = {}) => {
      const told = vi.fn()
      const heard = ({ detail }: Event & { detail?: unknown }) => told(detail)
      addEventListener('muse:error', heard)
      const here = await page.visit(undefined, { 'data-token-url': tokenUrl, ...attributes })
      await waitFor(() => expect(told).toHaveBeenCalledWith({ at: 'token', code: 'storefront-unavailable' }))
      removeEventListener('muse:error', heard)
      return here
    }

    it.each(Object.entries(broken))('and %s makes nobody a guest: it is asked again when the panel opens', async (_, answer) => {
      outOfOrder(answer)
      const here = await listen()
      await here.muse.open()
      await here.see.findByText('The shop could not be reached. Please try again in a moment.')
      expect(here.see.queryByRole('heading', { name: 'Points with every order' })).toBeNull()
      here.muse.close()
      storefront(await page.shop.token(member))
      await here.muse.open()
      await waitFor(() => expect(here.balance()).toBe('1,000'))
    })

    it('is asked again by refresh(), without a panel', async () => {
      outOfOrder()
      const here = await listen()
      storefront(await page.shop.token(member))
      await here.muse.refresh()
      expect(here.says()).toBe('1,000 pt')
    })

    it('leaves it to the tag’s own token', async () => {
      outOfOrder()
      const here = await listen({ 'data-token': await page.shop.token(member) })
      await waitFor(() => expect(here.says()).toBe('1,000 pt'))
    })

    it('takes nothing away that is shown', async () => {
      const now = Math.floor(Date.now() / 1000)
      storefront(await page.shop.token(member, { iat: now, exp: now + 3600 }))
      const here = await page.open(undefined, { 'data-token-url': tokenUrl })
      outOfOrder()
      vi.spyOn(Date, 'now').mockReturnValue((now + 3570) * 1000)
      await here.muse.refresh()
      expect(here.balance()).toBe('1,000')
      page.server.use(http.get(`${POINTS}/v1/shops/jej/me`, () => HttpResponse.json({ code: 'unauthenticated' }, { status: 401 })))
      await here.muse.refresh()
      vi.restoreAllMocks()
      expect(here.balance()).toBe('1,000')
      expect(here.says()).toBe('1,000 pt')
      expect(here.see.getByRole('alert').textContent).toBe('The shop could not be reached.\nPlease try again in a moment.')
    })
  })

  it('is asked again by who comes back to a page that has slept', async () => {
    const asked = storefront(await page.shop.token(member))
    const { muse } = await page.open(undefined, { 'data-token-url': tokenUrl })
    const now = Date.now()
    vi.spyOn(Date, 'now').mockReturnValue(now + 59.5 * 60_000)
    await muse.refresh()
    vi.restoreAllMocks()
    expect(asked).toHaveBeenCalledTimes(2)
  })

  /** The next redeem is refused once, as when the merchant has changed the signing key. */
  const refuseOnce = () => {
    let refusals = 1
    const redeems = `${POINTS}/v1/shops/jej/me/coupons`
    page.server.use(
      http.post(redeems, ({ request }) => {
        if (refusals-- <= 0) return undefined
        network.keys.push(request.headers.get('idempotency-key') ?? '')
        return HttpResponse.json({ code: 'unauthenticated' }, { status: 401 })
      }),
    )
  }

  it('is asked once more when the token is refused, and the redeem goes through with its one key', async () => {
    const asked = storefront(await page.shop.token(member), await page.shop.token(member, { name: 'Hana' }))
    const here = await page.open(undefined, { 'data-token-url': tokenUrl })
    const { confirm } = await amountForm(here)
    refuseOnce()
    await here.user.click(confirm)
    await here.see.findByRole('button', { name: 'Copy' })
    expect(asked).toHaveBeenCalledTimes(2)
    expect(network.keys).toHaveLength(2)
    expect(new Set(network.keys).size).toBe(1)
    expect((await page.shop.member(member).wallet()).coupons).toHaveLength(1)
  })

  it('may answer for somebody else by then, in whose name nothing is redeemed', async () => {
    await page.shop.grant(`${member}-other`, 1000)
    storefront(await page.shop.token(member), await page.shop.token(`${member}-other`))
    const here = await page.open(undefined, { 'data-token-url': tokenUrl })
    const { confirm } = await amountForm(here)
    refuseOnce()
    await here.user.click(confirm)
    await here.see.findByText('Your sign-in has run out. Please sign in again.')
    expect(network.keys).toHaveLength(1)
    expect((await page.shop.member(`${member}-other`).wallet()).coupons).toEqual([])
  })
})

it('that has run out leads to signing in again, and nothing is lost when the member is back', async () => {
  const here = await page.open(member)
  const { confirm } = await amountForm(here)
  page.server.use(http.post(`${POINTS}/v1/shops/jej/me/coupons`, () => HttpResponse.json({ code: 'unauthenticated' }, { status: 401 })))
  await here.user.click(confirm)
  await here.see.findByText('Your sign-in has run out. Please sign in again.')
  page.server.resetHandlers()
  here.muse.identify(await page.shop.token(member))
  await here.see.findByRole('button', { name: 'Copy' })
  expect((await page.shop.member(member).wallet()).coupons).toHaveLength(1)
})

it('a page that comes back from the browser’s memory shows what is true now, and asks nobody else', async () => {
  const { says } = await page.visit(member)
  await waitFor(() => expect(says()).toBe('1,000 pt'))
  await page.shop.grant(member, 1)
  const heard = vi.fn()
  addEventListener('muse:error', heard)
  for (const name of ['pagehide', 'pageshow']) dispatchEvent(new Event(name))
  await waitFor(() => expect(says()).toBe('1,001 pt'))
  removeEventListener('muse:error', heard)
  expect(heard).not.toHaveBeenCalled()
})

describe('without a reload', () => {
  it('a guest becomes a member, before and after the panel is there', async () => {
    const { muse, see, says } = await page.visit(undefined)
    await muse.ready
    muse.identify(await page.shop.token(member))
    await waitFor(() => expect(says()).toBe('1,000 pt'))
    muse.logout()
    await waitFor(() => expect(says()).toBe('JeJ Muse'))
    await muse.open()
    await see.findByRole('heading', { name: 'Points with every order' })
    muse.identify(await page.shop.token(member))
    await see.findByRole('heading', { name: 'Discount coupons' })
  })

  it('a member who leaves takes everything along, also answers that are still on their way', async () => {
    let answer = () => {}
    network.fate = (request) => (request.startsWith('POST') ? new Promise((resolve) => (answer = () => resolve(undefined))) : undefined)
    const here = await page.open(member)
    const { confirm } = await amountForm(here)
    await here.user.click(confirm)
    await waitFor(() => expect(network.keys).toHaveLength(1))
    here.muse.logout()
    await here.see.findByRole('heading', { name: 'Points with every order' })
    answer()
    await waitFor(() => expect(localStorage.length).toBe(0))
    expect(here.see.queryByRole('button', { name: 'Copy' })).toBeNull()
    expect(here.says()).toBe('JeJ Muse')
  })

  it('refresh shows what has changed, with and without a panel', async () => {
    const { muse, see, says } = await page.visit(member)
    await waitFor(() => expect(says()).toBe('1,000 pt'))
    await page.shop.grant(member, 1)
    await muse.refresh()
    expect(says()).toBe('1,001 pt')
    await muse.open()
    await see.findByRole('heading', { name: 'Discount coupons' })
    await page.shop.grant(member, 1)
    await muse.refresh()
    expect(says()).toBe('1,002 pt')
  })
})

it('that has run out before the page was loaded shows how to earn, and why the wallet is not there', async () => {
  const now = Math.floor(Date.now() / 1000)
  const { see } = await page.open(undefined, { 'data-token': await page.shop.token(member, { iat: now - 7200, exp: now - 3600 }) })
  expect(see.getByRole('alert').textContent).toBe('Your sign-in has run out.\nPlease sign in again.')
  expect(see.getByRole('heading', { name: 'Points with every order' })).toBeTruthy()
})
