// `npm run restore -- FOLDER`: puts a backup into MUSE_DATA, which must be empty. Start the server afterwards.
import { restore } from './node-backup.ts'

const data = process.env.MUSE_DATA || '.muse'
const [from] = process.argv.slice(2)
try {
  if (!from) throw new Error('Say where from: npm run restore -- FOLDER')
  const { at, files } = restore(from, data)
  console.log(`${data} is as it was at ${at}: ${files.filter(({ transfers }) => transfers !== null).length} books.`)
} catch (error) {
  console.error(`muse: ${error instanceof Error ? error.message : error}`)
  process.exit(1)
}
