// What is brought from a shop, as a designer brings it: pasted into the import, into the field of a colour, or dropped.
import { afterAll, beforeAll, expect, it, onTestFailed } from 'vitest'
import { keep, openDesigner } from './designer.ts'

let designer: Awaited<ReturnType<typeof openDesigner>>
beforeAll(async () => {
  designer = await openDesigner()
})
afterAll(() => designer?.close())

it('is understood as a shop writes it, or said to be nothing that can be read', async () => {
  const bench = await designer.visit({ viewport: { width: 1440, height: 900 } })
  onTestFailed(() => keep(bench))
  const { page, troubles, context } = bench
  const asText = page.getByLabel('As text')
  await asText.fill('222.2 47.4% 40%')
  await asText.press('Enter')
  await expect.poll(() => page.locator('.out textarea').inputValue()).toContain('"brand":"#365296"')
  expect(await asText.inputValue()).toBe('#365296')
  // A unit that no colour has.
  await asText.fill('rgb(1px 2px 3px)')
  await asText.press('Enter')
  await page.getByText('“rgb(1px 2px 3px)” is no colour').waitFor()

  const answer = page.locator('.in [role="status"]')
  const paste = async (text: string) => {
    await page.locator('.in textarea').fill(text)
    await page.locator('.in .go').click()
  }
  await paste('https://shop.example/')
  await answer.getByText('This is an address').waitFor()
  await paste(':root { --color-button: 140, 47, 74 }')
  await page.getByRole('button', { name: 'Build a theme on #8c2f4a' }).waitFor()

  // A folder's worth of files: the first is read, the others are named.
  await page.evaluate(() => {
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(new File(['a { color: #0b6e4f }'], 'shop.css'))
    dataTransfer.items.add(new File(['a { color: #c2185b }'], 'cart.css'))
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }))
  })
  await page.getByRole('button', { name: 'Build a theme on #0b6e4f' }).waitFor()
  await answer.getByText('One file is read at a time. Not read: cart.css.').waitFor()
  expect(troubles).toEqual([])
  await context.close()
})

it('is the colours of a logo, whatever else the SVG has in it, which does nothing', async () => {
  const { page, troubles, context } = await designer.visit({ viewport: { width: 1440, height: 900 } })
  const inside = ['<script>top.touched = 1</script>', '<foreignObject width="9" height="9"><p xmlns="http://www.w3.org/1999/xhtml">Muse</p></foreignObject>', ''] // biome-ignore format: one list
  for (const [at, more] of inside.entries()) {
    const colour = ['#0b6e4f', '#c2185b', '#334fb4'][at]!
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 90" onload="top.touched = 1"><rect width="90" height="90" fill="${colour}"/>${more}</svg>`
    await page.locator('.in [type=file]').setInputFiles({ name: 'logo.svg', mimeType: 'image/svg+xml', buffer: Buffer.from(svg) })
    await page.getByRole('button', { name: `Build a theme on ${colour}` }).waitFor({ timeout: 10_000 })
  }
  expect(await page.evaluate('window.touched')).toBeUndefined()
  // What every object has is the name of no token.
  await page.locator('.in textarea').fill('{"constructor": "red", "accent": "#0b6e4f"}')
  await page.locator('.in .go').click()
  await page.locator('.strays').getByText('constructor: there is no token of this name').waitFor({ timeout: 10_000 })
  expect(troubles).toEqual([])
  await context.close()
})
