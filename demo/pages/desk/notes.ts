// What the ledger has noted beside a movement, in the reader's language: its notes begin with what they are about.
import { find } from '../../catalogue.ts'
import { titleIn } from '../../programmes/rules.ts'
import { type Text, texts } from '../../text.ts'

export function noteIn(t: Text, note = ''): string {
  const say = t.desk.notes
  const [kind = '', ...rest] = note.split(' ')
  const about = rest.join(' ')
  if (kind === 'gift') return titleIn(about, t)
  if (kind === 'review') return say.review(find(about)?.name[t.language.is] ?? about)
  if (kind === 'follow') return say.follow(networks[about] ?? about)
  if (kind === 'prize') return say.prize(rest[0] ?? '', Number(rest[1]))
  if (note === 'photo') return say.photo
  // The shop's own gift bears the words of whoever pressed for it.
  return Object.values(texts).some(({ orders }) => orders.giftReason === note) ? t.orders.giftReason : note
}

const networks: Record<string, string> = { x: 'X', facebook: 'Facebook', instagram: 'Instagram' }
