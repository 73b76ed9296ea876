// A photo's form: read up to a limit, and taken apart into the picture and what was written with it.
import { Refusal, Upload } from '../contract.ts'
import { LIMITS } from '../rules/picture.ts'
import { cutShort } from './body.ts'
import { parsed } from './problems.ts'

/** How much a form may be: the picture, and names, boundaries, a caption. */
const FORM_MAX = LIMITS.bytes + 64 * 1024
/** What all forms together may hold in memory, in bytes; whoever comes then has to come again. */
const IN_HAND_MAX = 4 * FORM_MAX

export interface Form {
  photo: Uint8Array<ArrayBuffer>
  caption: string
}

/** How many of these may be one member's, and how much of the memory: a page sends one. Their pictures are made one after the other. */
const [EACH_MAX, SHARE] = [8, IN_HAND_MAX / 2]
/** Whose form has not come on by so many bytes in so many milliseconds gives way to others, where memory is short. */
const [STEP, PATIENCE] = [64 * 1024, 10_000]

/** A form in hand. */
interface Coming {
  who: string
  /** In bytes; and how many it was at its last step, and when that was. */
  held: number
  further: number
  at: number
  /** Breaks its reading off; absent before and after. */
  stop?: (() => void) | undefined
}

/**
 * Gives the function that reads a form of `who`, and has `use` made of it, while it counts what is held. It refuses what is no form or too
 * large, has no picture or two, or a field that nobody knows. `now` is in milliseconds.
 */
export function createUploads(now: () => number) {
  const all = new Set<Coming>()
  let inHand = 0
  const letGo = (form: Coming) => {
    inHand -= form.held
    form.held = 0
  }
  // Whoever stops in the middle would else keep everybody's photos away for as long as the connection lasts.
  const makeRoom = () => {
    for (const form of all) {
      if (!form.stop || now() - form.at < PATIENCE) continue
      form.stop()
      letGo(form)
    }
  }
  const formsOf = (who: string) => [...all].filter((form) => form.who === who)
  const hold = (form: Coming, bytes: number) => {
    if (formsOf(form.who).reduce((sum, { held }) => sum + held, bytes) > SHARE) throw busy()
    if (inHand + bytes > IN_HAND_MAX) makeRoom()
    if (inHand + bytes > IN_HAND_MAX) throw busy()
    inHand += bytes
    form.held += bytes
    if (form.held - form.further >= STEP) Object.assign(form, { further: form.held, at: now() })
  }
  return async <T>(request: Request, who: string, use: (form: Form) => Promise<T>): Promise<T> => {
    if (formsOf(who).length >= EACH_MAX) throw busy()
    const form: Coming = { who, held: 0, further: 0, at: now() }
    all.add(form)
    try {
      return await use(await formOf(request, form, hold))
    } finally {
      all.delete(form)
      letGo(form)
    }
  }
}

type Hold = (form: Coming, bytes: number) => void

async function formOf(request: Request, coming: Coming, hold: Hold): Promise<Form> {
  const type = request.headers.get('Content-Type') ?? ''
  if (!/^multipart\/form-data\s*;/i.test(type)) throw invalid('The body is not a form (multipart/form-data).')
  // Sent twice it comes as one, of which each platform would read another boundary.
  if (/,\s*multipart\/form-data/i.test(type)) throw invalid('The form cannot be read.')
  const body = await read(request, coming, hold)
  const form = await new Response(body, { headers: { 'Content-Type': type } }).formData().catch(() => {
    throw invalid('The form cannot be read.')
  })
  const { photo, ...rest } = Object.fromEntries([...new Set(form.keys())].map((name) => [name, only(form, name)]))
  if (!photo || typeof photo === 'string') throw invalid('The form has no file named "photo".', 'photo')
  return { photo: new Uint8Array(await photo.arrayBuffer()), ...parsed(Caption, { caption: '', ...rest }) }
}

const Caption = Upload.pick({ caption: true })

// Counted as it comes, whatever it says of its length. What is too much is the host's to read or to leave (http/unread.ts).
async function read(request: Request, coming: Coming, hold: Hold): Promise<Blob> {
  if (Number(request.headers.get('Content-Length')) > FORM_MAX) throw tooLarge()
  const reader = request.body?.getReader()
  const pieces: Uint8Array<ArrayBuffer>[] = []
  let size = 0
  let isStopped = false
  coming.stop = () => {
    isStopped = true
    reader?.cancel().catch(() => {})
  }
  try {
    for (;;) {
      const { done, value } = (await reader?.read().catch(cutShort)) ?? { done: true }
      if (isStopped) throw busy()
      if (done) return new Blob(pieces)
      size += value.length
      if (size > FORM_MAX) throw tooLarge()
      hold(coming, value.length)
      pieces.push(value)
    }
  } finally {
    coming.stop = undefined
    reader?.releaseLock()
  }
}

function only(form: FormData, name: string) {
  const [value, ...more] = form.getAll(name)
  if (more.length > 0) throw invalid(`The form has "${name.slice(0, 60)}" twice.`, name)
  return value
}

const invalid = (detail: string, ...path: string[]) =>
  new Refusal('invalid-request', detail, path.length > 0 ? { path: path.map((name) => name.slice(0, 60)) } : {})
const tooLarge = () => new Refusal('too-large', `A photo is ${LIMITS.bytes / 2 ** 20} MiB at most.`)
const busy = () => new Refusal('storefront-unavailable', 'Too many photos are on their way at the moment.', { retryAfter: 1 })
