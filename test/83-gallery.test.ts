// The gallery and the forms beside it under a hurried hand, in Chromium: a page of photos comes once, the picture that was chosen last is the one
// that is posted, and the focus of what is gone stays near.
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { openSite, pasted, patient, visit } from './80-site.ts'
import { opened } from './opened.ts'
import { pngOf } from './pictures/files.ts'
import { album } from './pictures/photos.ts'

const program = {
  earning: { purchase: { percent: 1 }, photo: { points: 10 } },
  redeeming: { gifts: [{ id: 'tote', title: 'Tote bag', points: 800 }] },
}
const here = opened({ site: () => openSite(program, { many: 10, late: 10 }) })

async function visited(member: string, body: string) {
  const attributes = { 'data-token': await here.site.token(member) }
  return visit(here.browser, here.site.put({ html: pasted({ body, attributes }) }))
}
/** Two pages of photos; the second one waits until it is told to come. */
async function many(page: Page) {
  const turn = Promise.withResolvers<void>()
  const photo = (id: string) => ({ id, src: `/${id}`, width: 40, height: 40, at: '2026-06-12T00:00:00Z', caption: id, prize: null })
  await page.route('**/photos/*', (route) => route.fulfill({ status: 204 }))
  await page.route(/[/]gallery/, async (route) => {
    const isMore = route.request().url().includes('before')
    if (isMore) await turn.promise
    const photos = (isMore ? ['c', 'd'] : ['a', 'b']).map(photo)
    await route.fulfill({ json: { photos, next: isMore ? null : 'b' } })
  })
  await page.reload()
  return turn.resolve
}

it('a page of photos comes once, however often it is asked for, and one reads on where it begins', async () => {
  const { page, close } = await visited('many', '<muse-gallery></muse-gallery>')
  const come = await many(page)
  const gallery = page.locator('muse-gallery')
  const more = gallery.getByRole('button', { name: 'Show more' })
  await more.press('Enter', patient)
  await more.press('Enter', patient)
  come()
  await more.waitFor({ state: 'detached', ...patient })
  await page.waitForTimeout(100)
  expect(await gallery.locator('figcaption').allInnerTexts()).toEqual(['a', 'b', 'c', 'd'])
  const focused = () => gallery.locator('li').evaluateAll((all) => all.findIndex((row) => row.matches(':focus')))
  await expect.poll(focused, patient).toBe(2)
  await close()
})

it('the picture that was chosen last is the one that is seen and posted', async () => {
  const { page, close } = await visited('late', '<muse-gallery></muse-gallery>')
  // A large file takes the browser longer than the small one that is chosen after it.
  await page.evaluate(() => {
    const { createImageBitmap: make } = window
    window.createImageBitmap = async (file: ImageBitmapSource) => {
      if ((file as File).name === 'large.png') await new Promise((done) => setTimeout(done, 1_000))
      return make(file)
    }
  })
  const gallery = page.locator('muse-gallery')
  await gallery.getByRole('button', { name: 'Post a photo' }).click(patient)
  const [large, small] = [96, 80].map((side) => Buffer.from(pngOf(Object.values(album(side))[0]!)))
  const field = gallery.getByLabel('Photo', { exact: true })
  await field.setInputFiles({ name: 'large.png', mimeType: 'image/png', buffer: large! })
  await field.setInputFiles({ name: 'small.png', mimeType: 'image/png', buffer: small! })
  const canvas = gallery.locator('canvas')
  await canvas.waitFor(patient)
  await page.waitForTimeout(1_200)
  expect(await canvas.getAttribute('width')).toBe('80')
  await close()
})

it('the focus of what is gone from an element of the page stays near', async () => {
  await here.site.grant('gift', 1_000)
  const { page, troubles, close } = await visited('gift', '<muse-page></muse-page>')
  await page.locator('muse-page').getByRole('button', { name: 'Tote bag: Get it' }).press('Enter', patient)
  const undo = page.locator('muse-page').getByRole('button', { name: 'Tote bag: Take back' })
  await undo.waitFor(patient)
  const focused = () => page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.textContent)
  await expect.poll(focused, patient).toContain('Tote bag')
  await undo.press('Enter', patient)
  await undo.waitFor({ state: 'detached', ...patient })
  await expect.poll(focused, patient).toContain('Tote bag')
  expect(troubles).toEqual([])
  await close()
})
