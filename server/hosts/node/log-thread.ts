// The thread that moves logs: one at a time. While it moves one, its book goes on; so it looks again until little has been added.
import { DatabaseSync } from 'node:sqlite'
import { parentPort } from 'node:worker_threads'
import { type Asked, stages } from './log.ts'

/** How often at most one log is moved without a pause, and how few pages are left to the book's own thread. */
const ROUNDS = 4
const FEW = 100

parentPort?.on('message', ({ file, stage }: Asked) => {
  if (Atomics.compareExchange(stage, 0, stages.waiting, stages.running) === stages.waiting) {
    try {
      moveAll(file)
    } catch {
      // It is tried again when the log has grown.
    }
    Atomics.store(stage, 0, stages.over)
    Atomics.notify(stage, 0)
  }
  parentPort?.postMessage('over')
})

function moveAll(file: string): void {
  const database = new DatabaseSync(file)
  try {
    const moving = database.prepare('PRAGMA wal_checkpoint')
    let before = 0
    for (let round = 0; round < ROUNDS; round++) {
      const { checkpointed } = moving.get() as { checkpointed: number }
      if (round > 0 && checkpointed - before < FEW) break
      before = checkpointed
    }
  } finally {
    database.close()
  }
}
