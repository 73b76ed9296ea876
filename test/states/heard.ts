// What a screen reader is given of a state: Chromium's own accessibility tree, and words that nothing keeps apart but a style.
import type { Page } from 'playwright-core'

/** One thing that is read: `button "Copy"`, `radio "1 star" invalid`. */
export async function heard(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page)
  const { nodes } = await session.send('Accessibility.getFullAXTree')
  await session.detach()
  const told = nodes.filter(({ ignored, role }) => !ignored && role?.value !== 'InlineTextBox')
  return told.map(({ role, name, properties = [] }) => {
    const isInvalid = properties.some((one) => one.name === 'invalid' && one.value.value === 'true')
    return `${role?.value} "${name?.value ?? ''}"${isInvalid ? ' invalid' : ''}`
  })
}

/** Words of one line that run into each other where styles are not: with no space between, they are read, found and copied as one. */
export const joined = (page: Page) =>
  page.evaluate(() => {
    const isWord = (part: Node | null): part is Element =>
      part instanceof Element && !part.ariaHidden && !!part.textContent && getComputedStyle(part).display.startsWith('inline')
    const roots = [...document.querySelectorAll('*')].flatMap(({ shadowRoot }) => shadowRoot ?? [])
    const parts = roots.flatMap((root) => [...root.querySelectorAll('.panel *, .embed *')])
    return parts.flatMap((part) => {
      const before = part.previousSibling
      return isWord(part) && isWord(before) && !/\s$/.test(before.textContent!) ? `"${before.textContent}${part.textContent}"` : []
    })
  })
