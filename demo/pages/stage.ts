// The bench's stage: a page of no shop in particular, with the tag as it is set at the moment.
import { html } from 'hono/html'
import { type Markup, shopId } from './layout.ts'

const schemes = ['auto', 'light', 'dark'] as const
const spots = ['bottom-left', 'bottom-right', 'none'] as const

export type Setting = {
  locale: 'en' | 'ja'
  scheme: (typeof schemes)[number]
  spot: (typeof spots)[number]
  who: 'member' | 'guest'
  theme: string
}

export const isScheme = (text: string | undefined): text is Setting['scheme'] => schemes.some((scheme) => scheme === text)
export const isSpot = (text: string | undefined): text is Setting['spot'] => spots.some((spot) => spot === text)

export function stagePage({ locale, scheme, spot, theme }: Setting, token: string): Markup {
  return html`<!doctype html>
<html lang="${locale}" data-scheme="${scheme}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Stage</title>
<link rel="stylesheet" href="/bench/stage.css">
<script async src="/muse.js" data-shop="${shopId}" data-token="${token}" data-position="${spot}" data-scheme="${scheme}" data-theme="${theme}"></script>
</head>
<body class="stage">
<div class="bar wide"></div><div class="bar"></div><div class="tiles">${[1, 2, 3, 4, 5, 6].map(() => html`<div class="tile"></div>`)}</div><div class="bar"></div><div class="bar half"></div>
</body>
</html>`
}
