// `npm run edge`: as `serve`, on workerd with Durable Objects.
import { listening, port, settings } from './settings.ts'
import { closeOnSignal } from './signals.ts'
import { serveEdge } from './workerd.ts'

// Read here once, so that what cannot be read is said at the start; each book reads it for itself.
settings()
const data = process.env.MUSE_DATA || '.muse'
const server = await listening(serveEdge({ port: port(), data, operatorKey: process.env.MUSE_OPERATOR_KEY }))
closeOnSignal(server.close)
server.ended.then((code) => process.exit(code))
console.log(`API          ${server.url}/v1`)
if (server.operatorKeyIsNew) console.log(`Operator key ${server.operatorKey}  (kept in ${data}/operator-key; not shown again)`)
