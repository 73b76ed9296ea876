// How points are earned, fetched when somebody looks at it.
import { useState } from 'preact/hooks'
import type { More } from '../text/en-more.ts'
import type { Purchase } from './earning.ts'
import { learn } from './model.ts'
import type { Props } from './Panel.tsx'
import { Awaited, dress } from './part.tsx'
import { wordsOf } from './words.ts'

export { EarnView as Part }

function EarnView({ model, purchases }: Props & { purchases?: Purchase[] | undefined }) {
  const [view, keep] = useState<Fetched>()
  if (!view) return <Awaited model={model} get={() => fetchEarn(model).then(keep)} />
  const more = wordsOf(view.more, model.program.value, model.stage.host.lang)
  return <view.Earn model={model} more={more} purchases={purchases} />
}

type Fetched = Pick<typeof import('./Earn.tsx'), 'Earn'> & { more: More }

async function fetchEarn(model: Props['model']): Promise<Fetched> {
  const [{ Earn, css }, { more }] = await Promise.all([
    import('./Earn.tsx'),
    model.stage.host.lang === 'ja' ? import('../text/ja-more.ts') : import('../text/en-more.ts'),
    learn(model, 'guest'),
  ])
  dress(model.place.root, css)
  return { Earn, more }
}
