// What a member can do for points beside buying, and get for them beside coupons, as verbs on the model: follow, review, post, ask.
import type { Activity, Gift, PublicProgram, Wallet } from '../../server/contract.ts'
import type { More } from '../text/en-more.ts'
import type { Model } from './model.ts'
import { grouped } from './number.ts'
import { failureOf } from './reading.ts'
import { begin, fail } from './verbs.ts'
import { load } from './wallet.ts'
import { accept, keyOf, memberOf, send } from './writing.ts'

/** Something bought that may be reviewed, as the page names it. */
export interface Purchase {
  order: string
  sku: string
  title: string
}

/** What the public program says of earning and gifts beyond what every panel needs. */
export interface Offers {
  accounts: Record<string, string>
  gifts: { id: string; title: string; points: number }[]
}

interface Posted {
  id: string
  state: string
  points: number
  wallet: Wallet
}

export function offersOf({ earning, redeeming }: PublicProgram): Offers {
  const { accounts = {} } = (earning.follow ?? {}) as Partial<Offers>
  const { gifts = [] } = redeeming as Partial<Offers>
  return { accounts, gifts }
}

/** Claims the points of following an account. */
export const follow = (model: Model, text: More, network: string) =>
  act<{ activity: Activity; wallet: Wallet }>(model, `follow ${network}`, {
    sent: () => send(model, 'put', `/me/follows/${encodeURIComponent(network)}`),
    said: ({ activity: { state, points }, wallet }) => outcome(text, state === 'done' ? points : 0, wallet),
    told: ({ activity }) => activity,
  })

/** Reviews something bought; `rating` from 1 to 5. */
export const review = (model: Model, text: More, body: Omit<Purchase, 'title'> & { rating: number; text: string }) =>
  act<Posted>(model, 'review', {
    sent: (key) => send(model, 'post', '/me/reviews', { key, json: body }),
    once: body,
    said: ({ points, wallet }) => outcome(text, points, wallet),
    told: ({ id, state, points }) => ({ kind: 'review', id, state, points }),
  })

/** Posts a photo to the gallery. */
export const post = (model: Model, text: More, photo: Blob, caption: string) => {
  const form = new FormData()
  form.set('photo', photo, 'photo')
  form.set('caption', caption)
  return act<Posted>(model, 'photo', {
    sent: (key) => send(model, 'post', '/me/photos', { key, body: form, timeout: 60_000 }),
    said: ({ points, wallet }) => outcome(text, points, wallet),
    told: ({ id, state, points }) => ({ kind: 'photo', id, state, points }),
  })
}

/** Asks for a gift: its points are held until the shop has answered. */
export const ask = (model: Model, text: More, { id: gift, title }: Offers['gifts'][number]) =>
  act<{ id: string; wallet: Wallet }>(model, `gift ${gift}`, {
    sent: (key) => send(model, 'post', '/me/gifts', { key, json: { gift } }),
    once: { gift },
    said: ({ wallet }) => text.giftAsked(title, grouped(wallet.points.available)),
    told: ({ id }) => ({ kind: 'gift', id, gift, state: 'waiting' }),
  })

/** Takes a gift back that nobody has answered yet. */
export const withdraw = (model: Model, { id, points, gift }: Gift) =>
  act<{ wallet: Wallet }>(model, `gift ${id}`, {
    sent: () => send(model, 'delete', `/me/gifts/${encodeURIComponent(id)}`),
    said: ({ wallet }) => model.text.value.undoDone(grouped(points), grouped(wallet.points.available)),
    told: () => ({ kind: 'gift', id, gift, state: 'declined' }),
  })

interface Act<Answer> {
  sent(key: string): Promise<Answer>
  /** What is asked for, where asking twice would do it twice: until there is an answer, the same is asked with the same key. */
  once?: object
  said(answer: Answer): string
  /** The detail of the `activity` event. */
  told(answer: Answer): object
}

const keys = new Map<string, string>()

/** Whether it was done. `at` names it: what is busy, and where a refusal is shown. */
async function act<Answer extends { wallet: Wallet }>(model: Model, at: string, { sent, once, said, told }: Act<Answer>): Promise<boolean> {
  const { busy, turns, stage } = model
  if (busy.value) return false
  begin(model, at)
  const place = JSON.stringify([stage.api, memberOf(stage), at, once])
  const key = (once && keys.get(place)) ?? keyOf()
  keys.set(place, key)
  try {
    const answer = await sent(key)
    keys.delete(place)
    if (turns !== model.turns) return false
    accept(model, answer.wallet, () => {
      model.said.value = said(answer)
    })
    stage.emit('activity', { ...told(answer), wallet: answer.wallet })
    return true
  } catch (thrown) {
    const { settled } = failureOf(thrown)
    if (settled) keys.delete(place)
    if (turns !== model.turns) return false
    fail(model, at, thrown)
    // Things stand another way than the shopper saw.
    if (settled) await load(model)
    return false
  }
}

const outcome = (text: More, points: number, { points: { available } }: Wallet) =>
  points > 0 ? text.activityDone(grouped(points), grouped(available)) : text.activityWaits
