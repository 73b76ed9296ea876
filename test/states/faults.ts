// What can be wrong with a state by measure: axe's rules, targets too small for a thumb, words cut off, controls that cannot be seen.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What axe has to say of the whole page, in its own rules and in one of those it calls experimental; or in the rules named. */
export async function violations(page: Page, ...only: string[]): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe)
  return page.evaluate(async (only) => {
    const { axe } = window as unknown as {
      axe: { run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> }
    }
    const rules = { 'label-content-name-mismatch': { enabled: true } }
    const { violations } = await axe.run(only.length ? { runOnly: only } : { rules })
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
  }, only)
}

/** Day or night on a page that stands in the other, as the tag would have said it. */
export const light = (page: Page, scheme: 'light' | 'dark') =>
  page.evaluate((scheme) => {
    document.documentElement.dataset.scheme = scheme
    for (const element of document.querySelectorAll<HTMLElement>('*')) {
      if (!element.shadowRoot) continue
      const isWidget = element.localName === 'muse-widget'
      if (isWidget) element.style.setProperty('--muse-scheme', scheme)
      const boxes = [...element.shadowRoot.querySelectorAll<HTMLElement>('.embed')]
      for (const box of boxes) box.style.colorScheme = scheme
      // A page that stays as it was would be looked at twice.
      const isOther = (part: Element) => getComputedStyle(part).colorScheme !== scheme
      if ((isWidget ? [element] : boxes).some(isOther)) throw new Error(`${element.localName} is not ${scheme}`)
    }
  }, scheme)

/** What one can press or fill in that is less than 24 by 24 CSS pixels (WCAG 2.5.8), with its size. */
export const small = (page: Page) =>
  page.evaluate(() => {
    const roots = [...document.querySelectorAll('*')].flatMap(({ shadowRoot }) => shadowRoot ?? [])
    const all = roots.flatMap((root) => [...root.querySelectorAll('a, button, input, select, textarea, summary')])
    return all.flatMap((element) => {
      // A control nobody sees is pressed by its label.
      const target = element.matches('.unseen') ? element.closest('label')! : element
      const { width, height } = target.getBoundingClientRect()
      if ((width === 0 && height === 0) || (width >= 24 && height >= 24)) return []
      return `${target.outerHTML.slice(0, 80)}: ${width} × ${height}`
    })
  })

/** Words that reach out of the panel or the embed they are in, and a page or a panel that has to be scrolled sideways. */
export const cut = (page: Page) =>
  page.evaluate(() => {
    const found: string[] = []
    if (document.documentElement.scrollWidth > innerWidth) found.push(`the page is ${document.documentElement.scrollWidth} wide`)
    const roots = [...document.querySelectorAll('*')].flatMap(({ shadowRoot }) => shadowRoot ?? [])
    for (const box of roots.flatMap((root) => [...root.querySelectorAll('.panel')])) {
      const { left, right } = box.getBoundingClientRect()
      const words = document.createTreeWalker(box, NodeFilter.SHOW_TEXT)
      while (words.nextNode()) {
        const word = words.currentNode as Text
        if (word.parentElement!.closest('.unseen, option, textarea')) continue
        const range = new Range()
        range.selectNodeContents(word)
        const out = [...range.getClientRects()].some((rect) => rect.left < left - 0.5 || rect.right > right + 0.5)
        if (out) found.push(`"${word.data}" reaches out`)
      }
      for (const part of [box, ...box.querySelectorAll('*')]) {
        const isBox = /auto|scroll/.test(getComputedStyle(part).overflowX) && !part.matches('.unseen, input, textarea, select')
        if (isBox && part.scrollWidth > part.clientWidth + 1) found.push(`${part.className} is ${part.scrollWidth} in ${part.clientWidth}`)
      }
    }
    return found
  })

/** Sentences whose last line, which nobody began anew, is a word of three letters or less: a まで all by itself. */
export const lone = (page: Page) =>
  page.evaluate(() => {
    const found: string[] = []
    const roots = [...document.querySelectorAll('*')].flatMap(({ shadowRoot }) => shadowRoot ?? [])
    for (const box of roots.flatMap((root) => [...root.querySelectorAll('.panel, .embed')])) {
      const words = document.createTreeWalker(box, NodeFilter.SHOW_TEXT)
      while (words.nextNode()) {
        const text = words.currentNode as Text
        // What is one long word has nowhere else to break.
        if (text.parentElement!.closest('.unseen, option, textarea') || /^\w+$/.test(text.data)) continue
        const begin = text.data.lastIndexOf('\n') + 1
        const bottoms = text.data
          .slice(begin)
          .split('')
          .flatMap((_, at) => {
            const letter = new Range()
            letter.setStart(text, begin + at)
            letter.setEnd(text, begin + at + 1)
            return [...letter.getClientRects()].slice(0, 1).map(({ bottom }) => bottom)
          })
        const last = bottoms.filter((bottom) => bottom === bottoms.at(-1)).length
        if (last < bottoms.length && last < 4) found.push(`"${text.data}" ends with ${last} letters in a line`)
      }
    }
    return found
  })

/**
 * Goes through the whole panel with the Tab key, onwards or back, and says what is not as it should be: a control that never has the focus, one that
 * has it unseen (no ring, out of the window, or under something that sticks).
 */
export async function unreached(page: Page, key: 'Tab' | 'Shift+Tab'): Promise<string[]> {
  const found: string[] = []
  const reached = new Set<string>()
  const controls = await page.evaluate(() => {
    const root = document.querySelector('muse-widget')!.shadowRoot!
    const all = [...root.querySelectorAll<HTMLElement>('.panel :is(a, button, input, select, textarea, summary)')]
    const open = all.filter((element) => !element.matches(':disabled') && element.checkVisibility())
    for (const [index, element] of open.entries()) element.dataset.at = String(index)
    return open.map((element) => element.outerHTML.slice(0, 90))
  })
  for (let presses = 0; presses < controls.length + 6; presses++) {
    await page.keyboard.press(key)
    const [at, trouble] = await page.evaluate(async () => {
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
      const root = document.querySelector('muse-widget')!.shadowRoot!
      const element = root.activeElement as HTMLElement | null
      if (!element?.dataset.at) return ['', '']
      const shown = element.matches('.unseen') ? element.closest<HTMLElement>('label')! : element
      const { outlineStyle, outlineWidth } = getComputedStyle(shown)
      if (outlineStyle === 'none' || Number.parseFloat(outlineWidth) < 2) return [element.dataset.at, 'has no ring']
      const { left, top, width, height } = shown.getBoundingClientRect()
      if (top < 0 || top + height > innerHeight + 1) return [element.dataset.at, `is at ${top} to ${top + height} of ${innerHeight}`]
      for (const part of [0.15, 0.5, 0.85]) {
        const over = root.elementFromPoint(left + width * part, top + height * part)
        if (over !== shown && !shown.contains(over)) return [element.dataset.at, `is under ${over?.outerHTML.slice(0, 60)}`]
      }
      return [element.dataset.at, '']
    })
    if (at) reached.add(at)
    if (trouble) found.push(`${controls[Number(at)]} ${trouble}`)
  }
  return [
    ...new Set([...found, ...controls.filter((_, index) => !reached.has(String(index))).map((control) => `${control} is not reached`)]),
  ]
}
