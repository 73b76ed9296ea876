// What has happened to the points, newest first, a page at a time.
import { useEffect } from 'preact/hooks'
import type { History as Told } from '../../server/contract.ts'
import type { Text } from '../text/en.ts'
import { More } from './More.tsx'
import { couponOf, type Model } from './model.ts'
import { grouped, inFours } from './number.ts'
import type { Props } from './Panel.tsx'
import { readOn } from './reading-on.ts'
import { Trouble } from './standing.tsx'

export { History as Part, More }

function History({ model }: Props) {
  const text = model.text.value
  const history = model.history.value
  const isIdle = !history && !model.failure.value && !model.busy.value
  useEffect(() => {
    if (isIdle) void readOn(model, 'history')
  }, [isIdle])
  const trouble = <Trouble model={model} at="history" />
  return (
    <section class="history">
      <h3 class="unseen">{text.navHistory}</h3>
      {!history && trouble}
      {history?.rows.length === 0 && <p class="quiet">{text.historyEmpty}</p>}
      <ul class="rows">
        {history?.rows.map((entry, index) => (
          <li key={index} tabIndex={-1}>
            <span>
              {titleOf(model, entry)}
              <small>
                {[model.day(entry.at), entry.order && text.order(entry.order), entry.coupon && inFours(entry.coupon)].map(
                  (said) => said && [<span>{said}</span>, ' '],
                )}
              </small>
            </span>
            <b>{signOf(entry.kind) + grouped(entry.points)}</b>
          </li>
        ))}
      </ul>
      {(history?.next || (!history && model.failure.value)) && <More model={model} at="history" />}
      {history && trouble}
    </section>
  )
}

/** What the shop wrote; of activities and gifts the ledger keeps words of its own, which are said in the shopper's language. What is let go
 * is told by what became of its coupon, and what is held or spent by whether there is one. */
function titleOf(model: Model, { kind, coupon, note = '' }: Told['entries'][number]): string {
  const text = model.text.value
  const entries: Record<string, string> = text.entries
  if (/^(welcome|photo|(review|follow) \S+|prize [\d-]+ \d+)$/.test(note))
    return text.activities[note.split(' ')[0] as keyof Text['activities']]
  if (kind !== 'grant') note = note.replace(/^gift |^advanced$/, '')
  const known = couponOf(model, coupon)
  // What an order has left of a coupon is that, also when the order is cancelled since.
  return note || (entries[`${kind} ${coupon ? (known?.order ? 'used' : known?.state) : 'bare'}`] ?? entries[kind] ?? text.entryOther)
}

/** What an entry does to what the member can expect to spend; one that only moves points along has none. */
const signOf = (kind: string) =>
  /^(earn|grant|release|return)$/.test(kind) ? '+' : /^(revoke|clawback|owe|repay|hold|expire)$/.test(kind) ? '−' : ''
