// What has happened to the points, newest first, a page at a time.
import { useEffect } from 'preact/hooks'
import type { Text } from '../text/en.ts'
import { grouped, inFours } from './number.ts'
import type { Props } from './Panel.tsx'
import { readOn } from './reading-on.ts'
import { Trouble } from './standing.tsx'

export { History as Part }

function History({ model }: Props) {
  const text = model.text.value
  const history = model.history.value
  const isIdle = !history && !model.failure.value && !model.busy.value
  useEffect(() => {
    if (isIdle) void readOn(model)
  }, [isIdle])
  const more = async ({ currentTarget: button }: { currentTarget: Element }) => {
    const { children } = button.previousElementSibling!
    const { length } = children
    await readOn(model)
    // The button is gone with the last page: one reads on where that begins, unless one has moved on.
    const isElsewhere = model.place.root.activeElement || model.stage.ofDocument('querySelector', 'body:focus-within')
    if (!isElsewhere) (children[length] as HTMLElement)?.focus()
  }
  return (
    <section class="history">
      <h3 class="unseen">{text.navHistory}</h3>
      <Trouble model={model} at="history" />
      {history?.entries.length === 0 && <p class="quiet">{text.historyEmpty}</p>}
      <ul class="rows">
        {history?.entries.map(({ at, kind, points, order, coupon, note }, index) => (
          <li key={index} tabIndex={-1}>
            <span>
              {titleOf(text, kind, note)}
              <small>
                {[model.day(at), order && text.order(order), coupon && inFours(coupon)].map((said) => said && <span>{said}</span>)}
              </small>
            </span>
            <b>{signOf(kind) + grouped(points)}</b>
          </li>
        ))}
      </ul>
      {(history?.next || (!history && model.failure.value)) && (
        <button type="button" class="plain wide" aria-disabled={model.busy.value === 'history'} onClick={more}>
          {history ? text.historyMore : text.retry}
        </button>
      )}
    </section>
  )
}

/** What the shop wrote; of activities and gifts the ledger keeps words of its own, which are said in the shopper's language. */
function titleOf({ entries, entryOther, activities }: Text, kind: string, note = ''): string {
  if (/^(welcome|photo|(review|follow) \S+)$/.test(note)) return activities[note.split(' ')[0] as keyof Text['activities']]
  if (kind !== 'grant') note = note.replace(/^gift |^advanced$/, '')
  return note || (entries[kind as keyof Text['entries']] ?? entryOther)
}

/** What an entry does to what the member can expect to spend; one that only moves points along has none. */
const signOf = (kind: string) =>
  /^(earn|grant|release|return)$/.test(kind) ? '+' : /^(revoke|clawback|owe|repay|hold|expire)$/.test(kind) ? '−' : ''
