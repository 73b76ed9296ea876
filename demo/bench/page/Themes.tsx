// Where to start from, and what was kept: the themes that ship, and those saved in this browser.
import { sideOf } from '../theme/gate.ts'
import type { Theme } from '../theme/tokens.ts'
import { calm, forget, putOn, save, shipped, text } from './model.ts'
import { type Earlier, shelf, takeBack } from './saves.ts'

export function Themes() {
  const keep = (event: SubmitEvent) => {
    event.preventDefault()
    const field = (event.currentTarget as HTMLFormElement).elements.namedItem('name') as HTMLInputElement
    if (field.value.trim()) save(field.value.trim())
    field.value = ''
  }
  const { saves, earlier } = shelf.value
  return (
    <section class="themes">
      <h2>{text.themes}</h2>
      <ul class="cards">
        <Card name={text.own} theme={{}} />
        {Object.entries(shipped).map(([name, theme]) => (
          <Card key={name} name={name} theme={theme} />
        ))}
      </ul>
      {Object.keys(saves).length > 0 && <h3>{text.saves}</h3>}
      <ul class="saves">
        {Object.entries(saves).map(([name, theme]) => (
          <li key={name}>
            <button
              type="button"
              aria-label={text.load(name)}
              aria-pressed={isWorn(theme)}
              onClick={() => putOn(theme, 'load', text.worn(name))}
            >
              <Dots theme={theme} />
              {name}
            </button>
            <button type="button" class="reset" aria-label={text.forget(name)} onClick={() => forget(name)}>
              ×
            </button>
          </li>
        ))}
      </ul>
      <form class="save" onSubmit={keep}>
        <label>
          <span>{text.saveAs}</span>
          <input type="text" name="name" maxLength={60} autocomplete="off" required />
        </label>
        <button type="submit">{text.save}</button>
      </form>
      {earlier.length > 0 && <Removed of={earlier} />}
    </section>
  )
}

/** What was saved over or removed, the latest first. */
const Removed = ({ of: earlier }: { of: Earlier[] }) => (
  <details class="earlier">
    <summary>{text.earlier(earlier.length)}</summary>
    <ul class="saves">
      {earlier.map((one, at) => (
        <li key={`${one.name} ${at}`}>
          <button type="button" aria-label={text.takeBack(one.name)} title={text.takeBack(one.name)} onClick={() => takeBack(one)}>
            <Dots theme={one.theme} />
            {one.name}
          </button>
        </li>
      ))}
    </ul>
  </details>
)

const Card = ({ name, theme }: { name: string; theme: Theme }) => (
  <li>
    <button type="button" aria-pressed={isWorn(theme)} onClick={() => putOn(theme, 'theme', text.worn(name))}>
      <Dots theme={theme} />
      {name}
    </button>
  </li>
)

/** Equal themes are equal text. */
const isWorn = (theme: Theme) => JSON.stringify(theme) === JSON.stringify(calm.value)

/** A theme at a glance: its ground, its accent, its launcher; by day and by night. */
const Dots = ({ theme }: { theme: Theme }) => (
  <span class="dots" aria-hidden="true">
    {(['light', 'dark'] as const).map((scheme) => (
      <span key={scheme} style={{ background: sideOf(theme, 'surface', scheme) }}>
        <i style={{ background: sideOf(theme, 'accent', scheme) }} />
        <i style={{ background: sideOf(theme, 'quiet', scheme) }} />
        <i style={{ background: sideOf(theme, 'ink', scheme) }} />
      </span>
    ))}
  </span>
)
