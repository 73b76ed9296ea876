// @vitest-environment node
// A storefront that takes its time to say who is signed in, or does not say, or whose tokens have their end beyond all time.
import { waitFor } from '@testing-library/preact'
import { HttpResponse, http } from 'msw'
import { beforeEach, expect, it, vi } from 'vitest'
import { onePage } from './50-page.ts'

const page = onePage()
const { network } = page
const tokenUrl = 'https://shop.example/token'

let member: string
beforeEach(async () => {
  member = await page.somebody(1000)
})

const slow = async () => {
  const answer = Promise.withResolvers<void>()
  const token = await page.shop.token(member)
  const asked = vi.fn()
  page.server.use(
    http.get(tokenUrl, async () => {
      asked()
      await answer.promise
      return HttpResponse.json({ token })
    }),
  )
  const here = await page.visit(undefined, { 'data-token-url': tokenUrl })
  await waitFor(() => expect(asked).toHaveBeenCalledOnce())
  return { ...here, asked, answer: answer.resolve }
}

it('is asked once, whoever waits for it', async () => {
  const { muse, asked, answer, balance } = await slow()
  await muse.open()
  const refreshed = muse.refresh()
  answer()
  await refreshed
  await waitFor(() => expect(balance()).toBe('1,000'))
  expect(asked).toHaveBeenCalledOnce()
})

it('says nothing more where the page has said meanwhile who it is', async () => {
  const { muse, see, answer, says } = await slow()
  await muse.logout()
  answer()
  await muse.open()
  await see.findByRole('heading', { name: 'Points with every order' })
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(network.sent).not.toContain('GET /me')
  expect(says()).toBe('JeJ Muse')
})

it('is left alone with a token whose end is beyond all timers', async () => {
  const now = Math.floor(Date.now() / 1000)
  const token = await page.shop.token(member, { iat: now, exp: now + 40 * 86_400 })
  const asked = vi.fn(() => HttpResponse.json({ token }))
  page.server.use(http.get(tokenUrl, asked))
  await page.open(undefined, { 'data-token-url': tokenUrl })
  const before = asked.mock.calls.length
  await new Promise((resolve) => setTimeout(resolve, 200))
  expect(asked.mock.calls.length - before).toBe(0)
})

it('does not make the page believe that it is a guest by saying nothing', async () => {
  page.server.use(http.get(tokenUrl, () => HttpResponse.json({}, { status: 500 })))
  const [failed, told] = [vi.fn(), vi.fn()]
  addEventListener('muse:error', failed)
  addEventListener('muse:wallet', told)
  await page.visit(undefined, { 'data-token-url': tokenUrl })
  await waitFor(() => expect(failed).toHaveBeenCalled())
  await new Promise((resolve) => setTimeout(resolve, 50))
  removeEventListener('muse:error', failed)
  removeEventListener('muse:wallet', told)
  expect(told).not.toHaveBeenCalled()
})
