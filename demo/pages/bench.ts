// The bench's page: what to show, the tokens with the right control for each, the contrast, the stage, the tag.
import { html } from 'hono/html'
import { themes } from '../../widget/theme/themes.ts'
import type { Token, TokenGroup } from '../bench/tokens.ts'
import type { Visit } from '../visit.ts'
import { type Markup, shopId } from './layout.ts'

/** What must be told apart: the colour, its ground, and the contrast it needs. */
const pairs = [
  'ink surface 4.5',
  'ink-soft surface 4.5',
  'ink quiet 4.5',
  'on-accent accent 4.5',
  'accent surface 3',
  'trouble surface 4.5',
  'edge surface 3',
]

export function benchPage(visit: Visit, groups: TokenGroup[]): Markup {
  const { t, language } = visit
  const presets = JSON.stringify(themes)
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${t.bench.title} · Muse</title>
<link rel="icon" href="/pictures/emblem.svg" type="image/svg+xml">
<link rel="stylesheet" href="/bench/bench.css">
<link rel="stylesheet" href="/bench/bench-controls.css">
<script type="module" src="/bench/workbench.js"></script>
</head>
<body class="workshop">
<header><div><h1>${t.bench.title}</h1><p>${t.bench.lead}</p></div>
<nav><a href="/bench?lang=${t.language.to}" lang="${t.language.to}">${t.language.label}</a><a href="/">${t.bench.back}</a></nav></header>
<main>
<form id="bench" data-shop="${shopId}" data-presets="${presets}" data-copied="${t.bench.copied}">
<section><h2>${t.bench.show}</h2>
${choice(t.bench.language, 'locale', { en: 'English', ja: '日本語' }, language)}
${choice(t.bench.scheme, 'scheme', t.bench.schemes, 'light')}
${choice(t.bench.spot, 'spot', t.bench.spots, 'bottom-left')}
${choice(t.bench.who, 'who', t.bench.whos, 'member')}
${choice(t.bench.width, 'width', t.bench.widths, 'desktop')}
</section>
<section><h2><label for="preset">${t.bench.preset}</label></h2>
<select id="preset" name="preset"><option value="">${t.bench.own}</option>${Object.keys(themes).map((name) => html`<option>${name}</option>`)}</select>
</section>
${groups.map((group) => html`<section><h2>${t.bench.groups[group.title] ?? group.title}</h2>${group.tokens.map((token) => field(visit, token))}</section>`)}
<button type="reset">${t.bench.reset}</button>
</form>
<div class="frame"><iframe id="stage" title="${t.bench.title}" src="about:blank"></iframe></div>
<div class="under">
<section class="out"><h2><label for="tag">${t.bench.tag}</label></h2><textarea id="tag" readonly rows="7" spellcheck="false"></textarea>
<p><button type="button" id="copy">${t.bench.copy}</button> <span id="copied" role="status"></span></p><p class="note">${t.bench.tagLead}</p></section>
<section><h2>${t.bench.contrast}</h2><table><thead><tr><td></td><th scope="col">${t.bench.day}</th><th scope="col">${t.bench.night}</th></tr></thead>
<tbody>${pairs.map((pair) => html`<tr data-pair="${pair}"><th scope="row">${pair.split(' ').slice(0, 2).join(' / ')}</th><td></td><td></td></tr>`)}</tbody></table>
<p class="note">${t.bench.contrastLead}</p></section>
</div>
</main>
</body>
</html>`
}

function choice(legend: string, name: string, values: Record<string, string>, chosen: string): Markup {
  return html`<fieldset class="choice"><legend>${legend}</legend><div>${Object.entries(values).map(
    ([value, label]) =>
      html`<label><input type="radio" name="${name}" value="${value}"${value === chosen ? html` checked` : ''}><span>${label}</span></label>`,
  )}</div></fieldset>`
}

function field({ t }: Visit, token: Token): Markup {
  const { name, note } = token
  const hint = note && html`<small>${note}</small>`
  if (token.kind === 'colour')
    return html`<fieldset class="token" data-token="${name}"><legend>${name}</legend>${hint}<div class="dyes"><label><input type="color" value="${token.light}"> ${t.bench.day}</label><label><input type="color" value="${token.dark}"> ${t.bench.night}</label></div></fieldset>`
  if (token.kind === 'size')
    return html`<label class="token" data-token="${name}" data-unit="${token.unit}"><span class="name">${name} <output></output></span>${hint}<input type="range" min="0" max="${token.most}" value="${token.amount}"></label>`
  return html`<label class="token" data-token="${name}"><span class="name">${name}</span>${hint}<input type="text" value="${token.value}" spellcheck="false"></label>`
}
