// The contrast gate: what falls short, worst first, each with the nearest colour that does not.
import { useState } from 'preact/hooks'
import { mend, mendAll, nearest, type Verdict } from '../theme/gate.ts'
import { calm, choose, shortfalls, text, verdicts, wear } from './model.ts'

const SHOWN = 6

export function Gate() {
  const [isOpen, setOpen] = useState(false)
  const failing = shortfalls.value.length
  const shown = isOpen ? verdicts.value : verdicts.value.slice(0, Math.max(failing, SHOWN))
  return (
    <section class="gate" data-passes={!failing}>
      <h2>{text.gate.title}</h2>
      <p class="verdict">{failing ? text.gate.fails(failing) : text.gate.passes(verdicts.value.length)}</p>
      {failing > 0 && (
        <button type="button" class="go" onClick={() => wear(mendAll(calm.value), 'mend all')}>
          {text.gate.mendAll}
        </button>
      )}
      <ul>
        {shown.map((verdict) => (
          <Pair key={[verdict.front, verdict.ground, verdict.place, verdict.state, verdict.scheme].join()} verdict={verdict} />
        ))}
      </ul>
      {!isOpen && shown.length < verdicts.value.length && (
        <button type="button" class="quiet" onClick={() => setOpen(true)}>
          {text.gate.more(verdicts.value.length)}
        </button>
      )}
    </section>
  )
}

function Pair({ verdict }: { verdict: Verdict }) {
  const { front, ground, need, place, state, scheme, ratio, passes, colours } = verdict
  const where = [text.gate.places[place], text.gate.parts[state], text.gate.schemes[scheme]].filter(Boolean).join(' · ')
  return (
    <li data-passes={passes}>
      <button type="button" class="pair" onClick={() => choose(front, scheme)}>
        <span class="sample" aria-hidden="true" style={{ color: colours.front, background: colours.ground }}>
          {need === 4.5 ? 'Aa' : '◯'}
        </span>
        <span>
          {`${text.names[front]} / ${text.names[ground]}`}
          <small>{where}</small>
        </span>
        <b>
          {(Math.floor(ratio * 10) / 10).toFixed(1)}
          <small>{text.gate.needs(need)}</small>
        </b>
      </button>
      {!passes && <Mend verdict={verdict} />}
    </li>
  )
}

function Mend({ verdict }: { verdict: Verdict }) {
  const hex = nearest(calm.value, verdict)
  return hex ? (
    <button type="button" class="mend" onClick={() => wear(mend(calm.value, verdict), `mend ${verdict.front}`)}>
      <i style={{ background: hex }} />
      {text.gate.mend(hex)}
    </button>
  ) : (
    <p>{text.gate.stuck}</p>
  )
}
