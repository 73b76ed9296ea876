// The storefront's two languages, and which one a visitor reads.
import type { Language } from './catalogue.ts'
import { en, type Text } from './text/en.ts'
import { ja } from './text/ja.ts'

export type { Text }
export const texts: Record<Language, Text> = { en, ja }

/** The one asked for, else the one chosen before, else what the browser prefers. */
export function languageOf(asked: string | undefined, chosen: string | undefined, accepts: string | undefined): Language {
  for (const one of [asked, chosen]) if (one === 'en' || one === 'ja') return one
  return /^\s*ja\b/i.test(accepts ?? '') ? 'ja' : 'en'
}
