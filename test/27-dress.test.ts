// What a program may call the widget's tokens and sentences is what the widget calls them; what was kept before is read on.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'
import { json } from '../demo/bench/formats/tag.ts'
import { tokens } from '../demo/bench/theme/tokens.ts'
import { importFile } from '../server/hosts/node/import.ts'
import { besideTokens, sentenceNames, tokenNames } from '../server/rules/dress.ts'
import { Document, Program } from '../server/rules/program.ts'
import { wordsOf } from '../widget/panel/words.ts'
import { text as en } from '../widget/text/en.ts'
import { more as enMore } from '../widget/text/en-more.ts'
import { text as ja } from '../widget/text/ja.ts'
import { more as jaMore } from '../widget/text/ja-more.ts'
import { documents } from './rules.ts'
import { type Keys, OPERATOR, openShop } from './story.ts'
import { anyTheme } from './themes.ts'

const rules = (more: object) => ({ name: 'T', currency: 'JPY', earning: { purchase: { percent: 1 } }, ...more })

describe('the server knows the widget’s names:', () => {
  test('all of its tokens, and no others', () => {
    const css = ['tokens', 'tokens-parts'].map((name) => readFileSync(`widget/theme/${name}.css`, 'utf8')).join('\n')
    const written = [...css.matchAll(/^ {2}--muse-([\w-]+):/gm)].map(([, name]) => name)
    expect(tokenNames.toSorted()).toEqual([...new Set(written)].toSorted())
  })

  test.each([
    ['English', { ...en, ...enMore }],
    ['Japanese', { ...ja, ...jaMore }],
  ])('all of its plain sentences in %s, and no others', (_, text) => {
    const plain = Object.entries(text).flatMap(([name, sentence]) => (typeof sentence === 'string' ? [name] : []))
    expect(sentenceNames.toSorted()).toEqual(plain.toSorted())
  })

  test('all that the theme bench writes into a theme', () => {
    const given = [...tokens.map(({ name }) => name), 'fails']
    expect(given.filter((name) => ![...tokenNames, ...besideTokens].includes(name))).toEqual([])
  })
})

test('where an older program has a plain text for a sentence with a number inside, the widget keeps its own', () => {
  const texts = { en: { earnPurchase: 'never this', guestTitle: 'The house' } }
  expect(wordsOf(en, { texts } as never, 'en')).toEqual({ ...en, guestTitle: 'The house' })
})

describe('a new program takes', () => {
  test('any theme as the bench exports it', () => {
    fc.assert(
      fc.property(anyTheme, (theme) => {
        const exported = JSON.parse(json(theme))
        expect(Program.parse(rules({ theme: exported })).theme).toEqual(exported)
      }),
      { numRuns: 50, seed: 29_345_824 },
    )
  })

  test('a theme that the bench warns of, and one that was derived from a brand', () => {
    const theme = JSON.parse(json({ brand: '#ff0000', accent: '#eeeeee', 'on-accent': '#ffffff' }))
    expect(Object.keys(theme)).toEqual(expect.arrayContaining(['brand', 'fails']))
    expect(Program.parse(rules({ theme })).theme).toEqual(theme)
  })

  test.each(Object.entries(documents))('the programme %s', (_, document) => expect(Program.safeParse(document).error).toBeUndefined())

  test.each(['en', 'ja', 'fr', 'pt-BR', 'zh-Hant', 'zh-Hant-TW', 'sr-Latn', 'gsw', 'fil', 'de-1996'])('words in %s', (language) => {
    const texts = { [language]: { guestTitle: 'A title' } }
    expect(Program.parse(rules({ texts })).texts).toEqual(texts)
  })
})

const old = { theme: { acent: '#7d2c46', meaning: { ink: '#000000' } }, texts: { jp: { guestTitel: 'ようこそ' }, en: { gone: 'Gone' } } }

describe('a shop whose program has names that are none', () => {
  test('is read as it is, though it could not be written so today', () => {
    expect(Document.parse(rules(old))).toMatchObject(old)
    expect(Program.safeParse(rules(old)).success).toBe(false)
  })

  test('is imported from its export, and works on', async () => {
    const before = await openShop({ shop: 'before' })
    await before.grant('c1', 500)
    const lines = (await before.export())
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    const programs = lines.find(({ table }) => table === 'programs')
    programs.document = JSON.stringify({ ...JSON.parse(programs.document), ...old })
    const folder = mkdtempSync(join(tmpdir(), 'muse-dress-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const file = join(folder, 'export.ndjson')
    writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
    const { fetch, clock } = before
    const { keys } = await importFile({ url: 'http://muse.test', fetch, shop: 'after', file, operatorKey: OPERATOR })
    const after = await openShop({ shop: 'after', fetch, clock, keys: keys as Keys })
    expect((await after.guest('GET', '/program')).body).toMatchObject(old)
    expect((await after.merchant('GET', '/members/c1')).body.points.available).toBe(500)
    expect((await after.operator('PUT', '', { program: { ...after.document, ...old }, origins: [] })).status).toBe(400)
    expect((await after.newProgram({ name: 'Mended' })).status).toBe(200)
  })
})
