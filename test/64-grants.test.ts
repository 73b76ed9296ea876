// A gift to very many members, in many requests: the server is killed in the middle of it and all is sent again; each member has it once.
// `MUSE_MEMBERS=1000000` sends it to a million.
import { setTimeout as wait } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { bookFile } from '../server/hosts/node/files.ts'
import { openSql } from '../server/hosts/node/sql.ts'
import { prepare } from './battery/victim.ts'
import { openShop } from './story.ts'

const MEMBERS = Number(process.env.MUSE_MEMBERS ?? 20_000)
const PER_REQUEST = Math.min(10_000, MEMBERS / 10)
const BOOKS = 32
const HANDS = 4
const POINTS = 7

test(`a gift to ${MEMBERS} members, broken off by a kill and sent again, is exact to the point`, { timeout: 1_800_000 }, async () => {
  const victim = await prepare('node')
  onTestFinished(() => victim.remove())
  await victim.start()
  const shop = await openShop({ shop: 'gifts', books: BOOKS, fetch: victim.send, clock: victim.clock })
  const requests = Array.from({ length: Math.ceil(MEMBERS / PER_REQUEST) }, (_, request) => ({
    key: `anniversary-${request}`,
    members: Array.from({ length: Math.min(PER_REQUEST, MEMBERS - request * PER_REQUEST) }, (_, at) => `c-${request * PER_REQUEST + at}`),
  }))
  let answered = 0
  const sendAll = async () => {
    let granted = 0
    let next = 0
    const hand = async () => {
      for (let request = requests[next++]; request; request = requests[next++]) {
        const { status, body } = await shop.merchant(
          'POST',
          '/grants',
          { points: POINTS, reason: 'anniversary', members: request.members },
          request.key,
        )
        if (status !== 201) throw new Error(`${status}`)
        answered++
        granted += body.granted
      }
    }
    await Promise.all(Array.from({ length: HANDS }, hand))
    return granted
  }
  const begun = performance.now()
  const first = sendAll().catch(() => undefined)
  while (answered < requests.length / 2) await wait(1)
  await victim.stop()
  await first
  expect(answered).toBeLessThan(requests.length)

  const ready = await victim.start()
  expect(await sendAll()).toBe(MEMBERS)
  const seconds = (performance.now() - begun - ready) / 1000
  const audited = performance.now()
  expect(await shop.audit()).toMatchObject({ ok: true, sum: 0, members: MEMBERS, transfers: MEMBERS })
  if (process.env.MUSE_MEMBERS)
    console.log(`granted in ${seconds.toFixed(1)} s, audited in ${((performance.now() - audited) / 1000).toFixed(1)} s`)
  await victim.stop('SIGTERM')

  const books = Array.from({ length: BOOKS }, (_, book) => inBook(bookFile(victim.data, 'gifts', book)))
  const total = (name: 'members' | 'points') => books.reduce((sum, book) => sum + book[name], 0)
  expect({ members: total('members'), points: total('points') }).toEqual({ members: MEMBERS, points: MEMBERS * POINTS })
  for (const { least, most } of books) expect([least, most]).toEqual([POINTS, POINTS])
})

function inBook(file: string) {
  const sql = openSql(file)
  const [row] = sql.all<{ members: number; points: number; least: number; most: number }>(
    'SELECT COUNT(*) AS members, SUM(available) AS points, MIN(available) AS least, MAX(available) AS most FROM members',
  )
  sql.close()
  return row as NonNullable<typeof row>
}
