// What an object gives the app as its host: what the platform is to all of them, and no book but the object's own.
import { addressName } from '../../http/address.ts'
import { type Host, Misdirected } from '../../http/host.ts'
import type { Metrics } from '../../http/metrics.ts'
import { pictureReader } from '../../rules/picture.ts'
import { wantsRequests } from '../settings.ts'
import { codecs } from './codecs.ts'
import { dice } from './env.ts'
import type { Store } from './store.ts'

interface Given {
  operatorKey: string
  /** What MUSE_LOG says. */
  log: string | null | undefined
  metrics: Metrics
}

/** One reader for all objects of an isolate, which share its memory. */
const picture = pictureReader(codecs)

/** What is the same in every object. */
export const createPlatform = ({ operatorKey, log, metrics }: Given) =>
  ({
    books: [1, 32, 1024],
    picture,
    dice,
    operatorKey,
    // The platform says so itself; where it does not, nobody is counted by address.
    address: (header) => {
      const address = header('CF-Connecting-IP')
      return address === undefined ? undefined : addressName(address)
    },
    watch: {
      tick: () => performance.now(),
      metrics,
      log: wantsRequests(log) ? (line) => console.log(JSON.stringify(line)) : undefined,
    },
  }) satisfies Partial<Host>

/** The one book that is at hand. Whoever asks for another has lost the way. */
export function onlyMine(
  { shop, book }: { shop: string; book: number },
  { made, make }: Pick<Store, 'made' | 'make'>,
): Pick<Host, 'first' | 'book'> {
  const mine = (asked: string, number: number) => {
    if (asked !== shop || number !== book) throw new Misdirected(`Book ${number} of ${asked} was asked of book ${book} of ${shop}.`)
  }
  return {
    first: (asked) => {
      mine(asked, book)
      return made()
    },
    book: (asked, number) => {
      mine(asked, number)
      return make()
    },
  }
}
