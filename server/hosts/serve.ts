// `npm run serve`: the server alone, from what is already built.
import { keepCompiled } from './node-compiled.ts'
import { untilSignal } from './signals.ts'

const data = process.env.MUSE_DATA || '.muse'
keepCompiled(data)
const server = await untilSignal(async () => {
  const [{ serve }, { listening, port, settings }] = await Promise.all([import('./node.ts'), import('./settings.ts')])
  return listening(serve({ port: port(), data, operatorKey: process.env.MUSE_OPERATOR_KEY, ...settings() }))
})
console.log(`API         ${server.url}/v1`)
if (server.operatorKeyIsNew) console.log(`Operator key ${server.operatorKey}  (kept in ${data}/operator-key; not shown again)`)
