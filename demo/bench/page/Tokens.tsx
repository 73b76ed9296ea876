// The tokens in their three layers, each with the control of its kind; those that paint what was clicked in a preview stand on top.
import { useEffect, useRef } from 'preact/hooks'
import { sideOf } from '../theme/gate.ts'
import { type Layer, settled, type Token, tokenOf, tokens, worth } from '../theme/tokens.ts'
import { type Shadow, shadowIn, shadowText } from '../theme/values.ts'
import { Choice, Slide } from './controls.tsx'
import { calm, choose, chosen, inspected, set, text } from './model.ts'

/** Typefaces to begin from, each with what a system without it has; any other can be typed. */
const faces = [
  'sans-serif',
  'system-ui, sans-serif',
  '"Helvetica Neue", "Hiragino Sans", Arial, sans-serif',
  'Georgia, "Hiragino Mincho ProN", serif',
  '"Hiragino Maru Gothic ProN", "Arial Rounded MT Bold", sans-serif',
  '"Iowan Old Style", "Palatino Linotype", "Yu Mincho", serif',
]
const codeFaces = ['ui-monospace, monospace', '"SF Mono", Menlo, Consolas, monospace', '"Courier New", monospace', 'sans-serif']

export function Tokens() {
  const layers: Layer[] = ['brand', 'meaning', 'component']
  return (
    <>
      <Inspected />
      {layers.map((layer) => (
        <section key={layer} class="layer">
          <h2>{text.layers[layer]}</h2>
          <ul>
            {tokens
              .filter((token) => token.layer === layer && token.kind.type !== 'dye')
              .map((token) => (
                <Row key={token.name} token={token} />
              ))}
          </ul>
        </section>
      ))}
    </>
  )
}

function Inspected() {
  const names = inspected.value
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (names) heading.current?.closest('section')?.scrollIntoView({ block: 'start' })
  }, [names])
  return (
    <section class="inspected">
      <h2 ref={heading}>{text.inspected}</h2>
      {names?.length ? (
        <ul>
          {names.map((name) => (
            <Row key={name} token={tokenOf(name)!} />
          ))}
        </ul>
      ) : (
        <p>{names ? text.inspectedNone : text.inspectLead}</p>
      )}
    </section>
  )
}

function Row({ token }: { token: Token }) {
  const { name, initial } = token
  const label = text.names[name] ?? name
  const isOwn = worth(calm.value, name) === initial
  return (
    <li class="token" data-token={name}>
      <Control token={token} label={label} />
      {!isOwn && (
        <button type="button" class="reset" aria-label={text.reset(label)} title={text.reset(label)} onClick={() => set(name, initial)}>
          ↺
        </button>
      )}
    </li>
  )
}

function Control({ token: { name, kind }, label }: { token: Token; label: string }) {
  const value = worth(calm.value, name)
  switch (kind.type) {
    case 'colour':
    case 'dye':
      return <Dyes name={name} label={label} />
    case 'length': {
      const { least, most, unit } = kind
      const amount = Number.parseFloat(settled(calm.value, name))
      return <Slide {...{ label, least, most, unit }} value={amount} onInput={(next) => set(name, `${next}${unit}`)} />
    }
    case 'weight':
      return <Slide label={label} least={100} most={900} step={100} value={Number(value)} onInput={(next) => set(name, String(next))} />
    case 'shadow':
      return <Cast name={name} label={label} shadow={shadowIn(value)!} />
    case 'choice': {
      const options = Object.fromEntries(Object.entries(kind.options).map(([option, css]) => [css, text.options[option] ?? option]))
      return <Choice legend={label} name={`token-${name}`} options={options} value={value} onChange={(css) => set(name, css)} />
    }
    default:
      return (
        <label class="field">
          <span>{label}</span>
          <input
            type="text"
            value={value}
            spellcheck={false}
            autocomplete="off"
            list={`faces-${name}`}
            onChange={({ currentTarget }) => set(name, currentTarget.value)}
          />
          <datalist id={`faces-${name}`}>
            {(name === 'font-code' ? codeFaces : faces).map((face) => (
              <option key={face} value={face} />
            ))}
          </datalist>
        </label>
      )
  }
}

/** Both sides of a colour; pressing one brings it under the wheel. */
function Dyes({ name, label }: { name: string; label: string }) {
  return (
    <div class="dyes">
      <span>{label}</span>
      {(['light', 'dark'] as const).map((scheme) => (
        <button
          key={scheme}
          type="button"
          class="dye"
          aria-pressed={chosen.value.name === name && chosen.value.scheme === scheme}
          aria-label={`${label}, ${scheme === 'light' ? text.day : text.night}`}
          title={scheme === 'light' ? text.day : text.night}
          onClick={() => choose(name, scheme)}
        >
          <i style={{ background: sideOf(calm.value, name, scheme) }} />
        </button>
      ))}
    </div>
  )
}

function Cast({ name, label, shadow }: { name: string; label: string; shadow: Shadow }) {
  const put = (part: Partial<Shadow>) => set(name, shadowText({ ...shadow, ...part }))
  const most = { x: 40, y: 40, blur: 80, spread: 20 }
  const alpha = Number.parseInt(shadow.colour.slice(7) || 'ff', 16)
  const withAlpha = (percent: number) =>
    shadow.colour.slice(0, 7) +
    Math.round(percent * 2.55)
      .toString(16)
      .padStart(2, '0')
  return (
    <details class="cast">
      <summary>{label}</summary>
      {(['x', 'y', 'blur', 'spread'] as const).map((part) => (
        <Slide
          key={part}
          label={text.shadowParts[part]}
          least={part === 'blur' ? 0 : -most[part]}
          most={most[part]}
          unit="px"
          value={shadow[part]}
          onInput={(value) => put({ [part]: value })}
        />
      ))}
      <Slide
        label={text.opacity}
        most={100}
        unit="%"
        value={Math.round(alpha / 2.55)}
        onInput={(value) => put({ colour: withAlpha(value) })}
      />
      <label class="tint">
        <span>{text.shadowParts.colour}</span>
        <input
          type="color"
          value={shadow.colour.slice(0, 7)}
          onInput={({ currentTarget: { value } }) => put({ colour: value + shadow.colour.slice(7) })}
        />
      </label>
    </details>
  )
}
