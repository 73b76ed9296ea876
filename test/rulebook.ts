// Every promise of the three programmes by its id, and the tests that carry it: the name of a test, or of a group, begins with the id, as in "J1 · …".
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** J: Juliette et Justine. S: Solaris Japan. A: Amazon Japan's cashless campaign and its 2 % programme. */
export const promises: Record<string, string> = {
  J1: '1 % of what was paid comes back, in whole points, rounded once an order',
  J2: 'a photo in the gallery earns 10, once a day of the shop’s zone',
  J3: 'the same picture counts once, re-encoded or resized as well',
  J4: 'the month’s selection pays 500, 300 and 200, once',
  J5: 'a review earns 10, once a member and bought product, whatever its rating',
  J6: 'following an account earns 10, once a member and network, for ever',
  J7: 'a guest’s order earns nothing, also when the guest registers later',
  J8: 'points come once the order has shipped',
  J9: 'until then they are shown with the order they belong to',
  J10: 'what was paid with points earns none',
  J11: 'one point is one yen',
  J12: 'a coupon takes 1 to 5,000 points in steps of 1',
  J13: 'the same exchange inline, on a page of its own',
  J14: 'coupons are listed with their state',
  J15: 'one code serves one order, whatever happens at once',
  J16: 'an unused coupon is taken back, its points to the lots they came from',
  J17: 'a held code shows in the cart, with a button that copies it',
  J18: 'at checkout the discount applies, and what a small cart could not use comes back',
  J19: 'a gift holds its points until the shop fulfils or declines it',
  S1: 'whoever has an account is a member, without joining',
  S2: 'one call gives points to many, each once',
  S3: 'orders before the start earn nothing',
  S4: 'an item shows what it earns, an excluded one why it earns nothing',
  S5: 'a purchase earns at once, as pending',
  S6: 'pending points become available 7 × 24 hours after shipping',
  S7: 'at checkout the shopper says how many points to use',
  S8: 'nothing caps the points of a checkout',
  S9: 'points do not pay for early-bird items',
  S10: 'points do not pay for shipping',
  S11: 'points are not combined with the shop’s other codes',
  S12: 'points do not expire unless the program says so, and no change shortens a life',
  S13: 'a partial refund takes its points back under the order’s own rule; what is spent becomes debt',
  S14: 'a campaign runs between two instants, whoever’s clock shows what',
  S15: 'extra points come only inside events',
  A1: 'ordered and shipped inside the campaign’s windows, to the millisecond',
  A2: 'shipped later, or never: the order counts as cancelled',
  A3: 'what is cancelled is undone without anyone acting',
  A4: 'another payment method is judged anew, under the order’s own date',
  A5: 'an order on hold past the end is judged by its date and payment',
  A6: '5 % on small sellers’ goods in named categories',
  A7: 'nobody acts when a campaign ends',
  A8: 'a joined seller gives 2 % or more on everything; an item below is named',
  A9: 'points at the time of the order, whatever pays for it',
  A10: 'every point knows who funds it',
  A11: 'the badge comes ten Japanese business days later',
  A12: 'leaving takes the badge away',
  A13: 'an item below the percent takes the badge away',
  A14: 'the badge stands on new items that hold the buy box',
  A15: 'a programme ends as planned, and changed dates alter no order placed before',
}

interface Carried {
  file: string
  name: string
}

/** The tests that carry each promise, in the order of their files. */
export function carriers(): Map<string, Carried[]> {
  const found = new Map<string, Carried[]>()
  for (const file of readdirSync(import.meta.dirname).toSorted()) {
    if (!/\.test\.tsx?$/.test(file)) continue
    const text = readFileSync(join(import.meta.dirname, file), 'utf8')
    for (const [, ids = '', name = ''] of text.matchAll(
      /^\s*(?:test|it|describe)(?:\.each\([^)]*\))?\(\s*['"`]((?:[JSA]\d+(?:, )?)+) · (.*?)['"`],/gm,
    ))
      for (const id of ids.split(', ')) found.set(id, [...(found.get(id) ?? []), { file, name }])
  }
  return found
}

/** The table of ARCHITECTURE.md: each promise, and the first test that carries it of each file. */
export function rulebookTable(): string {
  const carried = carriers()
  const rows = Object.entries(promises).map(([id, promise]) => {
    const firsts = [...new Map((carried.get(id) ?? []).toReversed().map((each) => [each.file, each])).values()].toReversed()
    return `| ${id} | ${promise} | ${firsts.map(({ file, name }) => `\`${file.replace(/\.test\.tsx?$/, '')}\`: ${name}`).join('; ')} |`
  })
  return ['| id | promise | tests |', '|---|---|---|', ...rows].join('\n')
}
