// @vitest-environment node
// The ways to earn as things one can do, and the gifts that points buy: in the panel and on the Point & Reward page.
import { waitFor, within } from '@testing-library/preact'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { more as en } from '../widget/text/en-more.ts'
import { more as ja } from '../widget/text/ja-more.ts'
import { onePage } from './50-page.ts'
import { pngOf } from './pictures/files.ts'
import { album } from './pictures/photos.ts'

const page = onePage({
  program: {
    earning: {
      purchase: { percent: 1 },
      review: { points: 10 },
      photo: { points: 10 },
      prizes: [500],
      follow: { points: 10, accounts: { x: 'https://x.example/shop', instagram: 'https://instagram.example/shop' } },
    },
    redeeming: {
      gifts: [
        { id: 'tote', title: 'Tote bag', points: 800 },
        { id: 'charm', title: 'Charm', points: 5000 },
      ],
    },
  },
})
const { network } = page
const pictures = Object.values(album(96)).map((raster) => pngOf(raster))

let member: string
beforeEach(async () => {
  member = await page.somebody(1000)
})
afterEach(() => {
  document.body.innerHTML = ''
})

/** The panel, at its ways to earn. */
async function ways() {
  const here = await page.open(member)
  await here.user.click(here.see.getByRole('button', { name: 'How to earn' }))
  await here.see.findByRole('heading', { name: 'Gifts' })
  return here
}
const wallet = () => page.shop.member(member).wallet()

describe('J6 · following', () => {
  it('J6 · opens the account in a new tab, and its points are there', async () => {
    const { see, user, muse } = await ways()
    const heard = vi.fn()
    muse.on('activity', heard)
    const link = see.getByRole<HTMLAnchorElement>('link', { name: 'Follow us on X: Follow' })
    expect([link.href, link.target, link.rel]).toEqual(['https://x.example/shop', '_blank', 'noopener'])
    link.addEventListener('click', (event) => event.preventDefault())
    await user.click(link)
    await waitFor(() => expect(see.queryByRole('link', { name: 'Follow us on X: Follow' })).toBeNull())
    expect((await wallet()).points.available).toBe(1010)
    expect(see.getByRole('status').textContent).toBe('+10 points. 1,010 points available.')
    expect(heard).toHaveBeenCalledWith(expect.objectContaining({ kind: 'follow', network: 'x', points: 10, state: 'done' }))
  })

  it('J6 · done on another device meanwhile, is said and shown as done', async () => {
    const { see, user } = await ways()
    await page.shop.member(member).put('/me/follows/x')
    const link = see.getByRole('link', { name: 'Follow us on X: Follow' })
    link.addEventListener('click', (event) => event.preventDefault())
    await user.click(link)
    await see.findByText('You follow us there already.')
    await waitFor(() => expect(see.queryByRole('link', { name: 'Follow us on X: Follow' })).toBeNull())
    expect((await wallet()).points.available).toBe(1010)
  })
})

describe('J2 · a photo', () => {
  const choose = async ({ see, user }: Awaited<ReturnType<typeof ways>>, number: number) => {
    await user.click(see.getByRole('button', { name: 'Post a photo: Post' }))
    const file = new File([pictures[number] as Uint8Array<ArrayBuffer>], 'tea.png', { type: 'image/png' })
    await user.upload(see.getByLabelText('Photo'), file)
    await user.type(see.getByLabelText('Caption'), 'At the tea party')
  }

  it('J2 · posted with a caption is in the gallery, and its points in the wallet', async () => {
    const here = await ways()
    await choose(here, 0)
    await here.user.click(here.see.getByRole('button', { name: 'Post photo' }))
    await waitFor(() => expect(here.see.queryByRole('button', { name: 'Post photo' })).toBeNull(), { timeout: 5000 })
    const { photos } = (await page.shop.guest('GET', '/gallery')).body
    expect(photos[0].caption).toBe('At the tea party')
    expect((await wallet()).points.available).toBe(1010)
    // One a day: there is no second form.
    expect(here.see.queryByRole('button', { name: 'Post a photo: Post' })).toBeNull()
  })

  it('J3 · somebody else’s picture is refused in a sentence of its own', async () => {
    const here = await ways()
    await choose(here, 0)
    await here.user.click(here.see.getByRole('button', { name: 'Post photo' }))
    expect(await here.see.findByText('This picture is in the gallery already.')).toBeTruthy()
    expect((await wallet()).points.available).toBe(1000)
  })

  it('J2 · the gallery shows photos with their captions, and takes a member’s own', async () => {
    const [{ id, at }] = (await page.shop.guest('GET', '/gallery')).body.photos
    const month = (locale: string, length: 'numeric' | 'long') =>
      new Intl.DateTimeFormat(locale, { year: 'numeric', month: length, timeZone: 'Asia/Tokyo' }).format(new Date(at))
    const prize = await page.shop.merchant('PUT', `/prizes/${month('sv', 'numeric')}`, { photos: [id] })
    expect(prize.status).toBe(200)
    document.body.innerHTML = '<muse-gallery><p>Photos need a script</p></muse-gallery>'
    const { user } = await page.visit(member)
    const gallery = document.body.firstElementChild as HTMLElement
    await waitFor(() => expect(gallery.shadowRoot?.querySelector('figure')).toBeTruthy(), { timeout: 5000 })
    const see = within(gallery.shadowRoot as unknown as HTMLElement)
    const [shown] = (await page.shop.guest('GET', '/gallery')).body.photos
    expect(see.getByText('At the tea party')).toBeTruthy()
    expect(await see.findByText(`${month('en', 'long')}: place 1`)).toBeTruthy()
    const image = await see.findByRole<HTMLImageElement>('img', { name: /^Photo of .*\d/ })
    expect(new URL(image.src).pathname).toBe(shown.src)
    expect(gallery.shadowRoot?.querySelector('.skeleton')).toBeNull()
    await user.click(await see.findByRole('button', { name: 'Post a photo' }))
    // The button is gone, and with it the focus it had.
    await waitFor(() => expect(gallery.shadowRoot?.activeElement).toBe(see.getByLabelText('Photo')))
  })

  it('J2 · that had no answer is not in the way of another', async () => {
    const here = await ways()
    await choose(here, 1)
    network.fate = (request) => (request === 'POST /me/photos' ? 'request lost' : undefined)
    await here.user.click(here.see.getByRole('button', { name: 'Post photo' }))
    await here.see.findByText('The shop could not be reached. Please try again in a moment.', {}, { timeout: 20_000 })
    network.fate = () => undefined
    const [lost] = network.keys
    await here.user.click(here.see.getByRole('button', { name: 'Post photo' }))
    await waitFor(async () => expect((await wallet()).points.available).toBe(1010), { timeout: 5000 })
    expect([network.keys.at(-1) === lost, new Set(network.keys).size]).toEqual([false, 2])
  })
})

describe('J5 · a review', () => {
  it('J5 · of something bought and received brings its points, once', async () => {
    // The order itself brings 100.
    await page.shop.place(member, `${member}-1`, 10_000)
    await page.shop.ship(member, `${member}-1`)
    const purchases = JSON.stringify([{ order: `${member}-1`, sku: 'dress', title: 'Moonmoth dress' }])
    document.body.innerHTML = '<muse-page></muse-page>'
    const element = document.body.firstElementChild as HTMLElement
    const { user } = await page.visit(member)
    await waitFor(() => expect(element.shadowRoot?.querySelector('.gifts')).toBeTruthy(), { timeout: 5000 })
    const see = within(element.shadowRoot as unknown as HTMLElement)
    // A page of many frameworks has its elements first, and says more of them later.
    element.setAttribute('purchases', purchases)
    await user.click(await see.findByRole('button', { name: 'Write a review: Write' }))
    await user.type(see.getByLabelText('Your review'), 'The lace is scratchy.')
    // How many stars is the shopper's to say: none are there before, and without any it is not sent.
    expect(see.queryByRole('radio', { checked: true })).toBeNull()
    expect(see.getByRole('radio', { name: '1 star' })).toHaveProperty('validity.valueMissing', true)
    await user.click(see.getByRole('button', { name: 'Post review' }))
    expect((await wallet()).points.available).toBe(1100)
    await user.click(see.getByRole('radio', { name: '2 stars' }))
    await user.click(see.getByRole('button', { name: 'Post review' }))
    await waitFor(() => expect(see.queryByRole('button', { name: 'Post review' })).toBeNull())
    // The form has gone with the focus in it: one is at what it was for.
    expect(element.shadowRoot?.activeElement?.textContent).toContain('Write a review')
    expect((await wallet()).points.available).toBe(1110)
    await user.click(see.getByRole('button', { name: 'Write a review: Write' }))
    await user.click(see.getByRole('radio', { name: '5 stars' }))
    await user.type(see.getByLabelText('Your review'), 'Again.')
    await user.click(see.getByRole('button', { name: 'Post review' }))
    expect(await see.findByText('You have reviewed this already.')).toBeTruthy()
    expect((await wallet()).points.available).toBe(1110)
  })
})

describe('J19 · a gift', () => {
  it('J19 · is asked for in one tap: its points are held, its state is shown, and it can be taken back', async () => {
    const here = await ways()
    const { see, user } = here
    expect(see.getByText('4,000 points to go')).toBeTruthy()
    const button = see.getByRole('button', { name: 'Tote bag: Get it' })
    button.click()
    button.click()
    await see.findByText('Asked for, points held', { exact: false })
    expect(here.balance()).toBe('200')
    expect((await wallet()).gifts).toHaveLength(1)
    expect(see.getByRole('status').textContent).toBe('Tote bag is yours once the shop has answered. 200 points available.')
    await user.click(see.getByRole('button', { name: 'Tote bag: Take back' }))
    await see.findByText('Called off, points are back', { exact: false })
    expect(network.sent.filter((sent) => sent === 'POST /me/gifts')).toHaveLength(1)
    expect(here.balance()).toBe('1,000')
  })

  it('J19 · asked for again after a lost answer, is still one gift', async () => {
    const { see, user } = await ways()
    let losses = 9
    network.fate = (request) => (request === 'POST /me/gifts' && losses-- > 0 ? 'answer lost' : undefined)
    await user.click(see.getByRole('button', { name: 'Tote bag: Get it' }))
    await see.findByText('The shop could not be reached. Please try again in a moment.', {}, { timeout: 20_000 })
    losses = 0
    await user.click(see.getByRole('button', { name: 'Tote bag: Get it' }))
    await see.findByText('Asked for, points held', { exact: false })
    expect((await wallet()).gifts).toHaveLength(1)
    expect(new Set(network.keys).size).toBe(1)
  })

  it('J19 · that the shop accepts is on its way', async () => {
    const { body } = await page.shop.member(member).post('/me/gifts', { gift: 'tote' })
    await page.shop.merchant('PATCH', `/gifts/${body.id}`, { state: 'accepted' })
    const { see } = await ways()
    expect(see.getByText('On its way to you', { exact: false })).toBeTruthy()
    expect(see.queryByRole('button', { name: 'Tote bag: Take back' })).toBeNull()
  })
})

it('every sentence of the embeds is there in Japanese', () => {
  const sentences = (text: object, at = ''): [string, unknown][] =>
    Object.entries(text).flatMap(([key, value]) => (typeof value === 'object' ? sentences(value, `${at}${key}.`) : [[at + key, value]]))
  const japanese = new Map(sentences(ja))
  expect([...japanese.keys()]).toEqual(sentences(en).map(([key]) => key))
  for (const [key, value] of sentences(en)) if (typeof value === 'string') expect(japanese.get(key), key).toMatch(/[ぁ-んァ-ヶ一-龠]/)
})

it('the history says in the shopper’s language what was done, and what the shop wrote as it is', async () => {
  await page.shop.grant(member, 20, { reason: 'gift for your patience' })
  const here = await ways()
  await here.user.click(here.see.getByRole('button', { name: 'Tote bag: Get it' }))
  await here.see.findByText('Asked for, points held')
  const link = here.see.getByRole('link', { name: 'Follow us on X: Follow' })
  link.addEventListener('click', (event) => event.preventDefault())
  await here.user.click(link)
  await waitFor(() => expect(here.see.getByRole('status').textContent).toContain('+10 points'))
  await here.user.click(here.see.getByRole('button', { name: 'History' }))
  await here.see.findByText('gift for your patience')
  const rows = here.see.getAllByRole('listitem')
  expect(rows.map((row) => row.querySelector('span')?.firstChild?.textContent)).toEqual([
    'Follow us',
    'Tote bag',
    'gift for your patience',
    'gift',
  ])
})
