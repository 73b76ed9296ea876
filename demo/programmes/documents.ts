// The three programmes the storefront can run, as documents: what of them a storefront reads, and where each comes from.
import amazon from '../../server/programs/amazon.json' with { type: 'json' }
import jej from '../../server/programs/jej.json' with { type: 'json' }
import solaris from '../../server/programs/solaris.json' with { type: 'json' }

export const programmeIds = ['jej', 'solaris', 'amazon'] as const
/** Also the id of the shop that runs it. */
export type ProgrammeId = (typeof programmeIds)[number]

/** Instants of the wire; `from` is inside, `until` outside. */
export type Window = { from?: string; until?: string }

export type Campaign = {
  id: string
  title: string
  multiply?: number
  percent?: number
  ordered?: Window
  shipped?: Window
  payment?: string[]
  categories?: string[]
  sellers?: string[]
  cancelUnshipped?: boolean
}

/** A program document, as far as the storefront speaks of it. */
export type Document = {
  name: string
  startsAt?: string
  earning: {
    purchase: { percent: number; award: string; delay: string; exclude?: { tags: string[] } }
    review?: { points: number }
    photo?: { points: number; perDay: number }
    prizes?: number[]
    follow?: { points: number; accounts: Record<string, string> }
  }
  redeeming: {
    coupon: { min: number; max: number }
    checkout: { max: number | null } | null
    exclude?: { tags: string[] }
    gifts?: { id: string; title: string; points: number }[]
  }
  campaigns?: Campaign[]
  sellers?: { percent: number; from: string; until: string; badge: { label: string; businessDays: number } }
  links: { signIn: string; signUp: string; contact: string }
}

/** The storefront's own addresses stand in for those of the shops the programmes come from. */
const links = { signIn: '/login', signUp: '/register', contact: '/contact' }

export const documents: Record<ProgrammeId, Document> = {
  jej: { ...jej, links },
  solaris: { ...solaris, links },
  amazon: { ...amazon, links },
}

export const isProgramme = (text: string | undefined): text is ProgrammeId => programmeIds.some((id) => id === text)
