// The embedded server as its parent may have it: `process.send(milliseconds)` sets how far its clock is off, and 'collect' frees what
// it no longer needs, where it may (`--expose-gc`), and gives the bytes of its heap.
import { serve } from '../../server/hosts/node.ts'
import { untilSignal } from '../../server/hosts/signals.ts'

let off = 0
process.on('message', (milliseconds) => {
  if (milliseconds !== 'collect') {
    off = Number(milliseconds)
    return
  }
  globalThis.gc?.()
  process.send?.(process.memoryUsage().heapUsed)
})
const data = process.env.MUSE_DATA as string
const clock = () => Date.now() + off
const server = await untilSignal(() => serve({ port: 0, data, limits: null, operatorKey: process.env.MUSE_OPERATOR_KEY, clock }))
console.log(`API ${server.url}/v1`)
