// What the shop's server asks of its books as a whole.
import * as z from 'zod'
import { exportBook } from '../../acts/export.ts'
import { type Plan, plan, progress, takeIn } from '../../acts/import.ts'
import { report } from '../../acts/report.ts'
import * as wire from '../../contract.ts'
import { audit } from '../../ledger/audit.ts'
import { audits, exports, imports, reports } from '../gather.ts'
import { type Route, route } from './route.ts'

export const books: Route[] = [
  route({
    ...{
      method: 'get',
      path: '/audit',
      who: 'secret',
      summary: 'Re-derives every balance from the transfers',
      gather: audits,
      whole: true,
      answer: wire.Audit,
    },
    act: (book) => audit(book),
  }),
  route({
    ...{
      method: 'get',
      path: '/report',
      who: 'secret',
      summary: 'What was issued, spent, expired and taken back, and what is owed; by funder and by month',
      gather: reports,
      whole: true,
      answer: wire.Report,
    },
    query: ['from', 'to'],
    act: (book, { query }) => report(book, query),
  }),
  route({
    ...{
      method: 'get',
      path: '/export',
      who: 'secret',
      summary: 'Everything the shop holds',
      lines: true,
      gather: exports,
      answer: z.looseObject({ table: z.string() }),
    },
    act: (book) => exportBook(book),
  }),
  route({
    ...{ method: 'get', path: '/import', who: 'secret', summary: 'How far an import has come', answer: wire.Imported, imports: true },
    act: (book) => progress(book),
  }),
  route({
    ...{ method: 'put', path: '/import', who: 'secret', summary: "Take in an export's rows, piece by piece", answer: wire.Imported },
    ...{ imports: true, bodyMax: 8 * 1024 * 1024, gather: imports, body: wire.Import },
    first: (book, { body }) => plan(book, body),
    act: (book, { body, found }) => takeIn(book, body, found as Plan),
  }),
]
