// `npm run serve`: the server alone, from what is already built.
import { serve } from './node.ts'
import { settings } from './settings.ts'
import { closeOnSignal } from './signals.ts'

const data = process.env.MUSE_DATA || '.muse'
const server = await serve({ port: Number(process.env.PORT || 8787), data, operatorKey: process.env.MUSE_OPERATOR_KEY, ...settings() })
closeOnSignal(server.close)
console.log(`API         ${server.url}/v1`)
if (server.operatorKeyIsNew) console.log(`Operator key ${server.operatorKey}  (kept in ${data}/operator-key; not shown again)`)
