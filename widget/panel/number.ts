// Numbers without Intl, whose first use alone costs a slow phone a tenth of a second.

/** 1234567 → `1,234,567`; minor units with two digits: 1234567 → `12,345.67`. */
export function grouped(value: number, digits = 0): string {
  const [whole, part] = (value / 10 ** digits).toFixed(digits).split('.')
  return whole!.replace(/\B(?=(\d{3})+$)/g, ',') + (part ? `.${part}` : '')
}

/** A code in fours, as one reads it aloud: `AB12-CD34-EF56-GH78`. */
export const inFours = (code: string): string => code.match(/.{1,4}/g)!.join('-')
