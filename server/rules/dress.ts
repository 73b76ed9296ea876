// What a program may say of the widget's looks and words: tokens and sentences by the names that the widget has for them. Whatever is
// under another name would be kept and never be seen. The widget's own files are the designer's: test/27-dress holds both lists equal.
import * as z from 'zod'
import { closed, unknownKey } from '../contract.ts'

/** The custom properties of `widget/theme/tokens.css`, without `--muse-`. */
export const tokenNames = [
  ...['surface', 'quiet', 'ink', 'ink-soft', 'line', 'edge', 'track', 'accent', 'on-accent', 'trouble', 'scrim', 'shadow'],
  ...['font', 'font-code', 'text-small', 'text', 'text-large', 'text-figure', 'weight', 'weight-strong'],
  ...['space', 'radius', 'radius-inner', 'control', 'time', 'button-radius', 'ticket'],
  ...['launcher', 'on-launcher', 'launcher-emblem', 'launcher-radius', 'launcher-label', 'emblem', 'emblem-radius'],
]

/**
 * What a theme may have besides: the colour that the theme bench derived it from, what the bench says of one whose contrast is too low,
 * and whether it is one for the day or the night, as `data-scheme` has it.
 */
export const besideTokens = ['brand', 'fails', 'scheme']

/** The plain sentences of `widget/text`: of those with a number or a date inside the widget keeps its own. */
export const sentenceNames = [
  ...['close', 'retry', 'navPoints', 'navEarn', 'navHistory', 'available', 'unit', 'unitOne', 'held', 'pending', 'debt', 'debtWhy'],
  ...['waitsForShipment', 'waits', 'couponsTitle', 'redeem', 'copy', 'undo', 'couponForever', 'couponsPast', 'failedTitle'],
  ...['guestTitle', 'signUp', 'signIn', 'earnWelcome', 'launcherAside'],
  ...['amount', 'amountMax', 'cancel', 'copied', 'historyEmpty', 'historyMore', 'entryOther', 'settling'],
  ...['all', 'checkoutAmount', 'couponsNone', 'follow', 'activityWaits'],
  ...['reviewOpen', 'reviewOf', 'reviewRating', 'reviewText', 'reviewSend', 'photoOpen', 'photoFile', 'photoCaption', 'photoSend'],
  ...['giftsTitle', 'giftsLead', 'giftAsk', 'galleryEmpty'],
]

/** A token's value. It becomes that of a custom property, which cannot reach beyond itself, whatever it says. */
export const Token = z.union([z.string().max(500), z.number(), z.boolean()])
/** A sentence of the merchant's own. */
export const Sentence = z.string().max(1_000)

/** A theme as a new program may have it: token → value. */
export const Theme = named([...tokenNames, ...besideTokens], Token)
/** A merchant's own sentences as a new program may have them, by language. */
export const Texts = z.record(
  z.string().refine(isLanguage, { error: ({ input }) => unknownKey(String(input), inOurs(String(input))) }),
  named(sentenceNames, Sentence),
  { error: (issue) => (issue.code === 'invalid_key' ? issue.issues?.[0]?.message : undefined) },
)

function named<Value extends z.ZodType>(names: string[], value: Value) {
  return closed(Object.fromEntries(names.map((name) => [name, value.optional()]))) as unknown as z.ZodType<Record<string, z.infer<Value>>>
}

/**
 * Whether it is a BCP 47 tag in its canonical writing, of a language that there is: of one that there is not, nobody knows the script it
 * is likely to be written in, and "jp" is one.
 */
function isLanguage(tag: string): boolean {
  const locale = localeOf(tag)
  return locale?.baseName === tag && locale.language !== 'und' && locale.maximize().script !== undefined
}

/** The languages that the widget speaks, and the way in which this one is written, where that is all that is wrong. */
function inOurs(tag: string): string[] {
  const written = localeOf(tag)?.baseName
  return written !== undefined && isLanguage(written) ? [written] : ['en', 'ja']
}

function localeOf(tag: string): Intl.Locale | undefined {
  try {
    return new Intl.Locale(tag)
  } catch {
    return undefined
  }
}
