// @vitest-environment node
// Answers that come late, in another order than they were asked for, or not at all: the latest word stands.
import { waitFor } from '@testing-library/preact'
import { HttpResponse, http } from 'msw'
import { beforeEach, expect, it } from 'vitest'
import { onePage, POINTS } from './50-page.ts'

const page = onePage()
const { network } = page

let member: string
beforeEach(async () => {
  member = await page.somebody(1000)
})

it('a wallet read earlier is not shown after one read later', async () => {
  const { muse, balance } = await page.open(member)
  const late = Promise.withResolvers<void>()
  network.fate = (request) => (request === 'GET /me' ? { until: late.promise } : undefined)
  network.sent.length = 0
  const first = muse.refresh()
  await waitFor(() => expect(network.sent).toContain('GET /me'))
  await new Promise((resolve) => setTimeout(resolve, 50))
  network.fate = () => undefined
  await page.shop.grant(member, 500)
  await muse.refresh()
  expect(balance()).toBe('1,500')
  late.resolve()
  await first
  expect(balance()).toBe('1,500')
})

it('the history is read anew once the wallet is another one', async () => {
  const { see, user, muse } = await page.open(member)
  await user.click(see.getByRole('button', { name: 'History' }))
  await waitFor(() => expect(see.getAllByRole('listitem')).toHaveLength(1))
  await page.shop.grant(member, 500)
  await muse.refresh()
  await waitFor(() => expect(see.getAllByRole('listitem')).toHaveLength(2))
})

it('the history stays as far as it has been read where nothing has changed', async () => {
  const { see, user, muse } = await page.open(member)
  await user.click(see.getByRole('button', { name: 'History' }))
  await waitFor(() => expect(see.getAllByRole('listitem')).toHaveLength(1))
  await muse.refresh()
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(network.sent.filter((request) => request === 'GET /me/history')).toHaveLength(1)
})

it.each(['with', 'without'])(
  'the launcher, %s a panel, does not go on showing the one before where nobody can say what the next one has',
  async (how) => {
    const { muse, says } = await (how === 'with' ? page.open(member) : page.visit(member))
    await waitFor(() => expect(says()).toBe('1,000 pt'))
    network.fate = (request) => (request === 'GET /me' ? 'request lost' : undefined)
    muse.identify(await page.shop.token(await page.somebody(70)))
    await waitFor(() => expect(says()).toBe('JeJ Muse'))
  },
)

it('the launcher shows nothing of a member whose sign-in has run out', async () => {
  const { muse, says, see } = await page.open(member)
  expect(says()).toBe('1,000 pt')
  const wallets: unknown[] = []
  muse.on('wallet', (told) => wallets.push((told as { wallet: unknown }).wallet))
  page.server.use(http.get(`${POINTS}/v1/shops/jej/me`, () => HttpResponse.json({ code: 'unauthenticated' }, { status: 401 })))
  await muse.refresh()
  await see.findByRole('heading', { name: 'Points with every order' })
  expect([says(), ...wallets]).toEqual(['JeJ Muse', null])
})
