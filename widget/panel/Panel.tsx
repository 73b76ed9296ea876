// The panel: its head, and below it what a guest sees or what a member does, each a part that nobody else fetches.
import type { Model } from './model.ts'
import { part, useLater } from './part.tsx'
import { Failed, Spoken, Standing } from './standing.tsx'

const Guest = part(() => import('./Guest.tsx'), 'guest', Failed)
const Member = part(() => import('./Member.tsx'))

/** What is shown to who is signed in now; undefined while nobody has said. */
export const partOf = (token: string | undefined) => (token ? Member : token === '' ? Guest : undefined)

export interface Props {
  model: Model
}

export function Panel({ model, close }: Props & { close: () => void }) {
  const text = model.text.value
  return (
    <>
      <div class="head">
        <i />
        <h2 id="muse-name" tabIndex={-1}>
          {model.stage.launcher.ariaLabel}
        </h2>
        <button type="button" class="icon" aria-label={text.close} onClick={close} />
      </div>
      <div class="body">
        <Body model={model} />
      </div>
      <Spoken model={model} />
    </>
  )
}

/** Comes a frame after the head: both at once would be one long task of a slow phone. */
function Body({ model }: Props) {
  return useLater() ? <Standing model={model} guest={<Guest model={model} />} member={<Member model={model} />} /> : null
}
