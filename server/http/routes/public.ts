// What anybody may ask: the program, and what an order would earn.
import { quote } from '../../acts/quotes.ts'
import { publicProgram } from '../../acts/shop.ts'
import * as wire from '../../contract.ts'
import { type Route, route } from './route.ts'

export const open: Route[] = [
  route({
    ...{ method: 'get', path: '/program', who: 'public', summary: 'The program as shoppers may see it', answer: wire.PublicProgram },
    act: (book) => publicProgram(book),
  }),
  route({
    ...{ method: 'post', path: '/quotes', who: 'public', summary: 'What an order not yet placed would earn', answer: wire.Receipt },
    body: wire.Quote,
    act: (book, ask) => quote(book, ask.body),
  }),
]
