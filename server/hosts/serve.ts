// `npm run serve`: the server alone, from what is already built.
import { keepCompiled } from './node-compiled.ts'
import { closeOnSignal } from './signals.ts'

const data = process.env.MUSE_DATA || '.muse'
keepCompiled(data)
const [{ serve }, { settings }] = await Promise.all([import('./node.ts'), import('./settings.ts')])
const server = await serve({ port: Number(process.env.PORT || 8787), data, operatorKey: process.env.MUSE_OPERATOR_KEY, ...settings() })
closeOnSignal(server.close)
console.log(`API         ${server.url}/v1`)
if (server.operatorKeyIsNew) console.log(`Operator key ${server.operatorKey}  (kept in ${data}/operator-key; not shown again)`)
