// Coupon codes: how they are made, and how forgiving they are read.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { BUCKETS, bucketOf, bucketOfCode, makeCode, readCode } from '../server/rules/code.ts'

const dice = (length: number) => crypto.getRandomValues(new Uint8Array(length))
const code = makeCode(bucketOf('ada'), dice)

describe('a coupon code', () => {
  test('is 16 characters of 0-9 and A-Z, 13 of them random, and tells the bucket of its member', () => {
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{16}$/)
    expect(bucketOfCode(code)).toBe(bucketOf('ada'))
    expect(bucketOfCode(makeCode(777, dice, 'MUSE'))).toBe(777)
  })

  test('with the longest prefix is 20 characters', () => {
    expect(makeCode(0, dice, 'MUSE')).toMatch(/^MUSE[0-9A-Z]{16}$/)
  })

  test('never comes twice in 100,000', () => {
    expect(new Set(Array.from({ length: 100_000 }, () => makeCode(1, dice))).size).toBe(100_000)
  })

  const typed: [how: string, text: string][] = [
    ['in groups', code.replace(/(.{4})(?=.)/g, '$1-')],
    ['in lower case', code.toLowerCase()],
    ['with spaces around and inside', ` ${code.replace(/(.{4})/g, '$1 ')} `],
    ['with O for 0 and I or L for 1', code.replaceAll('0', 'O').replace('1', 'I').replaceAll('1', 'l')],
    ['in full-width letters', code.replace(/./g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0))],
    ['with typographic dashes', code.replace(/(.{8})/, '$1–')],
  ]
  test.each(typed)('is read %s', (_how, text) => expect(readCode(text)).toBe(code))

  test('with any one symbol wrong is not a code', () => {
    const symbols = [...'0123456789ABCDEFGHJKMNPQRSTVWXYZ']
    for (let index = 0; index < code.length; index++)
      for (const symbol of symbols)
        if (symbol !== code[index]) expect(readCode(code.slice(0, index) + symbol + code.slice(index + 1))).toBeNull()
  })

  test('with any two different symbols exchanged is not a code', () => {
    for (let a = 0; a < code.length; a++)
      for (let b = a + 1; b < code.length; b++) {
        const symbols = [...code]
        ;[symbols[a], symbols[b]] = [symbols[b] as string, symbols[a] as string]
        if (code[a] !== code[b]) expect(readCode(symbols.join(''))).toBeNull()
      }
  })

  test.each(['', '-', 'hello', code.slice(1), `${code}0`, `ABCDE${code}`, `${code.slice(0, -1)}*`, "'; DROP TABLE coupons"])(
    'is not %j',
    (text) => expect(readCode(text)).toBeNull(),
  )

  test('reads whatever it is given without a crash', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => readCode(text) === null || /^[0-9A-Z]{16,20}$/.test(readCode(text) ?? '')),
    )
  })
})

test('members in sequence spread evenly over the buckets', () => {
  const counts = new Array<number>(BUCKETS).fill(0)
  for (let index = 0; index < 102_400; index++) counts[bucketOf(`customer-${index}`)] = (counts[bucketOf(`customer-${index}`)] ?? 0) + 1
  expect(Math.min(...counts)).toBeGreaterThan(50)
  expect(Math.max(...counts)).toBeLessThan(160)
})

test('buckets never change: codes in the field depend on them', () => {
  expect(['ada', '1', 'gid://shop/Customer/42', '織姫'].map(bucketOf)).toEqual([526, 399, 854, 112])
})
