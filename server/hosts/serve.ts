// `npm run serve`: the server alone, from what is already built.
import { askedNothing } from './asked.ts'
import { keepCompiled } from './node/compiled.ts'
import { sayStarted } from './node/started.ts'
import { untilSignal } from './signals.ts'

askedNothing('npm run serve')
const data = process.env.MUSE_DATA || '.muse'
keepCompiled(data)
const server = await untilSignal(async () => {
  const [{ serve }, { othersBooks }, { listening, port, settings }] = await Promise.all([
    import('./node.ts'),
    import('./node/files.ts'),
    import('./settings.ts'),
  ])
  const others = othersBooks(data, 'serve')
  if (others) console.error(others)
  return listening(serve({ port: port(), data, operatorKey: process.env.MUSE_OPERATOR_KEY, ...settings() }))
})
sayStarted(server, data)
