// The embedded server with a clock that its parent may move: `process.send(milliseconds)` sets how far it is off.
import { serve } from '../../server/hosts/node.ts'
import { closeOnSignal } from '../../server/hosts/signals.ts'

let off = 0
process.on('message', (milliseconds) => {
  off = Number(milliseconds)
})
const data = process.env.MUSE_DATA as string
const server = await serve({ port: 0, data, operatorKey: process.env.MUSE_OPERATOR_KEY, clock: () => Date.now() + off })
closeOnSignal(server.close)
console.log(`API ${server.url}/v1`)
