// The page a state is looked at in: a storefront of no shop in particular, its address saying how it is.

/** What an address says: `/stage?shop=…&token=…`. */
export interface Setting {
  shop: string
  token: string
  language: 'en' | 'ja'
  scheme: 'light' | 'dark'
  direction?: 'ltr' | 'rtl'
  position?: string
  /** Which embeds stand in it. */
  embeds?: string
}

export const addressOf = (url: string, setting: Setting) => `${url}/stage?${new URLSearchParams({ ...setting })}`

/** Answers for that address. */
export function stageOf(request: Request): Response {
  const { pathname, searchParams } = new URL(request.url)
  if (pathname !== '/stage') return new Response(null, { status: 204 })
  const { shop, token, language, scheme, direction = 'ltr', position = 'bottom-left', embeds = '' } = Object.fromEntries(searchParams)
  const known = token ? ` data-token="${token}"` : ''
  const content = embeds
    .split(' ')
    .map((name) => parts[name] ?? '')
    .join('\n')
  return new Response(
    `<!doctype html><html lang="${language}" dir="${direction}" data-scheme="${scheme}"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><link rel="icon" href="/icon.png"><title>Shop</title><style>${looks}</style>
<script async src="/muse.js" data-shop="${shop}" data-scheme="${scheme}" data-position="${position}"${known}></script>
<body><main><h1>${language === 'ja' ? '店' : 'Shop'}</h1>
${content || '<p class="bar"></p><div class="tiles"><i></i><i></i></div>'}</main></body></html>`,
    { headers: { 'content-type': 'text/html; charset=utf-8' } },
  )
}

const purchases = JSON.stringify([
  { order: 'W-1', sku: 'moonmoth', title: 'Moon Moth dress · 月蛾のドレス' },
  { order: 'W-1', sku: 'ribbon', title: 'Ribbon' },
]).replaceAll('"', '&quot;')

const parts: Record<string, string> = {
  page: `<muse-page purchases="${purchases}"><p>Sign in to see your points</p></muse-page>`,
  coupons: '<h2>Cart</h2><muse-coupons><p>Members pay with points here</p></muse-coupons>',
  checkout: `<h2>Checkout</h2><form><muse-checkout name="points" total="15000"><label>Points <input name="points" value="0"></label></muse-checkout></form>`,
  small: '<h2>Checkout</h2><form><muse-checkout name="points" total="0"><label>Points <input name="points"></label></muse-checkout></form>',
  inline: `<h2>Moon Moth</h2><p>¥10,000 <muse-points price="10000" sku="dress"></muse-points></p>
<p>¥5,000 <muse-points price="5000" sku="hat" tags="early-bird"></muse-points></p><p>¥40 <muse-points price="40"></muse-points></p>
<p>Mug <muse-badge sku="mug"></muse-badge></p>`,
  gallery: '<h2>Gallery</h2><muse-gallery><p>Photos</p></muse-gallery>',
}

const looks = `
html { color-scheme: light; background: #f4f3f1; font: 15px/1.7 sans-serif }
html[data-scheme=dark] { color-scheme: dark; background: #111; color: #eee }
body { margin: 0; padding: clamp(12px, 4vw, 40px) } main { max-width: 1100px; margin: auto }
.bar { height: 48px; background: #8883 } .tiles { display: grid; grid-template-columns: 1fr 1fr; gap: 16px } .tiles i { height: 180px; background: #8882 }`
