// `npm run backup -- FOLDER`: copies every book of MUSE_DATA, of either host, into a new folder. The server may run meanwhile.
import { backup } from './node-backup.ts'

const data = process.env.MUSE_DATA || '.muse'
const [into] = process.argv.slice(2)
try {
  if (!into) throw new Error('Say where to: npm run backup -- FOLDER')
  const { at, files } = backup(data, into, Date.now())
  for (const { file, transfers } of files) console.log(transfers === null ? file : `${file}  ${transfers} transfers, audited`)
  const key = files.some(({ file }) => file === 'operator-key')
  console.log(`Backed up ${data} into ${into} at ${at}.`)
  console.log(
    key ? 'It holds keys: keep it as you keep passwords.' : 'No operator key: this one comes from MUSE_OPERATOR_KEY. Keep that too.',
  )
} catch (error) {
  console.error(`muse: ${error instanceof Error ? error.message : error}`)
  process.exit(1)
}
