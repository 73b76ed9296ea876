// The rulebook: every promise has a test that carries its id, and ARCHITECTURE.md says which. MUSE_WRITE=1 writes the table anew.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { carriers, promises, rulebookTable } from './rulebook.ts'

const file = join(import.meta.dirname, '../ARCHITECTURE.md')
const marked = /(<!-- rulebook -->\n)[\s\S]*?(\n<!-- \/rulebook -->)/

test('every promise is carried by a test, and no test carries one that nobody made', () => {
  const carried = [...carriers().keys()]
  expect(Object.keys(promises).filter((id) => !carried.includes(id))).toEqual([])
  expect(carried.filter((id) => !(id in promises))).toEqual([])
})

test('no test is left out', () => {
  const skipping = /\b(test|it|describe)\.(skip|only|todo|fails|runIf|skipIf)\b|\.(skip|only)\(/
  const files = readdirSync(import.meta.dirname).filter((name) => /\.test\.tsx?$/.test(name) && name !== '29-rulebook.test.ts')
  const offenders = files.filter((name) => skipping.test(readFileSync(join(import.meta.dirname, name), 'utf8')))
  expect(offenders).toEqual([])
})

test('ARCHITECTURE.md has the table as the tests make it', () => {
  const text = readFileSync(file, 'utf8')
  expect(text).toMatch(marked)
  const wanted = text.replace(marked, (_, before, after) => `${before}${rulebookTable()}${after}`)
  if (process.env.MUSE_WRITE) writeFileSync(file, wanted)
  else expect(text, 'MUSE_WRITE=1 npm test -- 29- writes the table').toBe(wanted)
})
