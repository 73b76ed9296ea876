// `npm run edge`: as `serve`, on workerd with Durable Objects.
import { askedNothing } from './asked.ts'
import { sayStarted } from './node/started.ts'
import { untilSignal } from './signals.ts'

askedNothing('npm run edge')
const data = process.env.MUSE_DATA || '.muse'
let isEnding = false
const server = await untilSignal(async (ending) => {
  ending.addEventListener('abort', () => {
    isEnding = true
  })
  const [{ serveEdge }, { othersBooks }, { listening, port, settings }] = await Promise.all([
    import('./workerd.ts'),
    import('./node/files.ts'),
    import('./settings.ts'),
  ])
  // Read here once, so that what cannot be read is said at the start; each book reads it for itself.
  settings()
  const others = othersBooks(data, 'edge')
  if (others) console.error(others)
  return listening(serveEdge({ port: port(), data, operatorKey: process.env.MUSE_OPERATOR_KEY, ending }))
})
// Asked to end it says so itself; by itself it takes us along.
server.ended.then((code) => isEnding || process.exit(code))
sayStarted(server, data)
