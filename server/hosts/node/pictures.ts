// Pictures on Node are read in a thread of their own: decoding one takes half a second, and the books must not wait for it.
import { Worker } from 'node:worker_threads'
import { Refusal, type RefusalCode } from '../../contract.ts'
import type { Picture } from '../../rules/picture.ts'

/** What the thread says of a picture. */
export type Read = { number: number } & ({ picture: Picture } | { refused: { code: RefusalCode; detail: string } } | { failed: string })

interface Waiting {
  resolve(picture: Picture): void
  reject(error: unknown): void
}

/** How long a thread is kept with nothing to do, and how long one picture may take, in milliseconds. */
const IDLE = 30_000
const PATIENCE = 20_000

/** The one function that reads pictures for the process. The thread is begun when one comes, and ends when none has for a while. */
export function createPictures(): (bytes: Uint8Array<ArrayBuffer>) => Promise<Picture> {
  let thread: ReturnType<typeof begin> | undefined
  return (bytes) => {
    thread ??= begin(() => {
      thread = undefined
    })
    return thread.read(bytes)
  }
}

function begin(ended: () => void) {
  const worker = new Worker(new URL('./picture-thread.ts', import.meta.url), { execArgv: ['--disable-warning=ExperimentalWarning'] })
  const waiting = new Map<number, Waiting>()
  let asked = 0
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
    timer =
      waiting.size > 0
        ? setTimeout(() => end(new Error('A picture took too long to read.')), PATIENCE)
        : setTimeout(() => end(new Error('idle')), IDLE)
    timer.unref()
    // Whoever waits for a picture keeps the process; a thread that has nothing to do does not.
    if (waiting.size > 0) worker.ref()
    else worker.unref()
  }
  worker.on('message', (read: Read) => {
    const it = waiting.get(read.number)
    waiting.delete(read.number)
    watch()
    if ('picture' in read) it?.resolve(read.picture)
    else it?.reject('refused' in read ? new Refusal(read.refused.code, read.refused.detail) : new Error(read.failed))
  })
  worker.on('error', (error) => end(error as Error))
  worker.unref()
  return {
    read: (bytes: Uint8Array<ArrayBuffer>) =>
      new Promise<Picture>((resolve, reject) => {
        const number = ++asked
        waiting.set(number, { resolve, reject })
        watch()
        worker.postMessage({ number, bytes })
      }),
  }
}
