// `npm run import -- SHOP FILE [--books 32] [--url http://localhost:8787]`: makes a shop of an export, with the operator key in
// MUSE_OPERATOR_KEY; with the shop's secret key in MUSE_SECRET_KEY instead, goes on with an import that broke off.

import { addressed } from './node/asking.ts'
import { command } from './node/command.ts'
import { type Feeding, importFile } from './node/import.ts'

const usage = 'MUSE_OPERATOR_KEY=… npm run import -- SHOP FILE [--books 32] [--url …]'
const does = 'Makes a new shop of an export. Broken off, it goes on with MUSE_SECRET_KEY=… in place of the operator key.'
const options = { books: { type: 'string' }, url: { type: 'string' } } as const

await command({ usage, does, names: [2, 2], options }, async ([shop = '', file = ''], { books, url }) => {
  const { MUSE_OPERATOR_KEY: operatorKey, MUSE_SECRET_KEY: secretKey, PORT } = process.env
  if (!(operatorKey || secretKey)) throw new Error(`Say who asks: ${usage}`)
  if (books !== undefined && !['1', '32', '1024'].includes(books)) throw new Error(`--books is 1, 32 or 1024; it is not "${books}".`)
  const feeding: Feeding = { url: addressed(url ?? `http://localhost:${PORT || 8787}`), shop, file, operatorKey, secretKey }
  const fed = await importFile({ ...feeding, books: books === undefined ? undefined : Number(books) }, ({ keys }) => {
    if (!keys) return
    console.log(`Secret key   ${keys.secret}\nSigning key  ${keys.signing.kid} ${keys.signing.secret}  (not shown again)`)
  })
  console.log(`${shop} is whole: ${fed.rows} rows, every book audited.`)
})
