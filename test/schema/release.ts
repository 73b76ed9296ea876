// `node test/schema/release.ts` pins the newest schema script, once, when it is released: from then on it may not change.
// It leaves a file beside this one: a book that the script made, as SQL text, headed by the script's hash and what its shop said.
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { scripts } from '../../server/ledger/schema.ts'
import { hashOf, makeBook } from './fixture.ts'

const number = scripts.length
const file = join(import.meta.dirname, `${number}.sql`)
if (existsSync(file)) throw new Error(`Script ${number} is released already. What is new goes into a script of its own.`)
// A server reads pictures in a thread that keeps no process from ending, and here nothing else does.
setInterval(() => {}, 1_000)
const { sql, seen } = await makeBook()
const head = [`A book made by scripts 1 to ${number}. Script ${number}: ${hashOf(number)}`, JSON.stringify(seen)]
writeFileSync(file, [...head.map((line) => `-- ${line}`), sql].join('\n'))
console.log(`Script ${number} is released: ${hashOf(number)}`)
process.exit()
