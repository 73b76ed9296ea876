// Numbers as people type them into a form.

/** A whole number, also with the full-width digits of a Japanese keyboard or with commas; undefined for anything else. */
export function wholeIn(text: string | undefined): number | undefined {
  const plain = (text ?? '').normalize('NFKC').replaceAll(/[\s,]/g, '')
  return /^-?\d{1,12}$/.test(plain) ? Number(plain) : undefined
}
