// Coupon codes: [prefix] + two symbols for the member's bucket + 13 random ones (65 bits) + a check symbol.

/** 32 symbols: no I, L, O or U, which are misread. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const LENGTH = 16
/** A prefix has at most this many characters, so that a code has at most 20. */
export const PREFIX_MAX = 4
/** How many buckets members are spread over, whatever the number of books. */
export const BUCKETS = 1024

/** The member's bucket, 0 to 1023: FNV-1a over UTF-8 with a final mix, so that ids in sequence spread evenly. */
export function bucketOf(customer: string): number {
  let hash = 0x811c9dc5
  for (const byte of new TextEncoder().encode(customer)) hash = Math.imul(hash ^ byte, 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return ((hash ^ (hash >>> 16)) >>> 0) % BUCKETS
}

/** Which of a shop's books keeps a bucket. Each keeps a run of them, so that splitting a book cuts its run. */
export const bookOf = (bucket: number, books: number) => Math.floor((bucket * books) / BUCKETS)

/** A new code for a member of `bucket`. `dice` gives as many unpredictable bytes as asked. */
export function makeCode(bucket: number, dice: (length: number) => Uint8Array, prefix = ''): string {
  const symbols = [bucket >> 5, bucket & 31]
  for (const byte of dice(LENGTH - 3)) symbols.push(byte & 31)
  symbols.push(checkOf(symbols))
  let code = prefix
  for (const symbol of symbols) code += alphabet[symbol]
  return code
}

/**
 * The canonical form of a code as a person types it: any case, with hyphens or spaces, full-width letters, and O, I, L
 * for 0 and 1. Null when it cannot be one: wrong length, a foreign character, a check symbol that does not fit.
 */
export function readCode(text: string): string | null {
  const plain = text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}ー]/gu, '')
  if (!/^[0-9A-Z]+$/.test(plain) || plain.length < LENGTH || plain.length > LENGTH + PREFIX_MAX) return null
  const prefix = plain.slice(0, -LENGTH)
  const code = plain.slice(-LENGTH).replaceAll('O', '0').replaceAll(/[IL]/g, '1')
  const symbols = Array.from(code, (symbol) => alphabet.indexOf(symbol))
  return symbols.includes(-1) || checkOf(symbols.slice(0, -1)) !== symbols.at(-1) ? null : prefix + code
}

/** The bucket a canonical code was made for. */
export const bucketOfCode = (code: string) => alphabet.indexOf(code.at(-LENGTH) ?? '') * 32 + alphabet.indexOf(code.at(1 - LENGTH) ?? '')

// A weighted sum over GF(32): every symbol has another power of x as its weight, so any one wrong symbol and any two
// exchanged ones change the sum.
function checkOf(symbols: number[]): number {
  return symbols.reduce((check, symbol) => times2(check ^ symbol), 0)
}

const times2 = (value: number) => (value & 16 ? (value << 1) ^ 0b100101 : value << 1)
