// The bench in use: by ear, by keys alone, on a phone, and by who makes a mistake.
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Bench, keep, openDesigner } from './designer.ts'

let designer: Awaited<ReturnType<typeof openDesigner>>
beforeAll(async () => {
  designer = await openDesigner()
})
afterAll(() => designer?.close())

describe('by ear', () => {
  const bench = visited({ viewport: { width: 1440, height: 900 } })

  it('each thing to use has a name of its own, and a slider tells its number as a value', async () => {
    const { page } = bench()
    await page.locator('.cast summary').click()
    const nodes = await heard(page)
    const usable = nodes.filter(({ role }) => /^(button|link|slider|textbox|radio|checkbox|combobox|ColorWell)$/.test(role))
    expect(usable.length).toBeGreaterThan(80)
    expect(usable.filter(({ name }) => !name)).toEqual([])
    const sliders = usable.filter(({ role }) => role === 'slider')
    expect(sliders.map(({ name }) => name)).toEqual(expect.arrayContaining(['Lightness', 'Hue', 'Density', 'Blur', 'Size']))
    expect(sliders.filter(({ name, told }) => /\d/.test(name) || !/\d/.test(told))).toEqual([])
    // Nothing speaks by itself but what tells of a deed.
    expect(await page.locator('output').count()).toBe(0)
  })
})

/** A page of the bench for the tests of a group, kept as a picture where one fails. */
function visited(options: Parameters<typeof designer.visit>[0], more?: string): () => Bench {
  let bench: Bench
  beforeAll(async () => {
    bench = await designer.visit(options, more)
  })
  beforeEach(({ onTestFailed }) => onTestFailed(() => keep(bench)))
  afterAll(() => bench?.context.close())
  return () => bench
}

interface Heard {
  role: string
  name: string
  /** What it says of its value. */
  told: string
}

/** The page as Chromium gives it to a screen reader, without what stands in frames. */
async function heard(page: Page): Promise<Heard[]> {
  const session = await page.context().newCDPSession(page)
  const { nodes } = await session.send('Accessibility.getFullAXTree')
  await session.detach()
  return nodes
    .filter(({ ignored }) => !ignored)
    .map(({ role, name, value, properties = [] }) => ({
      role: String(role?.value ?? ''),
      name: String(name?.value ?? ''),
      told: String(properties.find((property) => (property.name as string) === 'valuetext')?.value.value ?? value?.value ?? ''),
    }))
}
