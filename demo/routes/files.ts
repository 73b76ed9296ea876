// What a page fetches: the stylesheet, the display face, the pictures. Same bytes for everybody, so they may be kept.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Hono } from 'hono'
import { compress } from 'hono/compress'
import { etag } from 'hono/etag'
import { drawing } from '../pictures.ts'

export function files() {
  const app = new Hono()
  app.on('GET', ['/pictures/*', '/storefront.css', '/fonts/*'], compress(), etag())
  app.get('/storefront.css', (c) => c.body(stylesheet(), 200, { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'no-cache' }))
  app.get('/fonts/:file', (c) => {
    const face = faceOf(c.req.param('file'))
    return face
      ? c.body(readFileSync(face), 200, { 'content-type': 'font/woff2', 'cache-control': 'public, max-age=604800' })
      : c.notFound()
  })
  app.get('/pictures/:name{.+\\.svg}', (c) => {
    const svg = drawing(c.req.param('name').slice(0, -4), c.req.query('view') === 'close')
    return svg
      ? c.body(svg, 200, { 'content-type': 'image/svg+xml; charset=utf-8', 'cache-control': 'public, max-age=3600' })
      : c.notFound()
  })
  return app
}

const sheets = ['faces', 'base', 'controls', 'running', 'frame', 'home', 'piece', 'order', 'orders', 'desk', 'house', 'print']
const stylesheet = () => sheets.map((name) => readFileSync(new URL(`../style/${name}.css`, import.meta.url), 'utf8')).join('\n')

const faces: Record<string, string> = {
  'display.woff2': 'cormorant-garamond-latin-wght-normal.woff2',
  'display-italic.woff2': 'cormorant-garamond-latin-wght-italic.woff2',
}

/** Where a package has put the file on this machine. */
function faceOf(file: string) {
  if (!Object.hasOwn(faces, file)) return undefined
  return createRequire(import.meta.url).resolve(`@fontsource-variable/cormorant-garamond/files/${faces[file]}`)
}
