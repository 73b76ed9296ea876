// What the shop has asked of Muse, and when its clock was moved: one line of JSON each, only ever added to.
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { replace } from './kept.ts'

/**
 * A call that may have moved something. `path` is below the shop's own, `member` whom the answer named, `code` that of a refusal;
 * `at` in milliseconds. The same `key` asks once.
 */
export type Call = {
  what: 'call'
  at: number
  method: string
  path: string
  body?: unknown
  key?: string
  status: number
  member?: string
  code?: string
}
export type Jump = { what: 'jump'; at: number; to: number }
export type Entry = Call | Jump

export type Journal = {
  write(entry: Entry): void
  all(): Entry[]
  /** Leaves out what was asked in the name of this member, as if it had never been written down. */
  forget(member: string): void
}

export function openJournal(path: string): Journal {
  const text = existsSync(path) ? readFileSync(path, 'utf8') : ''
  let known = text.split('\n').flatMap(entryIn)
  mkdirSync(dirname(path), { recursive: true })
  const keep = () => replace(path, known.map((entry) => `${JSON.stringify(entry)}\n`).join(''))
  // What is written next would stand on the line that was cut short, and be lost with it.
  if (text && !text.endsWith('\n')) keep()
  return {
    write(entry) {
      known.push(entry)
      appendFileSync(path, `${JSON.stringify(entry)}\n`, { mode: 0o600 })
    },
    all: () => known.toSorted((a, b) => a.at - b.at),
    forget(member) {
      known = known.filter((entry) => entry.what === 'jump' || !names(entry, member))
      keep()
    },
  }
}

/** Whether a call bears this member's id: in its path, in what was asked, or in the answer. */
const names = ({ path, body, member }: Call, id: string) =>
  member === id || path.split('/').includes(encodeURIComponent(id)) || (body as { member?: string } | undefined)?.member === id

/** A line that a crash cut short is no entry. */
function entryIn(line: string): Entry[] {
  try {
    return [JSON.parse(line) as Entry]
  } catch {
    return []
  }
}
