// What `npm start` runs once everything is installed and built: the demonstration, until it is told to stop.
import { askedNothing } from '../server/hosts/asked.ts'
import { untilSignal } from '../server/hosts/signals.ts'

askedNothing('npm start')
const data = process.env.MUSE_DATA || '.muse'
const demo = await untilSignal(async () => {
  const [{ openDemo }, { listening, port, settings }] = await Promise.all([import('./open.ts'), import('../server/hosts/settings.ts')])
  return listening(openDemo({ port: port(), data, operatorKey: process.env.MUSE_OPERATOR_KEY, ...settings() }))
})

console.log(`Storefront   ${demo.url}/`)
console.log(`Theme bench  ${demo.url}/bench`)
console.log(`API          ${demo.url}/v1`)
if (demo.operatorKeyIsNew) console.log(`Operator key ${demo.operatorKey}  (kept in ${data}/operator-key; not shown again)`)
