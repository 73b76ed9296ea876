// The shop's site that the widgets are measured in: one page a widget, the peers' files in brotli, and stubs for their back ends.
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname } from 'node:path'
import { brotliCompressSync } from 'node:zlib'

/** What is served at an address: a file, or, in place of a back end that cannot run here, JSON or a script. */
export type Served = { file: string; change?: (source: string) => string } | { answer: unknown } | { script: string }

export interface Site {
  url: string
  /** Puts up what a widget needs. */
  serve(all: Record<string, Served>): void
  /** A page with this in its body, and nothing else but a shop's usual text; answers with its address. */
  page(name: string, body: string): string
  close(): Promise<void>
}

const TYPES: Record<string, string> = { '.js': 'text/javascript', '.mjs': 'text/javascript', '.css': 'text/css' }

export async function openSite(): Promise<Site> {
  const answers = new Map<string, { type: string; body: Buffer; packed?: boolean }>()
  answers.set('/empty', { type: 'text/html', body: Buffer.from('<!doctype html><link rel="icon" href="data:,">') })
  const server = createServer((request, response) => {
    const found = answers.get(new URL(request.url ?? '', 'http://site').pathname)
    request.resume()
    response.writeHead(found ? 200 : 404, {
      'content-type': `${found?.type ?? 'text/plain'}; charset=utf-8`,
      'content-length': found?.body.length ?? 0,
      'cache-control': 'no-store',
      ...(found?.packed && { 'content-encoding': 'br' }),
    })
    response.end(found?.body)
  })
  server.listen(0)
  await once(server, 'listening')
  const url = `http://localhost:${(server.address() as AddressInfo).port}`
  return {
    url,
    serve(all) {
      for (const [path, served] of Object.entries(all)) {
        if ('answer' in served) answers.set(path, { type: 'application/json', body: Buffer.from(JSON.stringify(served.answer)) })
        else answers.set(path, 'script' in served ? packed(served.script) : packedFile(served.file, served.change))
      }
    },
    page(name, body) {
      answers.set(`/${name}`, { type: 'text/html', body: Buffer.from(shop(body)) })
      return `${url}/${name}`
    },
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

const packedFile = (file: string, change = (source: string) => source) => packed(change(readFileSync(file, 'utf8')), TYPES[extname(file)])

const packed = (source: string, type = TYPES['.js']!) => ({ type, body: brotliCompressSync(source), packed: true })

// Enough of a page for something to be shifted in it.
const shop = (body: string) => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<link rel="icon" href="data:,">
<title>Shop</title>
<style>body { font: 16px/1.5 sans-serif; margin: 2rem } li { display: inline-block; width: 14rem; padding: 1rem }</style>
<h1>Shop</h1>
<p>Dresses, blouses and what goes with them.</p>
<ul>${Array.from({ length: 24 }, (_, index) => `<li><b>Piece ${index + 1}</b><br>¥${(index + 1) * 1_100}`).join('')}</ul>
${body}`
