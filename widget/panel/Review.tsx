// A review of something bought: which, how many stars, and what there is to say. Any rating earns the same, and none is suggested.
import { useState } from 'preact/hooks'
import type { More } from '../text/en-more.ts'
import { type Purchase, review } from './earning.ts'
import type { Props } from './Panel.tsx'
import { Said } from './Said.tsx'

export function Review({ model, more, purchases, close }: Props & { more: More; purchases: Purchase[]; close: () => void }) {
  const id = 'muse-review'
  const [index, choose] = useState(0)
  const [rating, rate] = useState(0)
  const [said, say] = useState('')
  const isBusy = model.busy.value === 'review'
  const submit = async (event: Event) => {
    event.preventDefault()
    const { order, sku } = purchases[index] ?? purchases[0]!
    if (await review(model, more, { order, sku, rating, text: said })) close()
  }
  return (
    <form onSubmit={submit} aria-busy={isBusy}>
      <label for={`${id}-what`}>{more.reviewOf}</label>
      <select id={`${id}-what`} value={index} onChange={(event) => choose(Number(event.currentTarget.value))}>
        {purchases.map(({ order, sku, title }, at) => (
          <option key={order + sku} value={at}>
            {title}
          </option>
        ))}
      </select>
      <fieldset>
        <legend>{more.reviewRating}</legend>
        {[1, 2, 3, 4, 5].map((stars) => (
          <label key={stars} class="star" data-on={stars <= rating}>
            <input
              type="radio"
              name={`${id}-rating`}
              class="unseen"
              checked={stars === rating}
              required
              aria-invalid={false}
              aria-label={more.reviewStars(String(stars))}
              onChange={() => rate(stars)}
            />
            <span aria-hidden="true">{stars <= rating ? '★' : '☆'}</span>
          </label>
        ))}
      </fieldset>
      <label for={`${id}-text`}>{more.reviewText}</label>
      <textarea id={`${id}-text`} rows={4} maxLength={5000} required value={said} onInput={(event) => say(event.currentTarget.value)} />
      <button type="submit" class="main" aria-disabled={isBusy}>
        {more.reviewSend}
      </button>
      <Said {...{ model, more }} at="review" as="review" />
    </form>
  )
}
