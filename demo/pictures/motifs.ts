// The house's motifs: the moth, moons and stars, pointed windows, and the niche every piece is shown in.
import { darker, fill, gradient, lighter, line, radial } from './pen.ts'

/** The moth of the house, its heart at 0 0, about 100 wide. */
export function moth(ink: string, mark: string, thin = 1) {
  const wing =
    fill('M2 -4C12 -24 34 -36 51 -31C48 -22 47 -15 40 -8C32 0 16 4 3 4Z', ink) +
    fill('M3 3C18 1 33 4 37 14C38 22 35 27 28 30C29 34 26 39 22 41C16 33 6 22 2 10Z', ink) +
    line('M6 -3C18 -16 32 -24 45 -27M6 -1C20 -9 32 -14 43 -15M5 1C18 -3 28 -5 37 -8', mark, 0.9 * thin, 'opacity=".8"') +
    `<circle cx="31" cy="-15.5" r="4.2" fill="${mark}"/><circle cx="31" cy="-15.5" r="1.9" fill="${ink}"/>` +
    `<circle cx="24" cy="16" r="3.4" fill="${mark}"/><circle cx="24" cy="16" r="1.5" fill="${ink}"/>` +
    line('M6 8C12 16 17 24 22 34M7 6C14 12 22 18 29 26', mark, 0.8 * thin, 'opacity=".65"') +
    line(
      'M1.5 -12C5 -20 10 -26 17 -30M5 -18.5L9.5 -19M7.5 -22L12 -22.6M10 -25L14.5 -26M4.2 -17L4.8 -21.5M6.8 -20.6L7.8 -25M9.6 -23.8L11 -28',
      ink,
      1.1 * thin,
    )
  return `${wing}<g transform="scale(-1 1)">${wing}</g>${fill('M0 -13C3.6 -11 4.6 -4 4 2C3.6 12 1.6 20 0 25C-1.6 20 -3.6 12 -4 2C-4.6 -4 -3.6 -11 0 -13Z', ink)}${line('M-3 2.5H3M-3 6.5H3M-2.4 10.5H2.4M-1.8 14.5H1.8', mark, 0.9 * thin, 'opacity=".8"')}`
}

/** A crescent of radius 10, horns to the right. */
export const crescent = (colour: string) => fill('M4 -9.2A10 10 0 1 0 4 9.2A7.6 7.6 0 1 1 4 -9.2Z', colour)

export const star = (colour: string, r = 4) =>
  fill(
    `M0 ${-r}Q${r * 0.12} ${-r * 0.12} ${r} 0Q${r * 0.12} ${r * 0.12} 0 ${r}Q${-r * 0.12} ${r * 0.12} ${-r} 0Q${-r * 0.12} ${-r * 0.12} 0 ${-r}Z`,
    colour,
  )

/** A pointed window with tracery, standing on 0 0, 40 wide and 100 tall. */
export function lancet(stone: string, glass: string, glow: string) {
  const arch = 'M-20 0V-62C-20 -80 -10 -92 0 -100C10 -92 20 -80 20 -62V0Z'
  const light = (x: number) => fill(`M${x - 7} -5V-50C${x - 7} -58 ${x - 3} -63 ${x} -67C${x + 3} -63 ${x + 7} -58 ${x + 7} -50V-5Z`, glass)
  return (
    fill(arch, stone) +
    light(-9) +
    light(9) +
    `<circle cx="0" cy="-76" r="8.5" fill="${glass}"/>` +
    [0, 60, 120, 180, 240, 300]
      .map((turn) => `<ellipse cx="0" cy="-80.2" rx="1.9" ry="3.6" fill="${glow}" transform="rotate(${turn} 0 -76)"/>`)
      .join('') +
    line('M-16 -22H-2M2 -22H16M-16 -38H-2M2 -38H16M-9 -5V-66M9 -5V-66', stone, 1) +
    fill('M-12 -30L-9 -35L-6 -30L-9 -25ZM6 -30L9 -35L12 -30L9 -25Z', glow)
  )
}

/** Where pieces are shown: a plastered niche with a pointed arch, a floor, soft light from the left. */
export function niche(content: string, defs = '', floor = 690) {
  return `<defs>${gradient(
    'wall',
    [
      [0, '#e9dfd6'],
      [0.55, '#ddd0c6'],
      [1, '#cdbdb2'],
    ],
    'x1="0" y1="0" x2="1" y2="1"',
  )}${gradient('recess', [
    [0, '#c2b2a8'],
    [0.3, '#d9ccc2'],
    [0.75, '#ded2c8'],
    [1, '#cbbcb1'],
  ])}${radial('cast', [
    [0, '#3a2a2e', 0.42],
    [0.55, '#3a2a2e', 0.16],
    [1, '#3a2a2e', 0],
  ])}${radial(
    'lamp',
    [
      [0, '#fff6e8', 0.62],
      [1, '#fff6e8', 0],
    ],
    'cx=".36" cy=".3" r=".62"',
  )}${gradient(
    'ground',
    [
      [0, '#b9a79b'],
      [1, '#d3c5ba'],
    ],
    'x1="0" y1="0" x2="0" y2="1"',
  )}${defs}</defs>
<rect width="600" height="750" fill="url(#wall)"/>
${fill('M62 750V300C62 170 170 76 300 14C430 76 538 170 538 300V750Z', 'url(#recess)')}
${line('M62 750V300C62 170 170 76 300 14C430 76 538 170 538 300V750', '#b3a094', 1.2)}
${line('M50 750V298C50 164 164 64 300 0C436 64 550 164 550 298V750', '#c4b4a9', 1)}
<rect width="600" height="750" fill="url(#lamp)"/>
<rect y="${floor - 20}" width="600" height="${770 - floor}" fill="url(#ground)"/>${line(`M0 ${floor - 20}H600`, '#a39085', 1, 'opacity=".7"')}
<ellipse cx="306" cy="${floor}" rx="220" ry="20" fill="url(#cast)"/>
${content}`
}

/** A tailor's form in linen on a turned foot, for whatever needs shoulders. */
export function form(foot = true) {
  const linen = '#dfd1bd'
  const torso =
    'M278 92C279 108 262 114 232 122C214 127 206 140 209 160C213 184 224 200 226 222C228 250 236 270 240 296H360C364 270 372 250 374 222C376 200 387 184 391 160C394 140 386 127 368 122C338 114 321 108 322 92Z'
  const wood = '#7a5a42'
  const stand = foot
    ? fill('M294 560H306V672H294Z', wood) +
      fill('M284 640C284 634 316 634 316 640C316 650 306 650 306 658H294C294 650 284 650 284 640Z', darker(wood, 0.1)) +
      line('M300 664C280 666 262 676 250 692M300 664C320 666 338 676 350 692M300 666V694', darker(wood, 0.12), 8)
    : ''
  return `${stand}${fill(torso, 'url(#linen)')}${line('M300 100V296M262 116C258 170 262 240 270 296M338 116C342 170 338 240 330 296', darker(linen, 0.4), 0.8, 'opacity=".5"')}
${fill('M276 92C276 84 286 80 300 80C314 80 324 84 324 92C324 97 314 99 300 99C286 99 276 97 276 92Z', lighter(wood, 0.1))}${fill('M294 82C292 72 295 66 300 64C305 66 308 72 306 82Z', wood)}`
}

export const linen = gradient('linen', [
  [0, '#b7a58e'],
  [0.3, '#ece0cd'],
  [0.6, '#dfd1bd'],
  [1, '#a8957e'],
])
