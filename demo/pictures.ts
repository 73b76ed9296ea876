// Every picture of the storefront, drawn here as SVG: each piece in each colour, the emblem, the season's scene.
import { type Colour, find, products } from './catalogue.ts'
import { bag, bonnet, parasol, socks } from './pictures/accessories.ts'
import { dress, jumper, rosewindow } from './pictures/garments.ts'
import { dusk } from './pictures/scene.ts'
import { blouse, cape, skirt } from './pictures/separates.ts'
import { brooch, coin, dye, emblem, ornament, postcard } from './pictures/smalls.ts'

/** How each piece is drawn, and which part its close-up shows (4 by 3). */
const drawings: Record<string, { draw: (colour: Colour) => string; close: string }> = {
  jumper: { draw: jumper, close: '190 165 220 165' },
  dress: { draw: dress, close: '190 100 220 165' },
  window: { draw: rosewindow, close: '150 430 300 225' },
  blouse: { draw: blouse, close: '160 150 280 210' },
  skirt: { draw: skirt, close: '160 150 280 210' },
  cape: { draw: cape, close: '170 160 260 195' },
  bonnet: { draw: bonnet, close: '90 130 280 210' },
  parasol: { draw: parasol, close: '80 230 320 240' },
  bag: { draw: bag, close: '160 370 300 225' },
  brooch: { draw: brooch, close: '150 250 300 225' },
  socks: { draw: socks, close: '190 140 240 180' },
  postcard: { draw: postcard, close: '90 400 320 240' },
}

const house: Record<string, { draw: () => string; box: string }> = {
  emblem: { draw: emblem, box: '0 0 110 84' },
  ornament: { draw: ornament, box: '0 0 220 36' },
  coin: { draw: coin, box: '0 0 150 150' },
  'dusk-house': { draw: () => dusk('#262a4a'), box: '0 0 1600 900' },
}

/** The SVG of this name, such as "emblem", "dye-wine" or "moonmoth-jsk/wine"; nothing when there is none. */
export function drawing(name: string, close = false): string | undefined {
  const own = Object.hasOwn(house, name) ? house[name] : undefined
  if (own) return svg(own.draw(), own.box)
  const colours = products.flatMap((product) => product.colours)
  const dyed = name.startsWith('dye-') && colours.find((colour) => `dye-${colour.id}` === name)
  if (dyed) return svg(dye(dyed), '0 0 24 24')
  const [sku = '', colourId] = name.split('/')
  const product = find(sku)
  const colour = product?.colours.find((one) => one.id === colourId)
  const drawn = product && drawings[product.drawing]
  return colour && drawn && svg(drawn.draw(colour), close ? drawn.close : '0 0 600 750')
}

const svg = (content: string, box: string) => {
  const [, , width, height] = box.split(' ')
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box}" width="${width}" height="${height}">${content}</svg>`
}
