// Brooch and postcard, and the little drawings of the house itself: emblem, coin, ornament, dyes.
import type { Colour } from '../catalogue.ts'
import { crescent, moth, niche, star } from './motifs.ts'
import { darker, fill, gradient, group, lighter, line, radial, steps } from './pen.ts'
import { dusk } from './scene.ts'

const round = (count: number, draw: (turn: number, i: number) => string) =>
  steps(0, 360, count + 1)
    .slice(1)
    .map(draw)
    .join('')

export function brooch({ cloth, shine }: Colour) {
  const twist = round(56, (turn, i) => {
    const a = (turn * Math.PI) / 180
    const [x, y] = [300 + Math.cos(a) * 152, 372 + Math.sin(a) * 190]
    return `<ellipse cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" rx="14" ry="7" transform="rotate(${(turn + 62).toFixed(1)} ${x.toFixed(1)} ${y.toFixed(1)})" fill="${i % 2 ? shine : lighter(shine, 0.28)}" stroke="${darker(shine, 0.55)}" stroke-width="1"/>`
  })
  const relief = '#f3e9d9'
  return niche(
    `<ellipse cx="312" cy="396" rx="170" ry="208" fill="#3a2a2e" opacity=".28" filter="url(#soft)"/>
<ellipse cx="300" cy="372" rx="152" ry="190" fill="${darker(shine, 0.5)}"/>${twist}
<ellipse cx="300" cy="372" rx="136" ry="174" fill="${darker(shine, 0.35)}"/><ellipse cx="300" cy="372" rx="130" ry="168" fill="url(#stone)"/>
${round(24, (turn) => group(star(relief, 4), `translate(${(300 + Math.cos((turn * Math.PI) / 180) * 114).toFixed(1)} ${(372 + Math.sin((turn * Math.PI) / 180) * 151).toFixed(1)})`, 'opacity=".55"'))}
${group(moth(darker(cloth, 0.55), darker(cloth, 0.55)), 'translate(304 392) scale(1.98)', 'opacity=".7"')}${group(moth(relief, mixed(cloth)), 'translate(300 386) scale(1.95)')}
${group(group(crescent(relief), 'rotate(90)'), 'translate(300 272) scale(2.1)')}
${fill('M196 288C226 232 284 208 330 214C276 226 226 262 204 320C196 316 192 304 196 288Z', '#ffffff', 'opacity=".16"')}
${line('M252 566C262 596 286 610 300 610C314 610 338 596 348 566', darker(shine, 0.3), 3)}<path d="M300 606C314 630 316 648 300 660C284 648 286 630 300 606Z" fill="url(#stone)" stroke="${shine}" stroke-width="4"/>`,
    `${radial(
      'stone',
      [
        [0, lighter(cloth, 0.2)],
        [0.6, cloth],
        [1, darker(cloth, 0.5)],
      ],
      'cx=".4" cy=".32" r=".8"',
    )}<filter id="soft" x="-30%" y="-30%" width="160%" height="160%"><feGaussianBlur stdDeviation="14"/></filter>`,
    712,
  )
}

const mixed = (cloth: string) => lighter(cloth, 0.35)

export function postcard({ cloth, trim, shine }: Colour) {
  const paper = lighter(trim, 0.2)
  const back = `${fill('M0 0H400V270H0Z', paper)}${line('M200 24V246', '#b8a692', 1.2)}${[120, 152, 184, 216].map((y) => line(`M222 ${y}H376`, '#b8a692', 1.2)).join('')}${line('M318 22H378V96H318Z', cloth, 1.4, 'stroke-dasharray="3 3"')}${group(moth(cloth, paper), 'translate(348 60) scale(.46)')}
${[60, 88, 116, 144, 172, 200].map((y, i) => line(`M28 ${y}C60 ${y - 7} 80 ${y + 6} 104 ${y}S150 ${y - 5} ${172 - (i % 3) * 22} ${y}`, '#54434a', 1.5, 'opacity=".75"')).join('')}`
  const front = `${fill('M0 0H400V270H0Z', paper)}<svg x="16" y="16" width="368" height="238" viewBox="330 60 1190 770" preserveAspectRatio="xMidYMid slice">${dusk(cloth)}</svg>${line('M16 16H384V254H16Z', shine, 2)}${line('M10 10H390V260H10Z', shine, 0.8)}`
  const shade = '<path d="M8 12H408V282H8Z" fill="#3a2a2e" opacity=".3" filter="url(#soft)"/>'
  return niche(
    group(shade + back, 'translate(128 214) rotate(-9 200 135)') + group(shade + front, 'translate(86 372) rotate(5 200 135) scale(1.06)'),
    '<filter id="soft" x="-10%" y="-10%" width="120%" height="130%"><feGaussianBlur stdDeviation="8"/></filter>',
    716,
  )
}

export const emblem = () =>
  group(moth('#5b1f33', '#f6efe6'), 'translate(55 40)') + group(group(crescent('#a9854a'), 'rotate(90)'), 'translate(55 9) scale(.62)')

export const ornament = () =>
  `${line('M4 18H74M146 18H216', '#a9854a', 1)}${line('M74 18C84 10 90 10 92 18C90 26 84 26 74 18M146 18C136 10 130 10 128 18C130 26 136 26 146 18', '#a9854a', 1)}${group(moth('#5b1f33', '#f6efe6'), 'translate(110 17) scale(.34)')}${group(star('#a9854a', 4), 'translate(4 18)')}${group(star('#a9854a', 4), 'translate(216 18)')}`

export const coin = () =>
  `<defs>${radial(
    'gold',
    [
      [0, '#f6e2b0'],
      [0.55, '#d4ae67'],
      [1, '#93703a'],
    ],
    'cx=".38" cy=".3" r=".85"',
  )}${gradient(
    'rim',
    [
      [0, '#fff1c9'],
      [0.5, '#a9854a'],
      [1, '#6e5027'],
    ],
    'x1="0" y1="0" x2="1" y2="1"',
  )}</defs>
<circle cx="75" cy="75" r="72" fill="url(#rim)"/><circle cx="75" cy="75" r="66" fill="url(#gold)"/><circle cx="75" cy="75" r="58" fill="none" stroke="#7d5c2c" stroke-width="1" stroke-dasharray="1.5 3.2"/>
${group(moth('#5a3d1a', '#e7c98a'), 'translate(75.8 80.8) scale(.86)', 'opacity=".55"')}${group(moth('#6a4a20', '#f0d79c'), 'translate(75 80) scale(.86)')}${group(group(crescent('#6a4a20'), 'rotate(90)'), 'translate(75 36) scale(.8)')}`

export const dye = ({ cloth }: Colour) =>
  `<circle cx="12" cy="12" r="11" fill="${cloth}"/><circle cx="12" cy="12" r="11" fill="none" stroke="#00000040"/>`
