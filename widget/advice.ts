// Advice to who pastes the tag: an attribute nobody knows is named once in the console, with the nearest one there is; and a value nobody
// knows, and that there is no shop.

const names = 'shop token tokenUrl locale position theme scheme cartTotal'.split(' ')
/** Of those that know only some. */
const values: Record<string, string> = { scheme: 'auto, light, dark', position: 'bottom-left, bottom-right, none' }

/** Of `dataset` as the browser reads it: `data-token-url` is `tokenUrl`. */
export function advise(dataset: DOMStringMap) {
  if (!dataset.shop) console.warn('Muse: no data-shop')
  for (const [name, value] of Object.entries(dataset)) {
    const known = values[name]
    if (known && !known.includes(value!)) console.warn(`Muse: ${written(name)}="${value}": ${known}`)
    if (names.includes(name)) continue
    const nearest = names.toSorted((one, other) => distance(name, one) - distance(name, other))[0]!
    const meant = distance(name, nearest) <= nearest.length ? `meant "${written(nearest)}"?` : 'unknown'
    console.warn(`Muse: ${written(name)}: ${meant}`)
  }
}

const written = (name: string) => `data-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`

/** How unlike two names are: the letters of the one that the other has not, both ways. */
const distance = (one: string, other: string) => lacking(one, other) + lacking(other, one)
const lacking = (here: string, there: string) => [...here].filter((letter) => !there.includes(letter)).length
