// The colour under the wheel: the brand's, from which everything is derived, or the one a token was opened for.
import { useEffect, useRef, useState } from 'preact/hooks'
import { colourIn } from '../formats/palette.ts'
import { hexOf, oklch, written } from '../theme/colour.ts'
import { sideOf, withSide } from '../theme/gate.ts'
import { aliasIn, tokenOf, tokens, worth } from '../theme/tokens.ts'
import { Choice, Slide } from './controls.tsx'
import { chosen, done, set, text, theme, wear } from './model.ts'
import { Wheel } from './Wheel.tsx'

export function Brand() {
  const { name, scheme } = chosen.value
  const kind = tokenOf(name)!.kind.type
  // A theme that says no brand colour has its accent for one.
  const isDerived = kind === 'dye' && Object.hasOwn(theme.value, name)
  const hex = isDerived ? worth(theme.value, name) : sideOf(theme.value, kind === 'dye' ? 'accent' : name, scheme)
  // White has no hue and grey no chroma: what was set stays set, for who drags through them and back.
  const aim = useRef({ hex: '', dye: oklch(hex) })
  const dye = aim.current.hex === hex ? aim.current.dye : oklch(hex)
  const put = (next: string) => {
    if (kind === 'dye') set(name, next.slice(0, 7))
    else wear(withSide(theme.value, name, scheme, next), `${name} ${scheme}`)
  }
  const turn = (part: object) => {
    const next = { ...dye, ...part }
    aim.current = { hex: hexOf(next), dye: next }
    put(aim.current.hex)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape is the button's key, from every control of the section.
    <section class="brand" onKeyDown={({ key }) => key === 'Escape' && name !== 'brand' && done()}>
      <h2>
        <span class="named" tabIndex={-1}>
          <i class="swatch" style={{ background: hex }} />
          {text.names[name]}
        </span>
        {name !== 'brand' && (
          <button type="button" class="quiet" onClick={done}>
            {text.done}
          </button>
        )}
      </h2>
      {name === 'brand' && <p>{text.brandLead}</p>}
      {kind === 'colour' && (
        <div class="row">
          <Choice
            legend={text.names[name]!}
            name="side"
            options={{ light: text.day, dark: text.night }}
            value={scheme}
            onChange={(side) => (chosen.value = { name, scheme: side as 'light' | 'dark' })}
          />
          {tokenOf(name)!.layer === 'component' && <Borrow name={name} />}
        </div>
      )}
      <Wheel dye={dye} onTurn={(c, h) => turn({ c, h })} />
      <div class="slides">
        <Slide
          label={text.lightness}
          value={Math.round(dye.l * 1000) / 10}
          most={100}
          step={0.5}
          unit="%"
          onInput={(l) => turn({ l: l / 100 })}
        />
        <Slide label={text.chroma} value={Math.round(dye.c * 1000) / 1000} most={0.37} step={0.005} onInput={(c) => turn({ c })} />
        <Slide
          label={text.hue}
          value={Math.round(dye.h)}
          most={360}
          step={1}
          unit="°"
          onInput={(h) => turn({ h, c: Math.max(dye.c, 0.004) })}
        />
        {(kind === 'colour' && dye.alpha < 1) || ['line', 'scrim'].includes(name) ? (
          <Slide
            label={text.opacity}
            value={Math.round(dye.alpha * 100)}
            most={100}
            step={1}
            unit="%"
            onInput={(a) => turn({ alpha: a / 100 })}
          />
        ) : null}
      </div>
      <Text key={`${name}${scheme}`} hex={hex} onText={put} />
    </section>
  )
}

/** The colour as text, in hex or however CSS writes one. What is no colour is said to be none, and left to be mended. */
function Text({ hex, onText }: { hex: string; onText: (hex: string) => void }) {
  const [wrong, setWrong] = useState('')
  useEffect(() => setWrong(''), [hex])
  return (
    <>
      <label class="field">
        <span>{text.asText}</span>
        <input
          type="text"
          value={hex}
          spellcheck={false}
          autocomplete="off"
          aria-invalid={!!wrong}
          aria-describedby="as-text"
          onChange={({ currentTarget }) => {
            const read = colourIn(currentTarget.value)
            setWrong(read ? '' : currentTarget.value)
            if (read) onText(read)
            if (read === hex) currentTarget.value = hex
          }}
        />
      </label>
      <small id="as-text" role="status" class={wrong && 'bad'}>
        {wrong ? text.noColour(wrong) : written(hex)}
      </small>
    </>
  )
}

/** A part's colour may be another token's. */
function Borrow({ name }: { name: string }) {
  const from = aliasIn(worth(theme.value, name)) ?? ''
  const others = tokens.filter((token) => token.kind.type === 'colour' && token.name !== name)
  return (
    <label class="field">
      <span>{text.borrowed}</span>
      <select
        value={from}
        onChange={({ currentTarget: { value } }) =>
          value ? set(name, `var(--muse-${value})`) : wear(withSide(theme.value, name, 'light', sideOf(theme.value, name, 'light')), name)
        }
      >
        <option value="">{text.ownColour}</option>
        {others.map((token) => (
          <option key={token.name} value={token.name}>
            {text.names[token.name]}
          </option>
        ))}
      </select>
    </label>
  )
}
