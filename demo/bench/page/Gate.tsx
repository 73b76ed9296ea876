// The contrast gate: what falls short, worst first, each with the nearest colour that does not.
import { useState } from 'preact/hooks'
import { mend, mendAll, nearest, type Verdict } from '../theme/gate.ts'
import { calm, choose, shortfalls, text, verdicts, wear } from './model.ts'

/** Where a designer looks for a pair: the parts of the widget as one meets them. */
const groups = {
  launcher: ['launcher'],
  panel: ['emblem', 'panel', 'notes', 'welcome', 'tabs', 'campaign', 'refusal'],
  buttons: ['mainButton', 'plainButton'],
  redeem: ['ticket', 'amount', 'slider', 'chips'],
  pages: ['forms', 'stars', 'checkout'],
} as const satisfies Record<string, readonly string[]>

export function Gate() {
  const falling = shortfalls.value
  return (
    <section id="contrast" class="gate" tabIndex={-1} data-passes={!falling.length}>
      <h2>{text.gate.title}</h2>
      <p class="verdict">{falling.length ? text.gate.fails(falling.length) : text.gate.passes(verdicts.value.length)}</p>
      {falling.length > 0 && (
        <>
          <button type="button" class="go" onClick={() => wear(mendAll(calm.value), 'mend all')}>
            {text.gate.mendAll}
          </button>
          <Falls of={falling} />
        </>
      )}
      {Object.entries(groups).map(([group, places]) => (
        <Group key={group} name={text.gate.groups[group as keyof typeof groups]} of={inPlaces(places)} />
      ))}
    </section>
  )
}

const inPlaces = (places: readonly string[]) => verdicts.value.filter(({ place }) => places.includes(place))

/** What falls short stands above: here is everything, to be looked up. */
function Group({ name, of: pairs }: { name: string; of: Verdict[] }) {
  const [isOpen, setOpen] = useState(false)
  const bad = pairs.filter(({ passes }) => !passes).length
  return (
    <details class="group" data-passes={!bad} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>
        {name} <small>{bad ? text.gate.groupFails(bad, pairs.length) : text.gate.groupPasses(pairs.length)}</small>
      </summary>
      {isOpen && <Pairs of={pairs} />}
    </details>
  )
}

const Pairs = ({ of: pairs }: { of: Verdict[] }) => (
  <ul>
    {pairs.map((verdict) => (
      <li key={keyOf(verdict)} data-passes={verdict.passes}>
        <Pair verdict={verdict} />
      </li>
    ))}
  </ul>
)

/** One colour that falls short, wherever it does, and the one deed that mends it. */
function Falls({ of: falling }: { of: Verdict[] }) {
  const falls = Map.groupBy(falling, ({ front, scheme }) => `${front} ${scheme}`)
  return (
    <ul>
      {[...falls].map(([colour, pairs]) => (
        <li key={colour} data-passes="false">
          {pairs.map((verdict) => (
            <Pair key={keyOf(verdict)} verdict={verdict} />
          ))}
          <Mend verdict={pairs[0]!} />
        </li>
      ))}
    </ul>
  )
}

const keyOf = ({ front, ground, place, state, scheme }: Verdict) => [front, ground, place, state, scheme].join()

function Pair({ verdict }: { verdict: Verdict }) {
  const { front, ground, need, place, state, scheme, ratio, colours } = verdict
  const where = [text.gate.places[place], text.gate.parts[state], text.gate.schemes[scheme]].filter(Boolean).join(' · ')
  return (
    <button type="button" class="pair" onClick={() => choose(front, scheme)}>
      <span class="sample" aria-hidden="true" style={{ color: colours.front, background: colours.ground }}>
        {need === 4.5 ? 'Aa' : '◯'}
      </span>
      <span>
        {text.gate.on(text.names[front]!, text.names[ground]!)}
        <small>{where}</small>
      </span>
      <b>
        {`${(Math.floor(ratio * 10) / 10).toFixed(1)}:1`}
        <small>{text.gate.needs(need)}</small>
      </b>
    </button>
  )
}

function Mend({ verdict }: { verdict: Verdict }) {
  const hex = nearest(calm.value, verdict)
  return hex ? (
    <button type="button" class="mend" onClick={() => wear(mend(calm.value, verdict), `mend ${verdict.front}`)}>
      <i style={{ background: hex }} />
      {text.gate.mend(text.names[verdict.front]!, hex)}
    </button>
  ) : (
    <p>{text.gate.stuck(text.names[verdict.ground]!)}</p>
  )
}
