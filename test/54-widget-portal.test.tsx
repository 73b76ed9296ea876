// @vitest-environment node
// Something on the way that answers 200 to anything, as a hotel's network does to who has not signed in there: it is no answer, the shopper
// is told so and may try again, and nobody becomes a guest by it.
import { HttpResponse, http } from 'msw'
import { describe, expect, it } from 'vitest'
import { onePage, POINTS } from './50-page.ts'

const page = onePage()
const answers: Record<string, () => Response> = {
  'an empty object': () => HttpResponse.json({}),
  nothing: () => HttpResponse.json(null),
  'a list': () => HttpResponse.json([]),
  'a text': () => HttpResponse.json('ok'),
  'a page': () => HttpResponse.html('<!doctype html><title>Sign in to the network</title>'),
  'a member and no more': () => HttpResponse.json({ member: { id: 'hana' } }),
}

describe.each(Object.keys(answers))('where the network answers with %s', (what) => {
  it.each(['/me', '/program'])('to %s, one may try again', async (path) => {
    const member = await page.somebody(1_000)
    let isUp = false
    page.server.use(http.get(`${POINTS}/v1/shops/jej${path}`, () => (isUp ? undefined : answers[what]!())))
    const { user, see, balance, says } = await page.visit(member)
    await user.click(see.getByRole('button'))
    await see.findByRole('heading', { name: 'This did not load' })
    // The one that was answered may come after the one that was not.
    await expect.poll(says).toBe(path === '/me' ? 'JeJ Muse' : '1,000 pt')
    isUp = true
    await user.click(see.getByRole('button', { name: 'Try again' }))
    await see.findByRole('heading', { name: 'Discount coupons' })
    expect(balance()).toBe('1,000')
    expect(says()).toBe('1,000 pt')
  })

  it('once the panel is open, what is shown stays', async () => {
    const { see, muse, balance } = await page.open(await page.somebody(1_000))
    page.server.use(http.get(`${POINTS}/v1/shops/jej/*`, answers[what]!))
    await muse.refresh()
    expect(balance()).toBe('1,000')
    await see.findByRole('alert')
  })
})
