// `npm run restore -- FOLDER`: puts a backup into MUSE_DATA, which must be empty. Start the server afterwards.

import { restore } from './node/backup.ts'
import { command } from './node/command.ts'

const usage = 'npm run restore -- FOLDER'
const does = 'Puts a backup into MUSE_DATA, which must be empty. Start the server afterwards.'

await command({ usage, does, names: [1, 1], options: {} }, ([from = '']) => {
  const data = process.env.MUSE_DATA || '.muse'
  const { at, files } = restore(from, data)
  console.log(`${data} is as it was at ${at}: ${files.filter(({ transfers }) => transfers !== null).length} books.`)
})
