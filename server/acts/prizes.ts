// Prizes: the merchant's selection of a month's photos, written down once in the first book and paid once in each winner's own.
import type * as z from 'zod'
import { type Awarded, Refusal } from '../contract.ts'
import { findMember } from '../ledger/member.ts'
import { one } from '../ledger/sql.ts'
import { add, findActivity } from './activities.ts'
import { wake } from './chores.ts'
import { type ShopBook, terms } from './shop.ts'

export interface Prize {
  place: number
  photo: string
  points: number
  customer: string
}

/**
 * Asked of the first book: writes down who won. The same selection again is what it was; another one for that month is
 * refused, as are more places than the program has prizes, and photos that the gallery does not show. Which photos of the
 * gallery may win in a month is the merchant's to say.
 */
export function select(book: ShopBook, month: string, photos: string[]): Prize[] {
  const known = prizesOf(book, month)
  if (known.length > 0) {
    if (known.map(({ photo }) => photo).join() === photos.join()) return known
    throw new Refusal('already-done', `The prizes of ${month} have been given.`)
  }
  const { prizes } = terms(book).program.earning
  if (photos.length > prizes.length)
    throw new Refusal('out-of-range', `The program has ${prizes.length} prizes a month.`, { max: prizes.length })
  photos.forEach((id, index) => {
    mustBeShown(book, id)
    const place = index + 1
    const row = [month, place, id, prizes[index] ?? 0, book.now]
    book.all('INSERT INTO prizes (month, place, photo, points, at) VALUES (?, ?, ?, ?, ?)', ...row)
    book.all('UPDATE photos SET month = ?, place = ? WHERE id = ?', month, place, id)
  })
  return prizesOf(book, month)
}

/** Pays those of the prizes whose winners are members of this book, each once. */
export function pay(book: ShopBook, month: string, prizes: Prize[]): z.infer<typeof Awarded> {
  const paid = prizes.filter((prize) => {
    const member = findMember(book, prize.customer)
    if (!member) return false
    wake(book, member)
    const key = `${month} ${prize.place}`
    if (!findActivity(book, member, 'prize', key))
      add(book, member, { kind: 'prize', key, points: prize.points, state: 'accepted', document: { photo: prize.photo } })
    return true
  })
  return { month, prizes: paid.map(({ place, photo, points }) => ({ place, photo, points })) }
}

const prizesOf = (book: ShopBook, month: string) =>
  book.all<Prize>(
    `SELECT prizes.place, photo, points, customer FROM prizes JOIN photos ON photos.id = prizes.photo
     WHERE prizes.month = ? ORDER BY prizes.place`,
    month,
  )

function mustBeShown(book: ShopBook, id: string): void {
  const photo = one(book.all<{ state: string }>('SELECT state FROM photos WHERE id = ?', id))
  if (!photo) throw new Refusal('not-found', `There is no photo "${id}".`)
  if (photo.state !== 'accepted') throw new Refusal('not-eligible', `The photo "${id}" is not in the gallery.`)
}
