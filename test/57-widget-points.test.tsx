// @vitest-environment node
// <muse-points>: what an item earns, said beside its price.
import { waitFor } from '@testing-library/preact'
import { HttpResponse, http } from 'msw'
import { afterEach, expect, it, vi } from 'vitest'
import { onePage, POINTS } from './50-page.ts'

const page = onePage({ program: { earning: { purchase: { percent: 1, exclude: { tags: ['early-bird'] } } } } })
const { network } = page

afterEach(() => {
  document.body.innerHTML = ''
})

/** Puts elements into the page, as the merchant's own page has them. */
function put(...elements: string[]) {
  document.body.innerHTML = elements.join('')
  return [...document.body.children] as HTMLElement[]
}
const alive = (element: HTMLElement | undefined) =>
  waitFor(() => expect(element?.shadowRoot?.querySelector('.embed')).toBeTruthy(), { timeout: 5000 })
const asked = (request: string) => network.sent.filter((sent) => sent === request)

it('is said beside its price, for a whole page in one request', async () => {
  const some = Array.from({ length: 20 }, (_, index) => `<muse-points price="${(index + 1) * 150}" sku="s${index}">?</muse-points>`)
  const elements = put(...some)
  await page.visit(undefined)
  for (const element of elements) await alive(element)
  const texts = elements.map((element) => element.shadowRoot?.textContent)
  // Each by itself, rounded by itself: 150 earns 1 and not 1.5.
  expect(texts.slice(0, 4)).toEqual(['Earn 1 point', 'Earn 3 points', 'Earn 4 points', 'Earn 6 points'])
  expect(asked('POST /quotes')).toHaveLength(1)
})

it('S4 · ¥10,000 earns 100 points; an excluded item none, and why; another price is another sentence', async () => {
  const [element] = put('<muse-points price="10000" sku="dress">Members earn points</muse-points>')
  await page.visit(undefined)
  await alive(element)
  expect(element?.shadowRoot?.textContent).toBe('Earn 100 points')
  element?.setAttribute('price', '25000')
  await waitFor(() => expect(element?.shadowRoot?.textContent).toBe('Earn 250 points'))
  element?.setAttribute('tags', 'new, early-bird')
  await waitFor(() => expect(element?.shadowRoot?.textContent).toBe('No points for this item: it is left out of the programme'))
  element?.removeAttribute('tags')
  element?.setAttribute('price', '99')
  await waitFor(() => expect(element?.shadowRoot?.textContent).toBe('Too small for a point by itself'))
  element?.setAttribute('price', 'free')
  // The page's own content again.
  await waitFor(() => expect(element?.shadowRoot?.innerHTML).toBe('<slot></slot>'))
})

it('is asked for once, however often the item comes', async () => {
  const [first, ...others] = put('<muse-points price="4321"></muse-points>', '<muse-points price="4321"></muse-points>')
  await page.visit(undefined)
  await alive(first)
  document.body.append(document.createElement('muse-points'))
  const later = document.body.lastElementChild as HTMLElement
  later.setAttribute('price', '4321')
  for (const element of [...others, later]) await alive(element)
  expect(later.shadowRoot?.textContent).toBe('Earn 43 points')
  expect(asked('POST /quotes')).toHaveLength(1)
})

it('is asked for in as many requests as the server takes so much in', async () => {
  const elements = put('<muse-points price="600000000000"></muse-points>', '<muse-points price="600000000001"></muse-points>')
  await page.visit(undefined)
  for (const element of elements) await alive(element)
  expect(elements[1]?.shadowRoot?.textContent).toBe('Earn 6,000,000,000 points')
  expect(asked('POST /quotes')).toHaveLength(2)
})

it('leaves the page’s own words where something on the way answers with a page', async () => {
  const asked = vi.fn(() => HttpResponse.html('<title>Sign in to the network</title>'))
  page.server.use(http.post(`${POINTS}/v1/shops/jej/quotes`, asked))
  const [element] = put('<muse-points price="778">Members earn points</muse-points>')
  await page.visit(undefined)
  await waitFor(() => expect(asked).toHaveBeenCalled())
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect([element?.textContent, element?.shadowRoot]).toEqual(['Members earn points', null])
})

it('leaves the page’s own words where nobody answers', async () => {
  network.fate = (request) => (request === 'POST /quotes' ? 'request lost' : undefined)
  const [element] = put('<muse-points price="777">Members earn points</muse-points>')
  await page.visit(undefined)
  await waitFor(() => expect(asked('POST /quotes')).toHaveLength(1))
  expect(element?.textContent).toBe('Members earn points')
  expect(element?.shadowRoot?.querySelector('.embed') ?? null).toBeNull()
})

it('without a price an item earns by the one the shop has told of its product, and shows nothing of one it has not', async () => {
  await page.shop.merchant('PUT', '/products/gown', { title: 'Gown', price: 43_000 })
  await page.shop.merchant('PUT', '/products/cape', { title: 'Cape', price: 43_000, tags: ['early-bird'] })
  const [gown, cape, none] = put(
    '<muse-points sku="gown"></muse-points>',
    '<muse-points sku="cape"></muse-points>',
    '<muse-points sku="nowhere">Members earn points</muse-points>',
  )
  await page.visit(undefined)
  await alive(gown)
  await alive(cape)
  expect(gown?.shadowRoot?.textContent).toBe('Earn 430 points')
  expect(cape?.shadowRoot?.textContent).toBe('No points for this item: it is left out of the programme')
  expect(none?.shadowRoot).toBeNull()
  expect(asked('GET /badges')).toHaveLength(1)
})

it('of a programme that has not begun is nothing yet, and why', async () => {
  await page.shop.newProgram({ startsAt: '2100-01-01T00:00:00+09:00' })
  const [element] = put('<muse-points price="10000" sku="dress"></muse-points>')
  await page.visit(undefined)
  await alive(element)
  expect(element?.shadowRoot?.textContent).toBe('No points yet: the programme has not begun')
})
