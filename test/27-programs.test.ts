// Program documents: the three source programmes as data, and what is refused, with its path.
import { describe, expect, test } from 'vitest'
import { Document, Program } from '../server/rules/program.ts'
import { documents, japan, programs } from './rules.ts'

const { jej, solaris, amazon } = programs

describe('the three source programmes', () => {
  test.each(Object.keys(documents) as (keyof typeof documents)[])(
    '%s is read as it is written: nothing in it is unknown, or turned into something else',
    (name) => {
      expect(Document.safeParse(documents[name]).error).toBeUndefined()
      expect(programs[name]).toMatchObject(documents[name])
      expect(Document.parse(JSON.parse(JSON.stringify(programs[name])))).toEqual(programs[name])
    },
  )

  test.each(Object.entries(programs))('%s counts in yen and days of Japan, and has words in both languages', (_, program) => {
    expect(program).toMatchObject({ currency: 'JPY', timeZone: 'Asia/Tokyo', texts: { en: {}, ja: {} } })
    expect(Object.keys(program.texts.ja ?? {})).toEqual(Object.keys(program.texts.en ?? {}))
  })

  test('JeJ Muse rewards purchases, photos, reviews, follows and the month’s best, and has gadgets for points', () => {
    expect(jej.earning).toMatchObject({ review: { points: 10 }, photo: { points: 10, perDay: 1 }, prizes: [500, 300, 200] })
    expect(Object.keys(jej.earning.follow.accounts)).toEqual(['x', 'facebook', 'instagram'])
    expect(jej.earning.follow.points).toBe(10)
    expect(jej.redeeming).toMatchObject({ coupon: { min: 1, max: 5_000, step: 1 }, checkout: null })
    expect(jej.redeeming.gifts.length).toBeGreaterThan(0)
  })

  test('S12 · points from purchases do not expire, for now', () => {
    for (const program of Object.values(programs)) expect(program.expiry).toBeNull()
  })

  test('the week of ten times is a week', () => {
    const { from = '', until = '' } = solaris.campaigns[0]?.ordered ?? {}
    expect(Date.parse(until) - Date.parse(from)).toBe(7 * 86_400_000)
  })

  test('2 %+ runs until 31 December 2020, and its badge waits ten business days', () => {
    expect(amazon.sellers).toMatchObject({ percent: 2, until: japan('2021-01-01T00:00:00'), badge: { businessDays: 10 } })
  })
})

const campaign = { id: 'c', title: 'C', percent: 5 }
const early = japan('2026-06-01T00:00:00')
const late = japan('2026-06-02T00:00:00')

describe('refused, with its path:', () => {
  const rows: [story: string, more: object, path: (string | number)[], message: RegExp][] = [
    ['coupons that end as they begin', { redeeming: { coupon: { life: 'PT0S' } } }, ['redeeming', 'coupon', 'life'], /ends before anybody/],
    ['points that do', { expiry: { life: 'PT0.0001S' } }, ['expiry', 'life'], /ends before anybody/],
    ['a life of nine thousand years', { expiry: { life: 'P9000Y' } }, ['expiry', 'life'], /a thousand years at most/],
    ['a campaign that gives nothing', { campaigns: [{ id: 'c', title: 'C' }] }, ['campaigns', 0], /neither multiply nor percent/],
    [
      'one that ends as it begins',
      { campaigns: [{ ...campaign, ordered: { from: early, until: early } }] },
      ['campaigns', 0, 'ordered'],
      /ends no later/,
    ],
    [
      'one that ships backwards',
      { campaigns: [{ ...campaign, shipped: { from: late, until: early } }] },
      ['campaigns', 0, 'shipped'],
      /ends no later/,
    ],
    ['two of the same id', { campaigns: [campaign, campaign] }, ['campaigns'], /same id/],
    ['one that multiplies by nothing', { campaigns: [{ ...campaign, multiply: 0 }] }, ['campaigns', 0, 'multiply'], /./],
    ['one with a fifth decimal', { campaigns: [{ ...campaign, multiply: 1.00001 }] }, ['campaigns', 0, 'multiply'], /four decimals/],
    ['one for no payment at all', { campaigns: [{ ...campaign, payment: [] }] }, ['campaigns', 0, 'payment'], /leave it out/],
    ['one for a category without a name', { campaigns: [{ ...campaign, categories: [''] }] }, ['campaigns', 0, 'categories', 0], /./],
    ['one for the shop as a seller', { campaigns: [{ ...campaign, sellers: ['s1', 'shop'] }] }, ['campaigns', 0, 'sellers'], /no seller/],
    ['one for a seller that is a number', { campaigns: [{ ...campaign, sellers: [7] }] }, ['campaigns', 0, 'sellers', 0], /./],
    [
      'one that cancels at no time',
      { campaigns: [{ ...campaign, cancelUnshipped: true }] },
      ['campaigns', 0, 'cancelUnshipped'],
      /shipped\.until/,
    ],
    ['a misspelt key of one', { campaigns: [{ ...campaign, mutliply: 2 }] }, ['campaigns', 0], /nearest known one is "multiply"/],
    ['sellers that end before they begin', { sellers: { percent: 2, from: late, until: early } }, ['sellers', 'until'], /no later/],
    [
      'a network with a capital letter',
      { earning: { purchase: { percent: 1 }, follow: { accounts: { X: 'https://x.example' } } } },
      ['earning', 'follow', 'accounts', 'X'],
      /./,
    ],
    [
      'two gifts of the same id',
      {
        redeeming: {
          gifts: [
            { id: 'g', title: 'G', points: 1 },
            { id: 'g', title: 'H', points: 2 },
          ],
        },
      },
      ['redeeming', 'gifts'],
      /same id/,
    ],
  ]
  test.each(rows)('%s', (_, more, path, message) => {
    const { error } = Document.safeParse({ name: 'T', currency: 'JPY', earning: { purchase: { percent: 1 } }, ...more })
    expect(error?.issues.map((issue) => issue.path)).toEqual([path])
    expect(error?.issues[0]?.message).toMatch(message)
  })
})

describe('J12 · a coupon’s step', () => {
  const sized = (coupon: object) => ({ name: 'T', currency: 'JPY', earning: { purchase: { percent: 1 } }, redeeming: { coupon } })

  test('that leads from min beyond max is refused with its path; one size, and any step up to max, are not', () => {
    const { error } = Program.safeParse(sized({ min: 100, max: 1000, step: 901 }))
    expect(error?.issues).toMatchObject([{ path: ['redeeming', 'coupon', 'step'], message: expect.stringMatching(/more than there is/) }])
    for (const coupon of [{ min: 100, max: 1000, step: 900 }, { min: 500, max: 500 }, { min: 500, max: 500, step: 500 }, { step: 4999 }])
      expect(Program.safeParse(sized(coupon)).error).toBeUndefined()
  })

  test('that was taken before this was known is still read', () =>
    expect(Document.safeParse(sized({ min: 100, max: 1000, step: 5000 })).success).toBe(true))
})
