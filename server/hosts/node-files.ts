// Where the embedded host keeps a shop's books: one file each, below the data folder.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'

/** The file of a shop's book. Upper case is written with a dot, so that shops differing in case alone stay apart anywhere. */
export const bookFile = (data: string, shop: string, book: number) =>
  join(data, 'books', `${shop.replaceAll(/[A-Z]/g, (letter) => `.${letter.toLowerCase()}`)}.${book}.sqlite`)

/** The shops that have a first book here. */
export const shopsIn = (data: string) =>
  readdirSync(join(data, 'books'))
    .filter((file) => file.endsWith('.0.sqlite'))
    .map((file) => file.slice(0, -'.0.sqlite'.length).replaceAll(/\.(.)/g, (_, letter: string) => letter.toUpperCase()))
