// The bench: what it is called and what was done, the tokens, the states, and beside them the gate and the ways in and out.

import { Brand } from './Brand.tsx'
import { Gallery } from './Gallery.tsx'
import { Gate } from './Gate.tsx'
import { In } from './In.tsx'
import { back, forth, history, said, text, theme, wear } from './model.ts'
import { Out } from './Out.tsx'
import { Themes } from './Themes.tsx'
import { Tokens } from './Tokens.tsx'

export function App() {
  const share = async () => {
    await navigator.clipboard.writeText(location.href)
    said.value = text.shared
  }
  return (
    <>
      <a class="skip" href="#states">
        {text.skip}
      </a>
      <header>
        <h1>
          <i class="mark" />
          {text.title}
        </h1>
        <div class="steps">
          <button type="button" disabled={!history.value.past.length} onClick={back}>
            {text.undo}
          </button>
          <button type="button" disabled={!history.value.future.length} onClick={forth}>
            {text.redo}
          </button>
          <button type="button" disabled={!Object.keys(theme.value).length} onClick={() => wear({}, 'own')}>
            {text.startOver}
          </button>
        </div>
        <p class="said" role="status">
          {said}
        </p>
        <button type="button" onClick={share}>
          {text.share}
        </button>
        <a href={`?lang=${text.other.language}${location.hash}`} lang={text.other.language} hreflang={text.other.language}>
          {text.other.label}
        </a>
      </header>
      <main>
        <aside class="left" aria-label={text.tokens}>
          <Brand />
          <Themes />
          <Tokens />
        </aside>
        <Gallery />
        <aside class="right" aria-label={`${text.gate.title}, ${text.out.title}, ${text.in.title}`}>
          <Gate />
          <Out />
          <In />
        </aside>
      </main>
    </>
  )
}
