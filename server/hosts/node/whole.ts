// What reads a whole book, as the audit and the report do, takes seconds in a large one. So a thread reads it beside the event loop, on a
// connection of its own and in one state of the book, while everybody else is answered.
import type { Answer } from '../../acts/answers.ts'
import type { Shop } from '../../acts/shop.ts'
import type { Ask, Route } from '../../http/routes/route.ts'
import type { Sql } from '../../ledger/sql.ts'
import { createThread } from './thread.ts'

/** A book of fewer bytes is read sooner than a thread has begun. */
const SMALL = 4 * 1024 * 1024

/** What the thread is asked: a route's answer of the book in this file, at an instant. */
export interface Reading {
  file: string
  path: string
  ask: Ask
  shop: Shop
  now: number
}

const read = createThread<Reading, Answer | null>(new URL('./whole-thread.ts', import.meta.url))

/** Whether a book is large enough for the thread. */
export function isLarge(sql: Sql): boolean {
  const [size] = sql.all<{ bytes: number }>('SELECT page_count * page_size AS bytes FROM pragma_page_count, pragma_page_size')
  return (size?.bytes ?? 0) >= SMALL
}

/** A route's answer of the book in a file; undefined where time has something to do in it first. */
export async function readAside(file: string, { path }: Route, about: Omit<Reading, 'file' | 'path'>): Promise<Answer | undefined> {
  return (await read({ file, path, ...about })) ?? undefined
}
