// The bench as a designer has it: a folder of files on any file host, in a real Chromium, from a colour to a finished theme, and all of
// it again with the network off; and as a reader of Japanese has it, with fingers or no hands at all.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFailed } from 'vitest'
import { read } from '../demo/bench/formats/read.ts'
import { failures } from '../demo/bench/theme/gate.ts'
import { type Bench, colourOf, keep, openDesigner, rgb, set, shots, staged } from './designer.ts'

let designer: Awaited<ReturnType<typeof openDesigner>>
beforeAll(async () => {
  designer = await openDesigner()
})
afterAll(() => designer?.close())

describe('from a brand’s colour to a pasted theme', () => {
  it('works, and works again with the network off', async () => {
    const bench = await designer.visit({ viewport: { width: 1600, height: 1000 } })
    const { page, troubles, context } = bench
    onTestFailed(() => keep(bench))
    await staged(page, 'rich')

    // One colour, and every state wears it.
    await page.getByLabel('As text').fill('oklch(44% 0.09 215)')
    await page.getByLabel('As text').press('Enter')
    await page.getByText('All 78 pairs pass WCAG 2.2 AA').waitFor()
    const tag = page.locator('.out textarea')
    await expect.poll(() => tag.inputValue()).toContain('"accent"')
    const { theme } = read(await tag.inputValue())
    const [, day] = /light-dark\((#\w+)/.exec(theme.accent!)!
    await expect.poll(() => colourOf(page, 'rich', '.main')).toBe(rgb(day!))
    expect(failures(theme)).toEqual([])

    // A click tells what paints that part, and does what it does.
    const { frame } = await staged(page, 'rich')
    await frame.getByRole('button', { name: 'Redeem' }).click()
    await frame.getByRole('spinbutton', { name: 'Points to redeem' }).waitFor()
    const painted = page.locator('.inspected [data-token]')
    expect(await painted.evaluateAll((rows) => rows.map((row) => (row as HTMLElement).dataset.token))).toEqual(
      expect.arrayContaining(['accent', 'on-accent', 'button-radius', 'control', 'weight-strong', 'font', 'text']),
    )

    // The gate: a colour that cannot be read, mended with one click, and undone.
    await page.locator('.layer [data-token="ink-soft"] .dye').first().click()
    await page.getByLabel('As text').fill('#d0d8dc')
    await page.getByLabel('As text').press('Enter')
    await page.getByText(/pairs fail WCAG 2.2 AA/).waitFor()
    await expect.poll(() => tag.inputValue()).toContain('fall short of WCAG 2.2 AA')
    await page.locator('.gate .mend').first().click()
    await page.getByText('All 78 pairs pass WCAG 2.2 AA').waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByText(/pairs fail WCAG 2.2 AA/).waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByText('All 78 pairs pass WCAG 2.2 AA').waitFor()
    expect(read(await tag.inputValue()).theme).toEqual(theme)

    // Kept by name, and in the address.
    await page.getByLabel('Save as').fill('Lagoon')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await expect.poll(() => page.url()).toContain('#theme=')
    await page.screenshot({ path: `${shots}/journey.png` })

    // The network is gone, host and all: the page opens again with its theme, and the shop in it still makes coupons.
    await context.setOffline(true)
    designer.cut()
    await page.reload()
    const again = await staged(page, 'amount')
    await expect.poll(() => colourOf(page, 'amount', '.main')).toBe(rgb(day!))
    await again.frame.getByRole('button', { name: 'Redeem' }).click()
    await again.frame.getByText('¥1,000 off').waitFor()
    await page.getByRole('button', { name: 'Start over' }).click()
    await page.getByRole('button', { name: 'Load Lagoon' }).click()
    for (const format of ['data-theme', 'Stylesheet', 'tokens.json']) {
      await page.getByRole('radio', { name: format }).check()
      const written = await tag.inputValue()
      await page.getByRole('button', { name: 'Start over' }).click()
      await page.getByLabel('Paste here').fill(written)
      await page.getByRole('button', { name: 'Import' }).click()
      await expect.poll(() => tag.inputValue()).toBe(written)
      expect(read(written).theme).toEqual(theme)
    }
    expect(troubles).toEqual([])
    await context.close()
  })
})

describe('in Japanese, under a finger', () => {
  let bench: Bench
  beforeAll(async () => {
    bench = await designer.visit({ viewport: { width: 1600, height: 1000 }, hasTouch: true }, '?lang=ja')
  })
  beforeEach(({ onTestFailed }) => onTestFailed(() => keep(bench)))

  it('a tap in a preview that sleeps does what it means', async () => {
    const { page } = bench
    await page.getByRole('radio', { name: '日本語' }).check()
    const { frame } = await set(page, 'rich')
    await frame.getByRole('heading', { name: '割引クーポン' }).waitFor()
    const cell = page.locator('.cell[data-state="rich"]')
    expect(await cell.locator('iframe').evaluate((frame) => (frame as HTMLElement).inert)).toBe(true)
    const box = (await frame.getByText('交換する', { exact: true }).boundingBox())!
    await page.touchscreen.tap(box.x + box.width / 2, box.y + box.height / 2)
    await frame.getByText('交換するポイント').first().waitFor()
    await page.locator('.inspected [data-token="accent"]').waitFor()
  })

  it('axe finds nothing', async () => {
    const { page } = bench
    await axe(page)
    await page.goto(`${designer.address}?lang=en`)
    await set(page, 'guest')
    await axe(page)
  })

  it('stands still, and in forced colours, where that is asked for', async () => {
    const { page } = bench
    const style = (state: string) =>
      page
        .locator(`.cell[data-state="${state}"] iframe`)
        .first()
        .evaluate((frame) => {
          const { contentDocument, contentWindow } = frame as HTMLIFrameElement
          const root =
            contentDocument!.querySelector('muse-coupons')?.shadowRoot ?? contentDocument!.querySelector('muse-widget')!.shadowRoot!
          const { transitionDuration, backgroundColor, color } = contentWindow!.getComputedStyle(
            root.querySelector('button:not([hidden])')!,
          )
          return { transitionDuration, backgroundColor, color }
        })
    await page.getByRole('checkbox', { name: 'Reduced motion' }).check()
    for (const state of ['rich', 'coupons']) {
      await set(page, state)
      expect(await style(state)).toMatchObject({ transitionDuration: '0s' })
    }
    await page.getByRole('checkbox', { name: 'Forced colours' }).check()
    for (const state of ['rich', 'coupons']) {
      await set(page, state)
      expect(await style(state)).toMatchObject({ backgroundColor: 'rgb(0, 0, 0)', color: 'rgb(255, 255, 255)' })
    }
    expect(bench.troubles).toEqual([])
  })
})

async function axe(page: Page) {
  await page.locator('.layer [data-token="launcher"] .dye').first().click()
  await page.locator('.layer [data-token="ink"] .dye').nth(1).click()
  await page.evaluate(readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'))
  const { violations, passes } = (await page.evaluate('axe.run(document, { iframes: false })')) as {
    violations: { id: string; nodes: { html: string }[] }[]
    passes: unknown[]
  }
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
  expect(passes.length).toBeGreaterThan(20)
}
