// Runs in the bench's page: every control is heard at once, the stage is repainted, the tag rewritten. No imports, no build.

type Theme = Record<string, string>
type StageWindow = Window & { Muse?: { open?(): Promise<void>; ready?: Promise<unknown> } }

const form = document.querySelector<HTMLFormElement>('#bench')!
const stage = document.querySelector<HTMLIFrameElement>('#stage')!
const tag = document.querySelector<HTMLTextAreaElement>('#tag')!
const pairs = document.querySelectorAll<HTMLElement>('[data-pair]')
const presets = JSON.parse(form.dataset.presets!) as Record<string, Theme>

form.addEventListener('submit', (event) => event.preventDefault())
form.addEventListener('input', ({ target }) => {
  const control = target as HTMLInputElement
  if (control.name === 'preset') wear(presets[control.value] ?? {})
  if (['locale', 'scheme', 'spot', 'who', 'width'].includes(control.name)) restage()
  repaint()
})
form.addEventListener('reset', () => setTimeout(repaint))
stage.addEventListener('load', async () => {
  const { Muse } = stage.contentWindow as StageWindow
  await Muse?.ready?.catch(() => {})
  repaint()
  if (value('spot') !== 'none') await Muse?.open?.()
})
document.querySelector('#copy')!.addEventListener('click', async () => {
  tag.select()
  await navigator.clipboard.writeText(tag.value)
  document.querySelector('#copied')!.textContent = form.dataset.copied!
})
restage()
repaint()

/** What differs from the widget's own values. */
function theme(): Theme {
  const worn: Theme = {}
  for (const field of form.querySelectorAll<HTMLElement>('[data-token]')) {
    const now = worth(field)
    if (now !== worth(field, true)) worn[field.dataset.token!] = now
  }
  return worn
}

/** The value a token's controls stand at, or the one they started from. */
function worth(field: HTMLElement, first = false) {
  const [one, two] = [...field.querySelectorAll<HTMLInputElement>('input')].map((input) => (first ? input.defaultValue : input.value))
  return two === undefined ? `${one}${field.dataset.unit ?? ''}` : `light-dark(${one}, ${two})`
}

/** Sets the controls to a ready-made theme; what it does not name goes back to the start. */
function wear(preset: Theme) {
  for (const field of form.querySelectorAll<HTMLElement>('[data-token]')) {
    const inputs = [...field.querySelectorAll<HTMLInputElement>('input')]
    const given = preset[field.dataset.token!]
    const parts = given?.match(/#\w+/g)?.map(sixDigits) ?? (given ? [given.replace(field.dataset.unit ?? '', '')] : [])
    inputs.forEach((input, i) => {
      input.value = parts[i] ?? input.defaultValue
    })
  }
}

function repaint() {
  const worn = theme()
  const host = stage.contentDocument?.querySelector<HTMLElement>('muse-widget')
  for (const { dataset } of form.querySelectorAll<HTMLElement>('[data-token]')) host?.style.removeProperty(`--muse-${dataset.token}`)
  for (const [token, now] of Object.entries(worn)) host?.style.setProperty(`--muse-${token}`, now)
  for (const field of form.querySelectorAll<HTMLElement>('[data-token] output')) {
    field.textContent = worth(field.closest('[data-token]')!)
  }
  tag.value = written(worn)
  judge()
}

function restage() {
  stage.parentElement!.dataset.width = value('width')
  const query = new URLSearchParams({ locale: value('locale'), scheme: value('scheme'), spot: value('spot'), who: value('who') })
  stage.contentWindow?.location.replace(`/bench/stage?${query}`)
}

/** The one line a merchant pastes. In single quotes, because JSON is full of double ones. */
function written(worn: Theme) {
  const spot = value('spot') === 'bottom-left' ? '' : ` data-position="${value('spot')}"`
  const scheme = value('scheme') === 'auto' ? '' : ` data-scheme="${value('scheme')}"`
  const json = JSON.stringify(worn).replaceAll('&', '&amp;').replaceAll("'", '&#39;')
  const dress = Object.keys(worn).length ? ` data-theme='${json}'` : ''
  return `<script async src="${location.origin}/muse.js" data-shop="${form.dataset.shop}"${spot}${scheme}${dress}></script>`
}

/** The contrast of each pair by day and by night, as WCAG 2.2 measures it. */
function judge() {
  for (const row of pairs) {
    const [text, ground, need] = row.dataset.pair!.split(' ')
    row.querySelectorAll<HTMLElement>('td').forEach((cell, i) => {
      const ratio = contrast(colour(text!, i), colour(ground!, i))
      cell.textContent = `${(Math.floor(ratio * 10) / 10).toFixed(1)}`
      cell.dataset.passes = String(ratio >= Number(need))
    })
  }
}

function colour(token: string, night: number) {
  return form.querySelectorAll<HTMLInputElement>(`[data-token="${token}"] input`)[night]?.value ?? '#000000'
}

function contrast(a: string, b: string) {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (light + 0.05) / (dark + 0.05)
}

function luminance(hex: string) {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((i) => {
    const part = Number.parseInt(hex.slice(i, i + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function value(name: string) {
  return (form.elements.namedItem(name) as RadioNodeList).value
}

function sixDigits(hex: string) {
  return hex.length === 4 ? `#${[...hex.slice(1)].map((digit) => digit + digit).join('')}` : hex
}
