// An import into files, given up by a server that is killed at it: the next one goes on with it.
import { randomBytes } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { giveUp } from '../server/acts/import.ts'
import { bookFile, removeBook } from '../server/hosts/node/files.ts'
import { openSql } from '../server/hosts/node/sql.ts'
import { open } from '../server/hosts/node.ts'
import { people } from './64-people.ts'
import { folder } from './folder.ts'
import { opened } from './moving.ts'
import { OPERATOR, openShop } from './story.ts'

test('broken off, giving up goes on where it stopped, and no file is left', async () => {
  const shop = await openShop({ books: 1 })
  await shop.merchant('POST', '/grants', { points: 7, reason: 'gift', members: people })
  const rows = (await shop.export())
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  const data = folder()
  const here = () => open({ data, operatorKey: OPERATOR, clock: shop.clock })
  const files = () => readdirSync(join(data, 'books')).filter((file) => file.startsWith('half.'))
  const first = here()
  const half = await opened({ ...shop, fetch: first.fetch }, 32)
  expect((await half.merchant('PUT', '/import', { from: 0, lines: rows })).status).toBe(200)
  expect(files().length).toBeGreaterThanOrEqual(32)
  first.close()
  // As if the server had been killed after it had removed the last half of them.
  const book = openSql(bookFile(data, 'half', 0))
  giveUp({ ...book, now: 0, dice: randomBytes })
  book.close()
  for (let number = 31; number > 15; number--) removeBook(data, 'half', number)
  const second = here()
  const again = await openShop({ shop: 'half', fetch: second.fetch, clock: shop.clock, keys: half.keys })
  for (const reply of [await again.merchant('PUT', '/import', { from: 0, lines: rows }), await again.merchant('GET', '/import')])
    expect(reply.body).toMatchObject({ status: 503, detail: 'This import is being given up.' })
  expect((await again.operator('DELETE', '')).status).toBe(200)
  second.close()
  expect(files()).toEqual([])
})
