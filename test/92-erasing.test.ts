// A customer is forgotten at the desk: in Muse and in the storefront's own files, in all three shops, and in every browser.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { programmeIds } from '../demo/programmes/documents.ts'
import { texts } from '../demo/text.ts'
import { demoOfEach, openAgain } from './demos.ts'
import { pngOf } from './pictures/files.ts'
import { dresses, photograph, shots } from './pictures/photos.ts'
import { visitorOf } from './visitor.ts'

const { erasing, signIn } = texts.en
const address = '7 Nowhere Row'

const here = demoOfEach()

it('says what would go, takes no for an answer, and forgets the customer everywhere', { timeout: 60_000 }, async () => {
  const [mina, clara] = [await member('Minamoto'), await member('Clarabel')]
  const id = await everywhere(mina)
  const asked = await mina.get('/desk/erase')
  expect(asked).toContain(erasing.question('Minamoto'))
  // 500 given and 77 of them in a coupon, 10 for the photo; 1 % of ¥36,300 waits. Ten times as much, and no photo; 5 % at the cashless campaign.
  expect(asked).toContain(told('jej', '433 points to spend, 363 points on their way, 77 points in coupons and gifts, which become void'))
  expect(asked).toContain(told('solaris', '500 points to spend, 3,630 points on their way'))
  expect(asked).toContain(told('amazon', '500 points to spend, 1,815 points on their way'))

  expect((await mina.ask('/desk/erased')).headers.get('location')).toBe('/desk')

  // What was asked about somebody else is not done to whoever is here by then.
  await clara.post('/desk/erase', { customer: id })
  expect((await clara.ask('/desk/erase', {})).headers.get('location')).toBe('/desk/erase')
  expect(await login()).toContain(signIn.as('Minamoto'))
  expect((await mina.wallet()).points.available).toBe(433)

  expect((await mina.post('/desk/erase', { customer: id })).headers.get('location')).toBe('/desk/erased')
  expect((await clara.ask('/desk/erased')).headers.get('location')).toBe('/desk')
  const page = await mina.get('/desk/erased')
  expect(page).toContain(erasing.doneText)
  expect(page.match(/They balance\./g)).toHaveLength(3)
  expect(await mina.get('/desk')).toContain(texts.en.desk.signIn)
  expect(await mina.get('/gallery')).not.toContain('Minamoto')
  expect(await login()).not.toContain('Minamoto')
  expect(await login()).toContain(signIn.as('Clarabel'))
  for (const text of [...files(), ...(await exports())]) for (const word of ['Minamoto', address, id]) expect(text).not.toContain(word)

  // What others did is as it was.
  expect((await clara.wallet()).member.name).toBe('Clarabel')
  const { orders } = JSON.parse(readFileSync(join(here.data, 'storefront/jej/orders.json'), 'utf8'))
  expect(orders).toMatchObject([
    { id: 'MN-ERASEDjej2'.toUpperCase(), customer: expect.stringMatching(/^erased-/), document: { state: 'placed' } },
  ])
  await here.shop.close()
  await openAgain(here)
  for (const text of await exports()) expect(text).not.toContain(id)
})

it('knows the account in no browser any more, and makes nobody of it again', { timeout: 60_000 }, async () => {
  const [here, there] = [await member('Minamoto'), visitor()]
  const { id } = (await here.wallet()).member
  await there.post('/login', { customer: id })
  expect((await there.wallet()).member.id).toBe(id)
  await here.post('/desk/erase', { customer: id })
  expect((await there.ask('/orders')).headers.get('location')).toBe('/login?to=/orders')
  expect((await there.ask('/desk/erase')).headers.get('location')).toBe('/login?to=/desk')
  expect((await there.ask('/muse-token')).status).toBe(204)
  await there.fill('dusk-postcard.wine')
  expect((await there.order()).headers.get('location')).toMatch(/^\/placed\//)
  for (const text of [...files(), ...(await exports())]) expect(text).not.toContain(id)
})

it('lets the regulars go, too, and asks only who is new when nobody is left', async () => {
  for (const customer of ['c-1001', 'c-1002']) {
    const regular = visitor()
    await regular.post('/login', { customer })
    await regular.post('/desk/erase', { customer })
  }
  const page = await login()
  expect(page).not.toContain(signIn.regulars)
  expect(page).toContain(signIn.newcomer)
})

it('ends at the next start what was broken off', { timeout: 60_000 }, async () => {
  const id = await everywhere(await member('Minamoto'))
  await here.shop.close()
  const path = join(here.data, 'storefront/customers.json')
  const { customers } = JSON.parse(readFileSync(path, 'utf8'))
  // The account is the first to go, and what is left to do is written with it.
  const rest = { customers: customers.filter((one: { id: string }) => one.id !== id), leaving: [id] }
  writeFileSync(path, JSON.stringify(rest))
  await openAgain(here)
  for (const text of [...files(), ...(await exports())]) for (const word of ['Minamoto', address, id]) expect(text).not.toContain(word)
})

const visitor = () => visitorOf(() => here.shop.url)
const login = () => visitor().get('/login')
const told = (id: string, parts: string) => `<li>${erasing.points(texts.en.desk.programmes[id]!, parts)}</li>`

async function member(name: string) {
  const one = visitor()
  await one.post('/register', { name })
  return one
}

/** Points, an order and its address in each shop; in the first a coupon and a photo as well. The customer's id. */
async function everywhere(one: ReturnType<typeof visitor>): Promise<string> {
  for (const programme of programmeIds) {
    await one.post('/desk/programme', { programme })
    await one.post('/desk/gift', { key: `g-${programme}` })
    await one.fill('moonmoth-jsk.wine')
    await one.order({ order: `MN-ERASED${programme.slice(0, 3)}2`.toUpperCase(), address, name: 'Minamoto' })
  }
  await one.post('/desk/programme', { programme: 'jej' })
  await one.coupon(77)
  const form = new FormData()
  form.set('key', 'photo')
  form.set('photo', new Blob([pngOf(photograph(Object.values(dresses)[0]!, shots['close, in a room']!, 1, 72))]), 'photo.png')
  await one.post('/desk/shopper/photo', form)
  return (await one.wallet()).member.id
}

/** What the storefront has written down, file by file. */
const files = () =>
  readdirSync(join(here.data, 'storefront'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'utf8'))

/** Everything that Muse holds of each shop. */
const exports = () =>
  Promise.all(
    programmeIds.map(async (id) => {
      const { keys } = JSON.parse(readFileSync(join(here.data, 'storefront', id, 'shop.json'), 'utf8'))
      return (await fetch(`${here.shop.url}/v1/shops/${id}/export`, { headers: { authorization: `Bearer ${keys.secret}` } })).text()
    }),
  )
