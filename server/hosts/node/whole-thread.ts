// The thread that reads whole books: one after the other, each in the state in which it finds it.
import { actReading } from '../../http/acting.ts'
import { books } from '../../http/routes/books.ts'
import type { Route } from '../../http/routes/route.ts'
import { openReading } from './sql.ts'
import { answering } from './thread.ts'
import type { Reading } from './whole.ts'

answering(({ file, path, ask, shop, now }: Reading) => {
  const route = books.find((route) => route.path === path) as Route
  const { close, ...sql } = openReading(file)
  try {
    const book = { ...sql, memtables: new Map(), shop, now, dice: none }
    return sql.reading(() => actReading(route, book, ask)) ?? null
  } finally {
    close()
  }
})

function none(): never {
  throw new Error('What only reads has no dice.')
}
