// What the limits are made of: buckets that stay small, budgets of several books, and what MUSE_LIMITS may say.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { describe, expect, test } from 'vitest'
import { Refusal } from '../server/contract.ts'
import { createBuckets, NAMES_MAX } from '../server/http/buckets.ts'
import { createGate, type Gate, type Limits, readLimits } from '../server/http/limits.ts'
import type { Visit } from '../server/http/visit.ts'

describe('a bucket', () => {
  test.each([
    [1, 1],
    [30, 0.05],
    [3_000, 300],
    [7, 3],
    [50_000, 5_000],
  ])('of %d holds that many, and fills by %d a second', (burst, perSecond) => {
    const buckets = createBuckets({ burst, perSecond })
    const now = Date.parse('2026-06-01T00:00:00Z')
    const takes = (count: number, at: number) =>
      Array.from({ length: count }, () => buckets.take('a', at)).filter((wait) => wait === 0).length
    expect(takes(burst + 10, now)).toBe(burst)
    const wait = buckets.wait('a', now)
    expect(wait).toBeGreaterThan(0)
    expect(wait).toBeLessThanOrEqual(1000 / perSecond + 1)
    expect(buckets.take('a', now + Math.max(0, wait - 2))).toBeGreaterThan(0)
    expect(buckets.take('a', now + wait)).toBe(0)
    expect(takes(burst + 10, now + wait + (burst * 1000) / perSecond)).toBe(burst)
  })

  test('remembers who keeps asking, however many others come', () => {
    const buckets = createBuckets({ burst: 10, perSecond: 0.1 })
    for (let take = 0; take < 10; take++) buckets.take('flood', 0)
    for (let other = 0; other < 200_000; other++) {
      buckets.take(`other ${other}`, other / 100)
      if (other % 1000 === 0) expect(buckets.take('flood', 0 + other / 100)).toBeGreaterThan(0)
    }
  })

  test('has its own back, however many others came in between', () => {
    const buckets = createBuckets({ burst: 1, perSecond: 0.001 })
    const take = () => buckets.take('a', 0)
    expect([take(), take() > 0]).toEqual([0, true])
    for (let other = 0; other < NAMES_MAX; other++) buckets.take(`other ${other}`, 0)
    buckets.giveBack('a')
    expect([take(), take() > 0]).toEqual([0, true])
  })

  test('a million addresses leave behind no more than a hundred thousand, and after a while nothing', () => {
    const buckets = createBuckets({ burst: 100, perSecond: 10 })
    for (let name = 0; name < 1_000_000; name++) buckets.take(`10.${name >> 16}.${(name >> 8) & 255}.${name & 255}`, name / 1000)
    expect(buckets.size).toBeLessThanOrEqual(2 * NAMES_MAX)
    buckets.take('later', 100_000)
    buckets.take('later still', 200_000)
    expect(buckets.size).toBeLessThanOrEqual(2)
  })
})

describe('the books of a shop, each apart', () => {
  const wide = { burst: 1e9, perSecond: 1e9 }
  const visit = (address: string): Visit => ({ address, shop: 'jej', route: '', code: undefined, part: undefined })
  const wrong = (gate: Gate, address: string): boolean => {
    const it = visit(address)
    try {
      gate.enter(it)
      return true
    } catch {
      return false
    } finally {
      gate.leave?.(it)
    }
  }

  test.each([
    [32, { burst: 3_000, perSecond: 300 }],
    [1_024, { burst: 3_000, perSecond: 300 }],
    [32, { burst: 30, perSecond: 0.05 }],
  ])(
    'let an address that spreads over %d of them pass no more than one book would in the long run, and at once half as much again',
    async (count, address) => {
      let now = 1_000_000
      const all = { address, member: wide, shop: wide, guesses: wide, serverGuesses: wide, trustProxy: false }
      const clock = () => now
      const first = createGate(all, clock)
      const others = Array.from({ length: count - 1 }, () =>
        createGate(all, clock, { books: () => count, owe: async (owing) => first.owe(owing) }),
      )
      const flood = async (times: number) => {
        let passed = 0
        for (let time = 0; time < times; time++) {
          if (wrong(others[(time * 7) % others.length] as Gate, 'a')) passed++
          if (time % 3 === 0) await new Promise((later) => setImmediate(later))
        }
        return passed
      }
      const tooMany = Math.max(address.burst / 2, count)
      const atOnce = await flood(2 * address.burst + 2 * count)
      expect(atOnce).toBeGreaterThanOrEqual(address.burst)
      expect(atOnce).toBeLessThanOrEqual(address.burst + tooMany)
      let passed = atOnce
      for (let second = 0; second < 40; second++) {
        now += 1_000
        passed += await flood(Math.ceil(address.perSecond * 2))
      }
      expect(passed).toBeLessThanOrEqual(address.burst + tooMany + 40 * address.perSecond)
      expect(wrong(others[0] as Gate, 'b')).toBe(true)
    },
  )

  test('tell the first one nothing of whoever proved who they are, and tell it later what it did not hear', async () => {
    const told: number[] = []
    let isThere = false
    const limits = readLimits(JSON.stringify({ address: { burst: 64, perSecond: 1 }, shop: null })) as Limits
    const gate = createGate(limits, () => 0, {
      books: () => 32,
      owe: async (owing) => {
        if (!isThere) throw new Error('no answer')
        told.push(...owing.map(({ count }) => count))
        return owing.map(() => 0)
      },
    })
    for (let time = 0; time < 50; time++) {
      const it = visit('a')
      gate.enter(it)
      gate.recognise(it, undefined)
      gate.leave?.(it)
    }
    for (let time = 0; time < 5; time++) wrong(gate, 'a')
    await new Promise((later) => setImmediate(later))
    isThere = true
    wrong(gate, 'a')
    await new Promise((later) => setImmediate(later))
    expect(told).toEqual([6])
  })

  test('tell the first one of wrong codes, which are guessed at all of them together', () => {
    const told: unknown[] = []
    const owe = async (owing: unknown[]) => {
      told.push(...owing)
      return owing.map(() => 0)
    }
    const limits = readLimits(JSON.stringify({ guesses: { burst: 64, perSecond: 1 } })) as Limits
    const gate = createGate(limits, () => 0, { books: () => 32, owe })
    const find = () => {
      throw new Refusal('not-found', 'There is no such coupon.')
    }
    expect(() => gate.guess(visit('a'), 'c1', find)).toThrow('There is no such coupon.')
    expect(told).toEqual([{ budget: 'guesses', who: 'jej/c1', count: 1 }])
  })

  test('take nothing for their part in a request that has paid where it was looked at', () => {
    const told: unknown[] = []
    const owe = async (owing: unknown[]) => {
      told.push(...owing)
      return owing.map(() => 0)
    }
    const one = { burst: 1, perSecond: 0.001 }
    const all = { address: one, member: one, shop: one, guesses: wide, serverGuesses: wide, trustProxy: false }
    const gate = createGate(all, () => 0, { books: () => 32, owe })
    const pass = (part: Visit['part']) => {
      const it = { ...visit('a'), part }
      gate.enter(it)
      gate.recognise(it, 'jej/c1')
      gate.leave?.({ ...it, address: 'a' })
    }
    for (let book = 0; book < 32; book++) pass({ books: 32, found: undefined, counts: book === 0 })
    expect(told).toEqual([])
    pass({ look: true })
    expect(told).not.toEqual([])
    expect(() => pass({ look: true })).toThrow('Too much is asked of this shop')
  })
})

describe('MUSE_LIMITS', () => {
  test('says nothing, or a part, and the rest stays as it is', () => {
    const { member, address, trustProxy } = readLimits(undefined) ?? {}
    expect(readLimits('')).toEqual(readLimits('on'))
    expect(readLimits('off')).toBe(null)
    expect(readLimits('{"member": {"burst": 5}, "shop": null}')).toMatchObject({
      member: { ...member, burst: 5 },
      address,
      trustProxy,
      shop: null,
    })
    expect(trustProxy).toBe(false)
  })

  test.each([
    ['{"adress": {"burst": 5}}', /unknown key "adress"; the nearest known one is "address"/],
    ['{"member": {"brust": 5}}', /member.*unknown key "brust"; the nearest known one is "burst"/],
    ['{"member": {"burst": "5"}}', /member\.burst/],
    ['{"member": {"burst": 0}}', /member\.burst/],
    ['{"member": {"perSecond": -1}}', /member\.perSecond/],
    ['{"member": 5}', /member/],
    ['of', /neither "off" nor "on" nor JSON/],
    ['{"member"', /neither "off" nor "on" nor JSON/],
  ])('%s is not understood, and it says why', (text, sentence) => {
    expect(() => readLimits(text)).toThrow(sentence)
    expect(() => readLimits(text)).toThrow(/^MUSE_LIMITS/)
  })

  test('not understood, no server starts', async () => {
    for (const [name, value, sentence] of [
      ['MUSE_LIMITS', '{"adress": null}', /^MUSE_LIMITS.*"adress".*"address"/],
      ['MUSE_LOG', 'request', /^MUSE_LOG.*"requests"/],
    ] as const) {
      const child = spawn(process.execPath, ['server/hosts/serve.ts'], { env: { ...process.env, PORT: '0', [name]: value } })
      let said = ''
      child.stderr.on('data', (data) => {
        said += data
      })
      expect(await once(child, 'exit')).toEqual([1, null])
      expect(said.trim().split('\n')).toEqual([expect.stringMatching(sentence)])
    }
  })
})
