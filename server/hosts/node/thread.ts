// A thread beside the event loop: begun when it is wanted first, asked by number, ended when nothing has been asked for a while.
import { parentPort, Worker } from 'node:worker_threads'
import { Refusal, type RefusalCode } from '../../contract.ts'
import { DiskTrouble } from '../../ledger/sql.ts'

/** How long a thread is kept with nothing to do, in milliseconds. */
const IDLE = 30_000

/** What a thread says: what it was asked for, or what it threw. */
type Said = { number: number } & (
  | { value: unknown }
  | { refused: { code: RefusalCode; detail: string; more: Record<string, unknown> } }
  | { failed: string; isDisk: boolean }
)

interface Waiting {
  resolve(value: never): void
  reject(error: unknown): void
}

/** How long one thing may take, in milliseconds, and what is said of one that took longer. */
interface Patience {
  most: number
  late: string
}

/** Gives the function that asks the thread of this file. What it throws there is thrown here. */
export function createThread<Asked, Value>(file: URL, patience?: Patience): (asked: Asked) => Promise<Value> {
  let thread: ReturnType<typeof begin> | undefined
  return (asked) => {
    thread ??= begin(file, patience, () => {
      thread = undefined
    })
    return thread.ask(asked) as Promise<Value>
  }
}

function begin(file: URL, patience: Patience | undefined, ended: () => void) {
  const worker = new Worker(file, { execArgv: ['--disable-warning=ExperimentalWarning'] })
  const waiting = new Map<number, Waiting>()
  let count = 0
  let timer: NodeJS.Timeout | undefined
  const end = (error: Error) => {
    clearTimeout(timer)
    ended()
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
    worker.terminate()
  }
  const watch = () => {
    clearTimeout(timer)
    if (waiting.size === 0) timer = setTimeout(() => end(new Error('idle')), IDLE)
    else if (patience) timer = setTimeout(() => end(new Error(patience.late)), patience.most)
    timer?.unref()
    // Whoever waits for an answer keeps the process; a thread that has nothing to do does not.
    if (waiting.size > 0) worker.ref()
    else worker.unref()
  }
  worker.on('message', (said: Said) => {
    const it = waiting.get(said.number)
    waiting.delete(said.number)
    watch()
    if ('value' in said) it?.resolve(said.value as never)
    else it?.reject(thrown(said))
  })
  worker.on('error', (error) => end(error as Error))
  worker.unref()
  return {
    ask: (asked: unknown) =>
      new Promise((resolve, reject) => {
        const number = ++count
        waiting.set(number, { resolve, reject })
        watch()
        worker.postMessage({ number, asked })
      }),
  }
}

function thrown(said: Exclude<Said, { value: unknown }>): Error {
  if ('refused' in said) return new Refusal(said.refused.code, said.refused.detail, said.refused.more)
  return said.isDisk ? new DiskTrouble(said.failed) : new Error(said.failed)
}

/** In the thread: answers what it is asked, one after the other. */
export function answering<Asked>(answer: (asked: Asked) => unknown): void {
  parentPort?.on('message', async ({ number, asked }: { number: number; asked: Asked }) => {
    const say = (said: Said) => parentPort?.postMessage(said)
    try {
      say({ number, value: await answer(asked) })
    } catch (error) {
      if (error instanceof Refusal) say({ number, refused: { code: error.code, detail: error.message, more: error.more } })
      else say({ number, failed: String(error), isDisk: error instanceof DiskTrouble })
    }
  })
}
