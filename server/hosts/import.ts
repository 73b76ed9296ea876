// `npm run import -- SHOP FILE [--books 32] [--url http://localhost:8787]`: makes a shop of an export, with the operator key in
// MUSE_OPERATOR_KEY; with the shop's secret key in MUSE_SECRET_KEY instead, goes on with an import that broke off. `-- SHOP --give-up` ends one that is to be left, with the operator key.

import { addressed } from './node/asking.ts'
import { command } from './node/command.ts'
import { type Feeding, giveUpImport, importFile } from './node/import.ts'

const usage = 'MUSE_OPERATOR_KEY=… npm run import -- SHOP FILE [--books 32] [--url …], or SHOP --give-up'
const does = `Makes a new shop of an export. Broken off, it goes on with MUSE_SECRET_KEY=… in place of the operator key.
--give-up removes what there is of an import that is not to end: the name is free again. A shop that is open stays.`
const options = { books: { type: 'string' }, url: { type: 'string' }, 'give-up': { type: 'boolean', default: false } } as const

await command({ usage, does, names: [1, 2], options }, async ([shop = '', file], { books, url, 'give-up': isGivenUp }) => {
  const { MUSE_OPERATOR_KEY: operatorKey, MUSE_SECRET_KEY: secretKey, PORT } = process.env
  const at = () => addressed(url ?? `http://localhost:${PORT || 8787}`)
  if (isGivenUp) {
    if (file !== undefined || books !== undefined) throw new Error(`Nothing else is asked for where an import is given up: ${usage}`)
    if (!operatorKey) throw new Error(`Only the operator gives an import up: ${usage}`)
    await giveUpImport({ url: at(), shop, operatorKey })
    return console.log(`${shop} is given up: nothing of it is left, and its name is free.`)
  }
  if (file === undefined) throw new Error(`Say more: ${usage}`)
  if (!(operatorKey || secretKey)) throw new Error(`Say who asks: ${usage}`)
  if (books !== undefined && !['1', '32', '1024'].includes(books)) throw new Error(`--books is 1, 32 or 1024; it is not "${books}".`)
  const feeding: Feeding = { url: at(), shop, file, operatorKey, secretKey }
  const fed = await importFile({ ...feeding, books: books === undefined ? undefined : Number(books) }, ({ keys }) => {
    if (!keys) return
    console.log(`Secret key   ${keys.secret}\nSigning key  ${keys.signing.kid} ${keys.signing.secret}  (not shown again)`)
  })
  console.log(`${shop} is whole: ${fed.rows} rows, every book audited.`)
})
