// The catalogue: what the shop's server says of its sellers and products, and the badges that anybody may see.
import { badges } from '../../acts/badges.ts'
import { dropProduct, product, putProduct, putSeller, sellerStanding } from '../../acts/catalogue.ts'
import * as wire from '../../contract.ts'
import { path, type Route, route } from './route.ts'

export const catalogue: Route[] = [
  route({
    ...{ method: 'get', path: '/badges', who: 'public', summary: 'What products earn now, and their badges', answer: wire.Badges },
    many: ['sku'],
    act: (book, ask) => badges(book, ask.many?.sku ?? []),
  }),

  route({
    ...{ method: 'put', path: '/sellers/{seller}', who: 'secret', summary: 'A seller as it now stands', answer: wire.SellerStanding },
    body: wire.Seller,
    act: (book, ask) => putSeller(book, path(ask, 'seller'), ask.body),
  }),
  route({
    ...{
      method: 'get',
      path: '/sellers/{seller}',
      who: 'secret',
      summary: 'A seller, and what keeps its badge away',
      answer: wire.SellerStanding,
    },
    act: (book, ask) => sellerStanding(book, path(ask, 'seller')),
  }),
  route({
    ...{ method: 'put', path: '/products/{sku}', who: 'secret', summary: 'A product as it now stands', answer: wire.KnownProduct },
    body: wire.Product,
    act: (book, ask) => putProduct(book, path(ask, 'sku'), ask.body),
  }),
  route({
    ...{ method: 'get', path: '/products/{sku}', who: 'secret', summary: 'A product', answer: wire.KnownProduct },
    act: (book, ask) => product(book, path(ask, 'sku')),
  }),
  route({
    ...{
      method: 'delete',
      path: '/products/{sku}',
      who: 'secret',
      summary: 'Take a product out of the catalogue',
      answer: wire.KnownProduct,
    },
    act: (book, ask) => dropProduct(book, path(ask, 'sku')),
  }),
]
