// The merchant's own wording over ours: `texts` of the program, by language and key. Only plain sentences can be replaced, and what
// comes is text, never markup.
import type { PublicProgram } from '../../server/contract.ts'

export function wordsOf<Words extends object>(text: Words, program: PublicProgram | null, language: string): Words {
  const own: Record<string, unknown> = program?.texts[language] ?? {}
  const plain = Object.keys(text).filter((key) => typeof text[key as keyof Words] === 'string' && typeof own[key] === 'string')
  return { ...text, ...Object.fromEntries(plain.map((key) => [key, own[key]])) }
}
