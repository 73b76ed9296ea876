// `npm run backup -- FOLDER`: copies every book of MUSE_DATA, of either host, into a new folder. The server may run meanwhile.

import { backup } from './node/backup.ts'
import { command } from './node/command.ts'

const usage = 'npm run backup -- FOLDER'
const does = 'Copies every book of MUSE_DATA into a new folder, and audits each copy. The server may run meanwhile.'

await command({ usage, does, names: [1, 1], options: {} }, ([into = '']) => {
  const data = process.env.MUSE_DATA || '.muse'
  const { at, files } = backup(data, into, Date.now())
  for (const { file, transfers } of files) console.log(transfers === null ? file : `${file}  ${transfers} transfers, audited`)
  const key = files.some(({ file }) => file === 'operator-key')
  console.log(`Backed up ${data} into ${into} at ${at}.`)
  console.log(
    key ? 'It holds keys: keep it as you keep passwords.' : 'No operator key: this one comes from MUSE_OPERATOR_KEY. Keep that too.',
  )
})
