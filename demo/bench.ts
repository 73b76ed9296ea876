// The theme bench as the demo serves it: the very files that any file host could serve (`npm run designer`), under /bench/.
import { fileURLToPath } from 'node:url'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'
import { compress } from 'hono/compress'
import { secureHeaders } from 'hono/secure-headers'

const folder = fileURLToPath(new URL('../dist/bench', import.meta.url))

export function bench() {
  const app = new Hono()
  app.use(secureHeaders({ contentSecurityPolicy, strictTransportSecurity: false }), compress())
  app.get('/bench', (c) => c.redirect(`/bench/${new URL(c.req.url).search}`))
  app.get(
    '/bench/*',
    serveStatic({
      root: folder,
      rewriteRequestPath: (path) => path.replace(/^\/bench/, ''),
      onFound: (path, c) => c.header('cache-control', /-[\w-]{8}\.\w+$/.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache'),
    }),
  )
  return app
}

/** As strict as the shop's; SQLite is WebAssembly, and a logo dropped on the page is an image of its own. */
const contentSecurityPolicy = {
  defaultSrc: ["'self'"],
  scriptSrc: ["'self'", "'wasm-unsafe-eval'"],
  styleSrc: ["'self'"],
  imgSrc: ["'self'", 'data:', 'blob:'],
  frameAncestors: ["'self'"],
  objectSrc: ["'none'"],
  baseUri: ["'none'"],
}
