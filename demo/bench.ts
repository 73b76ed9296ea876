// The theme bench: the live widget on a neutral page, its tokens beside it, and the finished tag to copy out.
import { readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { Hono } from 'hono'
import { tokensIn } from './bench/tokens.ts'
import { grant, type Merchant, memberToken, reportOrder } from './merchant.ts'
import { benchPage } from './pages/bench.ts'
import { isScheme, isSpot, type Setting, stagePage } from './pages/stage.ts'
import type { Env } from './storefront.ts'

/** The member whose points the bench shows: enough of everything to see it drawn. */
const sitter = { id: 'bench-sitter', name: 'Bench' }

export function bench() {
  const app = new Hono<Env>()
  let sits: Promise<unknown> | undefined
  app.get('/', (c) => c.html(benchPage(c.get('visit'), tokensIn(read('../widget/theme/tokens.css')))))
  app.get('/stage', async (c) => {
    const { merchant } = c.get('world')
    const setting = settingOf(c.req.query())
    if (setting.who === 'member') {
      sits ??= seat(merchant).catch(forget)
      await sits
    }
    const token = setting.who === 'member' ? await memberToken(merchant, sitter) : ''
    return c.html(stagePage(setting, token))
  })
  for (const sheet of ['bench.css', 'bench-controls.css', 'stage.css'])
    app.get(`/${sheet}`, (c) => c.body(read(`style/${sheet}`), 200, { 'content-type': 'text/css; charset=utf-8' }))
  app.get('/workbench.js', (c) => c.body(script(), 200, { 'content-type': 'text/javascript; charset=utf-8' }))
  return app

  function forget(error: unknown) {
    sits = undefined
    console.error(error instanceof Error ? error.message : error)
  }
}

function settingOf(query: Record<string, string>): Setting {
  const { locale, scheme, spot, who, theme = '' } = query
  return {
    locale: locale === 'ja' ? 'ja' : 'en',
    scheme: isScheme(scheme) ? scheme : 'auto',
    spot: isSpot(spot) ? spot : 'bottom-left',
    who: who === 'guest' ? 'guest' : 'member',
    theme: theme.slice(0, 8_000),
  }
}

/** Points in hand and points on the way; the same key and the same order number do it once, however often the bench opens. */
async function seat(merchant: Merchant) {
  await grant(merchant, sitter.id, 4_820, 'For the bench', 'bench-sitter')
  const at = new Date().toISOString()
  const lines = [{ id: '1', sku: 'moonmoth-jsk', price: 36_300, quantity: 1 }]
  await reportOrder(merchant, sitter.id, 'BENCH-1', { placedAt: at, updatedAt: at, state: 'placed', lines })
}

const script = () => stripTypeScriptTypes(read('bench/workbench.ts'))

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8')
