// A theme as a stylesheet: linked or pasted into the shop's page it dresses the widget there, and in the project it is a theme by name.
import { warning } from '../theme/gate.ts'
import { type Theme, themeOf, worn } from '../theme/tokens.ts'
import type { Read } from './read.ts'

export function stylesheet(theme: Theme): string {
  const fails = warning(theme)
  return [
    `/* A theme of the Muse widget. ${fails ? `NOT READY: ${fails}.` : 'Every pair passes WCAG 2.2 AA contrast.'} */`,
    'muse-widget {',
    ...Object.entries(worn(theme)).map(([name, value]) => `  --muse-${name}: ${value};`),
    '}',
    '',
  ].join('\n')
}

/** The theme in a stylesheet that has ours or is empty of others; undefined where nothing in it is the widget's. */
export function readStylesheet(css: string): Read | undefined {
  const bare = css.replace(/\/\*[\s\S]*?\*\//g, '')
  const given = Object.fromEntries([...bare.matchAll(/--muse-([\w-]+)\s*:\s*([^;}]+)/g)].map(([, name, value]) => [name!, value!.trim()]))
  if (!Object.keys(given).length && !/\bmuse-widget\b/.test(bare)) return undefined
  return { kind: 'theme', ...themeOf(given) }
}
