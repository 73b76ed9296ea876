// The thread that reads pictures: one at a time, each answered by its number.
import { parentPort } from 'node:worker_threads'
import { Refusal } from '../../contract.ts'
import { pictureReader } from '../../rules/picture.ts'
import { loadCodecs } from './codecs.ts'
import type { Read } from './pictures.ts'

const read = pictureReader(loadCodecs())

parentPort?.on('message', async ({ number, bytes }: { number: number; bytes: Uint8Array<ArrayBuffer> }) => {
  const answer = (it: Read) => parentPort?.postMessage(it)
  try {
    answer({ number, picture: await read(bytes) })
  } catch (error) {
    if (error instanceof Refusal) answer({ number, refused: { code: error.code, detail: error.message } })
    else answer({ number, failed: String(error) })
  }
})
