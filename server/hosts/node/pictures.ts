// Pictures on Node are read in a thread of their own: decoding one takes half a second, and the books must not wait for it.
import type { Picture } from '../../rules/picture.ts'
import { createThread } from './thread.ts'

/** How long one picture may take, in milliseconds. */
const PATIENCE = { most: 20_000, late: 'A picture took too long to read.' }

/** The one function that reads pictures for the process, or refuses them. */
export const createPictures = () =>
  createThread<Uint8Array<ArrayBuffer>, Picture>(new URL('./picture-thread.ts', import.meta.url), PATIENCE)
