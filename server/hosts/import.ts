// `npm run import -- SHOP FILE [--books 32] [--url http://localhost:8787]`: makes a shop of an export, with the operator key in
// MUSE_OPERATOR_KEY; with the shop's secret key in MUSE_SECRET_KEY instead, goes on with an import that broke off.
import { asked, importFile } from './node-import.ts'

try {
  const feeding = asked(process.argv.slice(2), process.env)
  const fed = await importFile(feeding, ({ keys }) => {
    if (!keys) return
    console.log(`Secret key   ${keys.secret}\nSigning key  ${keys.signing.kid} ${keys.signing.secret}  (not shown again)`)
  })
  console.log(`${feeding.shop} is whole: ${fed.rows} rows, every book audited.`)
} catch (error) {
  console.error(`muse: ${error instanceof Error ? error.message : error}`)
  process.exitCode = 1
}
