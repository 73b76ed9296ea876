// What `npm start` runs once everything is installed and built: the demonstration, until it is told to stop.
import { listening, port, settings } from '../server/hosts/settings.ts'
import { closeOnSignal } from '../server/hosts/signals.ts'
import { openDemo } from './open.ts'

const data = process.env.MUSE_DATA || '.muse'
const demo = await listening(openDemo({ port: port(), data, operatorKey: process.env.MUSE_OPERATOR_KEY, ...settings() }))
closeOnSignal(demo.close)

console.log(`Storefront   ${demo.url}/`)
console.log(`Theme bench  ${demo.url}/bench`)
console.log(`API          ${demo.url}/v1`)
if (demo.operatorKeyIsNew) console.log(`Operator key ${demo.operatorKey}  (kept in ${data}/operator-key; not shown again)`)
