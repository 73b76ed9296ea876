// <muse-checkout> as a field of the page's own form, in Chromium: what is typed into it stays, whatever the page does with its form and
// its elements, and goes where the form is reset.
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { openSite, pasted, patient, visit } from './80-site.ts'
import { opened } from './opened.ts'

const here = opened({ site: () => openSite({ redeeming: { checkout: { max: null } } }, { hana: 1_950 }) })

const form = `<form id="one"><fieldset><muse-checkout name="points" total="5000"><input name="points" value="100"></muse-checkout></fieldset>
<input name="note" value=""></form><form id="two"></form><button>Elsewhere</button>`
const put = async (body: string, member: boolean) =>
  here.site.put({ html: pasted({ body, attributes: member ? { 'data-token': await here.site.token('hana') } : {} }) })
const number = (page: Page) => page.locator('muse-checkout').getByRole('spinbutton')
const sent = (page: Page, id = 'one') =>
  page.evaluate(
    (id) => new URLSearchParams([...new FormData(document.querySelector<HTMLFormElement>(`#${id}`)!)] as string[][]).toString(),
    id,
  )

async function typed(points: string) {
  const { page, close, troubles } = await visit(here.browser, await put(form, true))
  await number(page).fill(points, patient)
  expect(await sent(page)).toBe(`points=${points}&note=`)
  return { page, close, troubles }
}

it('keeps what is typed when the page moves it, and is in step with the form it is in by then', async () => {
  const { page, close, troubles } = await typed('320')
  await page.evaluate(() => document.querySelector('#two')!.append(document.querySelector('muse-checkout')!))
  await expect.poll(() => sent(page, 'two'), patient).toBe('points=320')
  expect(await number(page).inputValue()).toBe('320')
  expect(await sent(page)).toBe('note=')
  await page.evaluate(() => document.querySelector<HTMLFormElement>('#one')!.reset())
  expect(await sent(page, 'two')).toBe('points=320')
  await page.evaluate(() => document.querySelector<HTMLFormElement>('#two')!.reset())
  expect(await sent(page, 'two')).toBe('points=100')
  expect(await number(page).inputValue()).toBe('100')
  expect(troubles).toEqual([])
  await close()
})

it('sends the page’s form at Enter, as its first button would', async () => {
  const body = `<form id="one" method="get" action=""><muse-checkout name="points" total="5000"></muse-checkout>
<button type="button">Help</button><button name="step" value="apply">Apply</button><button name="step" value="pay">Pay</button></form>`
  const { page, close, troubles } = await visit(here.browser, await put(body, true))
  await number(page).fill('320', patient)
  await Promise.all([page.waitForURL('**/*?points=320&step=apply', patient), page.keyboard.press('Enter')])
  // A form that nothing sends is sent by nothing.
  await page.evaluate(() => {
    for (const button of document.querySelectorAll('form button')) button.remove()
  })
  await number(page).fill('200', patient)
  const before = page.url()
  await page.keyboard.press('Enter')
  await page.waitForTimeout(300)
  expect(page.url()).toBe(before)
  expect(troubles).toEqual([])
  await close()
})

it('stays as it is where the page does not let its form be reset', async () => {
  const { page, close } = await typed('320')
  await page.evaluate(() => {
    const form = document.querySelector<HTMLFormElement>('#one')!
    form.addEventListener('reset', (event) => event.preventDefault())
    form.reset()
  })
  expect(await sent(page)).toBe('points=320&note=')
  await close()
})

it('has what the page has set before it was there', async () => {
  const { page, close } = await visit(here.browser, here.site.put({ html: `<!doctype html><title>Shop</title>${form}` }))
  const token = await here.site.token('hana')
  await page.evaluate((token) => {
    document.querySelector<HTMLInputElement>('muse-checkout')!.value = '450'
    const script = Object.assign(document.createElement('script'), { src: '/muse.js' })
    Object.assign(script.dataset, { shop: 'jej', token })
    document.body.append(script)
  }, token)
  await expect.poll(() => sent(page), patient).toBe('points=450&note=')
  await close()
})

it('is what it was when the shopper comes back to the page', async () => {
  const { page, close } = await typed('320')
  await page.locator('[name=note]').fill('by the door')
  await page.goto(here.site.put({ html: '<!doctype html><title>Elsewhere</title><h1>Elsewhere</h1>' }))
  await page.goBack()
  await expect.poll(() => sent(page), patient).toBe('points=320&note=by+the+door')
  expect(await number(page).inputValue()).toBe('320')
  await close()
})

it('leaves a field that the page itself has disabled as it is, for a member and for a guest', async () => {
  const both = form.replace('value="100">', 'value="100" disabled><input name="other">')
  const disabled = (page: Page) =>
    page.evaluate(() => [...document.querySelectorAll<HTMLInputElement>('muse-checkout input')].map((own) => own.disabled))
  const { page, close } = await visit(here.browser, await put(both, true))
  await number(page).waitFor(patient)
  expect(await disabled(page)).toEqual([true, true])
  await page.evaluate(() => (window.Muse as { logout(): void }).logout())
  await expect.poll(() => disabled(page), patient).toEqual([true, false])
  await close()
})
