// The field of <muse-checkout>: a number and a slider in step, "All", and what it takes off.
import type { More } from '../text/en-more.ts'
import type { Site } from './embeds.ts'

export type Take = (points: unknown, event: 'input' | 'change') => void

/** Draws the field; `show` brings it in step with the points, the most there can be, and the sentences about them. */
export function draw(box: HTMLElement, text: More, create: Site['create'], take: Take, field: ElementInternals) {
  const made = <Name extends keyof HTMLElementTagNameMap>(name: Name, attributes: Record<string, string>, content = '') => {
    const element = create(name)
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value)
    element.textContent = content
    return element
  }
  const id = 'muse-points'
  const label = made('label', { for: id }, text.checkoutAmount)
  const number = made('input', { id, type: 'number', inputmode: 'numeric', min: '0', 'aria-describedby': 'muse-hint' })
  const slider = made('input', { type: 'range', 'aria-label': text.checkoutAmount })
  const off = made('output', { for: id })
  const all = made('button', { type: 'button' }, text.all)
  const hint = made('p', { id: 'muse-hint' })
  const row = made('div', { class: 'amount' })
  row.append(number, all, off)
  box.append(label, row, slider, hint)
  for (const input of [number, slider]) {
    input.oninput = input.onchange = ({ type }) => take(input.value, type as 'input' | 'change')
  }
  // A field of the page's own form sends it at Enter, as if its first button had been pressed. An Enter that ends what is composed of
  // several keys presses none.
  number.onkeypress = ({ key }) => {
    if (key === 'Enter') [...((field.form ?? []) as HTMLButtonElement[])].find(({ type }) => type === 'submit')?.click()
  }
  all.onclick = () => take(number.max, 'change')
  return {
    show(points: number, max: number, isOff: boolean, worth: string, sentence: string) {
      for (const input of [number, slider]) {
        input.max = String(max)
        input.disabled = isOff || !max
        // What is being typed stands as long as it means the same: an emptied field is nothing, and no "0" under the cursor.
        if (Number(input.value) !== points || !(input.value || input.matches(':focus'))) input.value = String(points)
      }
      all.disabled = isOff || points === max
      slider.style.setProperty('--muse-part', `${max ? (points / max) * 100 : 0}%`)
      off.textContent = points ? `−${worth}` : ''
      hint.textContent = sentence
    },
  }
}
