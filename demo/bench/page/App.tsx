// The bench: what it is called and what was done, the tokens, the states, and beside them the gate and the ways in and out.

import { useEffect } from 'preact/hooks'
import { Brand } from './Brand.tsx'
import { Gallery } from './Gallery.tsx'
import { Gate } from './Gate.tsx'
import { In } from './In.tsx'
import { back, copy, forth, history, link, putOn, said, text, theme } from './model.ts'
import { narrow } from './narrow.ts'
import { Out } from './Out.tsx'
import { Themes } from './Themes.tsx'
import { Tokens } from './Tokens.tsx'

export function App() {
  return (
    <>
      <a class="skip" href="#states">
        {text.skip}
      </a>
      <a class="skip" href="#contrast">
        {text.skipOn}
      </a>
      <Header />
      <main>
        {narrow.value && <Gallery key="strip" isStrip />}
        <aside class="left" aria-label={text.tokens}>
          <Brand />
          <Themes />
          <Tokens />
        </aside>
        {!narrow.value && <Gallery key="beside" />}
        <aside class="right" aria-label={`${text.gate.title}, ${text.out.title}, ${text.in.title}`}>
          <Gate />
          <Out />
          <In />
        </aside>
      </main>
    </>
  )
}

function Header() {
  const share = () => copy(new URL(link(), location.href).href, text.shared)
  return (
    <header>
      <h1>
        <i class="mark" />
        {text.title}
      </h1>
      <Steps />
      <Said />
      <button type="button" onClick={share}>
        {text.share}
      </button>
      <a href={`?lang=${text.other.language}`} onClick={carryOver} lang={text.other.language} hreflang={text.other.language}>
        {text.other.label}
      </a>
    </header>
  )
}

/** What was done, in sight wherever one is on the page, for a while. */
function Said() {
  const what = said.value
  useEffect(() => {
    const resting = setTimeout(() => (said.value = ''), 8_000)
    return () => clearTimeout(resting)
  }, [what])
  return (
    <p class="said" role="status">
      {what}
    </p>
  )
}

/** The theme goes along into the other language. */
const carryOver = ({ currentTarget }: { currentTarget: HTMLAnchorElement }) => {
  currentTarget.hash = new URL(link(), location.href).hash
}

/** Alone, because each step of a drag draws it anew. */
function Steps() {
  return (
    <div class="steps">
      <button type="button" disabled={!history.value.past.length} onClick={back}>
        {text.undo}
      </button>
      <button type="button" disabled={!history.value.future.length} onClick={forth}>
        {text.redo}
      </button>
      <button type="button" disabled={!Object.keys(theme.value).length} onClick={() => putOn({}, 'own', text.startedOver)}>
        {text.startOver}
      </button>
    </div>
  )
}
