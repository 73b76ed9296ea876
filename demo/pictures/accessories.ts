// Bonnet, parasol, bag and socks.
import type { Colour } from '../catalogue.ts'
import { bow, lace, rose } from './cloth.ts'
import { linen, moth, niche } from './motifs.ts'
import { darker, dot, fill, gradient, group, lighter, line, type Point, radial, type Surface, steps } from './pen.ts'

/** Points round an egg: 0 is the chin's left, 1 the chin's right, the crown half-way. */
const egg =
  (rx: number, ry: number, open = 0.16): Surface =>
  (u, t) => {
    const a = Math.PI * (0.5 + open) + Math.PI * (2 - 2 * open) * ((u + 1) / 2)
    return [300 + Math.cos(a) * rx * t, 330 + Math.sin(a) * ry * t]
  }

export function bonnet({ cloth, trim, shine }: Colour) {
  const rim = egg(182, 206)
  const inner = egg(134, 158)
  const ring = (s: Surface, t: number) =>
    steps(-1, 1, 41)
      .map((u, i) => `${i ? 'L' : 'M'}${dot(s(u, t))}`)
      .join('')
  const brim = `${ring(rim, 1)}${steps(1, -1, 41)
    .map((u) => `L${dot(inner(u, 0.8))}`)
    .join('')}Z`
  const pleats = steps(-0.985, 0.985, 64).map((u, i) =>
    line(`M${dot(inner(u, 0.8))}L${dot(inner(u, i % 2 ? 1.06 : 1.02))}`, darker(trim, 0.6), 0.9, `opacity="${i % 2 ? 0.4 : 0.22}"`),
  )
  const frill = `${ring(inner, 0.8)}${steps(1, -1, 129)
    .map((u, i) => `L${dot(inner(u, 1.03 + (i % 4 === 2 ? 0.035 : i % 4 === 0 ? -0.01 : 0.015)))}`)
    .join('')}Z`
  const scallops = steps(-0.99, 0.99, 53)
    .slice(1)
    .map((u, i) => {
      const [x, y] = rim(u - 0.019, 1.005)
      return `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="${i % 2 ? 9 : 10}" fill="${trim}" stroke="${darker(trim, 0.45)}" stroke-width=".6"/><circle cx="${rim(u - 0.019, 1.02)[0].toFixed(1)}" cy="${rim(u - 0.019, 1.02)[1].toFixed(1)}" r="1.8" fill="${darker(trim, 0.5)}" opacity=".5"/>`
    })
  const seams = steps(-0.9, 0.9, 13).map((u) =>
    line(`M${dot(inner(u, 1.02))}L${dot(rim(u, 0.98))}`, darker(cloth, 0.75), 1.1, 'opacity=".4"'),
  )
  const roses = [
    [-0.62, 1.06, 2.5],
    [-0.5, 1.0, 2],
    [-0.74, 0.98, 1.8],
  ] as const
  const stand = `${fill('M282 470H318V640H282Z', '#7a5a42')}${fill('M236 660C236 640 364 640 364 660V676H236Z', '#6b4d38')}<ellipse cx="300" cy="352" rx="100" ry="132" fill="url(#linen)"/>${line('M300 222V482M232 300C262 312 338 312 368 300', '#9c8a73', 0.8, 'opacity=".45"')}`
  const leaf = fill('M0 0C10 -10 26 -12 38 -4C28 8 12 10 0 0Z', '#5a6650') + line('M2 0C14 -3 24 -4 34 -4', '#3d4738', 1)
  const tie = (x: number, d: string) =>
    line(d, darker(cloth, 0.28), 20) + line(d, lighter(cloth, 0.06), 15) + line(d, shine, 0.8, `opacity=".6" transform="translate(${x} 0)"`)
  return niche(
    `${stand}${scallops.join('')}${fill(brim, 'url(#brim)')}${seams.join('')}${line(ring(rim, 0.965), shine, 1.2)}${fill(frill, trim)}${pleats.join('')}${line(ring(inner, 1.045), darker(trim, 0.5), 0.6, 'opacity=".5"')}${line(ring(inner, 0.8), darker(cloth, 0.3), 5)}
${tie(2, `M${dot(inner(-0.97, 0.9))}C250 500 280 520 298 532`)}${tie(-2, `M${dot(inner(0.97, 0.9))}C350 500 320 520 302 532`)}
${fill('M290 540C276 580 262 622 252 652L266 648L276 660C288 622 298 580 304 546ZM310 540C322 580 334 620 350 648L334 648L328 660C314 622 302 580 298 546Z', darker(cloth, 0.1))}${group(bow(cloth), 'translate(300 536) scale(1.9)')}
${roses.map(([u, t], i) => group(group(leaf, `rotate(${[200, -30, 120][i]})`) + group(leaf, `rotate(${[250, -80, 160][i]})`), `translate(${dot(egg(158, 182)(u, t))})`)).join('')}
${roses.map(([u, t, size], i) => group(rose(['#8c3345', '#b9808a', '#6d2337'][i] ?? cloth), `translate(${dot(egg(158, 182)(u, t))}) scale(${size})`)).join('')}`,
    linen +
      radial('brim', [
        [0.4, darker(cloth, 0.55)],
        [0.75, cloth],
        [1, lighter(cloth, 0.16)],
      ]),
  )
}

export function parasol({ cloth, trim, shine }: Colour) {
  const tip: Point = [300, 130]
  const ribs = [-236, -176, -64, 64, 176, 236].map((x, i): Point => [300 + x, [352, 388, 404, 404, 388, 352][i] ?? 380])
  const curve = (to: Point) =>
    `C${dot([tip[0] + (to[0] - tip[0]) * 0.5, tip[1] + 6])} ${dot([tip[0] + (to[0] - tip[0]) * 0.96, tip[1] + (to[1] - tip[1]) * 0.5])} ${dot(to)}`
  const panels = ribs.slice(1).map((to, i) => {
    const from = ribs[i] ?? to
    const low: Point = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2 - 34]
    const back = `C${dot([tip[0] + (from[0] - tip[0]) * 0.96, tip[1] + (from[1] - tip[1]) * 0.5])} ${dot([tip[0] + (from[0] - tip[0]) * 0.5, tip[1] + 6])} ${dot(tip)}`
    const shade = [darker(cloth, 0.3), lighter(cloth, 0.05), lighter(cloth, 0.12), darker(cloth, 0.08), darker(cloth, 0.45)][i] ?? cloth
    const edge: Surface = (u) => {
      const p = (u + 1) / 2
      return [
        from[0] * (1 - p) ** 2 + 2 * p * (1 - p) * low[0] + to[0] * p * p,
        from[1] * (1 - p) ** 2 + 2 * p * (1 - p) * low[1] + to[1] * p * p,
      ]
    }
    const inside: Surface = (u, t) => [tip[0] + (edge(u, 0)[0] - tip[0]) * t, tip[1] + (edge(u, 0)[1] - tip[1]) * t ** 1.15]
    const wide = Math.abs(to[0] - from[0])
    return `${lace((u) => edge(u, 0), 0, trim, Math.max(4, Math.round(wide / 15)), 22)}${fill(`M${dot(tip)}${curve(to)}Q${dot(low)} ${dot(from)}${back}Z`, shade)}${line(
      steps(-0.96, 0.96, 13)
        .map((u, k) => `${k ? 'L' : 'M'}${dot(inside(u, 0.93))}`)
        .join(''),
      shine,
      1.2,
    )}${wide > 90 ? group(moth(shine, shade, 1.4), `translate(${dot(inside(0, 0.78))}) rotate(${(to[0] + from[0] - 600) * 0.04}) scale(${wide / 190})`) : ''}`
  })
  return niche(
    group(
      `${fill('M284 376C330 340 400 346 430 372C380 366 220 366 170 372C200 350 240 346 284 376Z', darker(cloth, 0.75))}${line('M300 140V640', '#3d2c26', 9)}${line('M298 140V640', '#7a5a42', 4)}
${panels.join('')}${ribs
  .slice(1, -1)
  .map((to) => line(`M${dot(tip)}${curve(to)}`, darker(cloth, 0.75), 1.4, 'opacity=".55"'))
  .join('')}
${fill('M292 132C294 112 297 96 300 82C303 96 306 112 308 132Z', '#b59a63')}${fill('M276 138C284 126 316 126 324 138C316 148 284 148 276 138Z', darker(cloth, 0.2))}
${line('M300 600V648C300 690 350 690 350 652', '#3d2c26', 13)}${line('M299 600V648C300 684 346 684 348 652', '#8a664a', 6)}${group(bow(cloth), 'translate(300 590) scale(1.15)')}<circle cx="350" cy="650" r="8" fill="#b59a63"/>`,
      'rotate(-11 300 420)',
    ),
    '',
    712,
  )
}

export function bag({ cloth, shine }: Colour) {
  const gold = (d: string, width = 1.6) => line(d, shine, width)
  const corner =
    gold('M178 322C196 322 206 332 206 350M178 336C188 336 192 340 192 350', 1.4) +
    fill('M176 306H216C212 322 196 338 176 342Z', shine, 'opacity=".9"') +
    line('M182 312H206C202 322 194 330 182 333Z', darker(shine, 0.4), 0.8)
  const chain = (d: string) => line(d, darker(shine, 0.4), 8, 'stroke-dasharray="1 11"') + line(d, shine, 5, 'stroke-dasharray="7 5"')
  return niche(
    `${chain('M186 316C150 120 250 70 306 70C372 70 460 120 428 316')}
${fill('M436 312L470 326V664L436 676Z', '#e9dcc2')}${steps(440, 466, 8)
  .map((x) => line(`M${x} ${312 + (x - 436) * 0.42}V${676 - (x - 436) * 0.34}`, '#b7a37f', 0.8, 'opacity=".7"'))
  .join(
    '',
  )}${fill('M168 296H438L474 312V326L438 312H168Z', darker(cloth, 0.35))}${fill('M168 676H438L474 662V672L440 690H168Z', darker(cloth, 0.5))}
${fill('M150 304C150 296 158 296 168 296H440V682H168C158 682 150 682 150 674Z', 'url(#cover)')}${fill('M150 304C150 296 158 296 168 296H174V682H168C158 682 150 682 150 674Z', darker(cloth, 0.4))}${[338, 410, 568, 640].map((y) => fill(`M148 ${y}C148 ${y - 6} 176 ${y - 6} 176 ${y}V${y + 8}C176 ${y + 3} 148 ${y + 3} 148 ${y + 8}Z`, shine, 'opacity=".85"')).join('')}
${gold('M190 312H426V666H190Z', 2)}${gold('M198 320H418V658H198Z', 0.9)}
${group(corner, 'translate(12 4)')}${group(corner, 'translate(616 4) scale(-1 1) translate(-0 0)')}${group(corner, 'translate(12 974) scale(1 -1)')}${group(corner, 'translate(616 974) scale(-1 -1)')}
${gold('M308 372C360 404 380 450 380 489C380 530 360 574 308 606C256 574 236 530 236 489C236 450 256 404 308 372Z', 2)}${gold('M308 384C352 412 370 452 370 489C370 526 352 566 308 594C264 566 246 526 246 489C246 452 264 412 308 384Z', 0.9)}
${group(moth(shine, darker(cloth, 0.1)), 'translate(308 496) scale(1.06)')}${[
  [308, 418, 7],
  [308, 566, 6],
  [272, 440, 4],
  [344, 440, 4],
]
  .map(([x, y, r]) =>
    group(fill(`M0 ${-(r ?? 4)}Q1 -1 ${r} 0Q1 1 0 ${r}Q-1 1 ${-(r ?? 4)} 0Q-1 -1 0 ${-(r ?? 4)}Z`, shine), `translate(${x} ${y})`),
  )
  .join('')}
${fill('M418 474H462C470 474 474 480 474 488C474 496 470 502 462 502H418Z', darker(cloth, 0.25))}<circle cx="430" cy="488" r="9" fill="${shine}"/><circle cx="428" cy="486" r="4" fill="${lighter(shine, 0.5)}"/>
${[186, 428].map((x) => `<circle cx="${x}" cy="304" r="9" fill="none" stroke="${shine}" stroke-width="4"/>`).join('')}`,
    gradient(
      'cover',
      [
        [0, darker(cloth, 0.3)],
        [0.1, lighter(cloth, 0.14)],
        [0.5, cloth],
        [1, darker(cloth, 0.35)],
      ],
      'x1="0" y1="0" x2="1" y2=".5"',
    ),
    684,
  )
}

export function socks({ cloth, trim, shine }: Colour) {
  const leg =
    'M214 150H300C302 250 296 330 288 420C284 480 290 540 294 584C298 612 286 640 262 646L176 656C150 658 140 640 154 626L214 590C222 520 206 440 206 380C206 300 214 220 214 150Z'
  const rib = steps(222, 292, 15).map((x) =>
    line(`M${x} 168C${x + 2} 300 ${x * 0.82 + 40} 400 ${x * 0.86 + 36} 560`, darker(cloth, 0.6), 0.8, 'opacity=".35"'),
  )
  const ladder = steps(0, 1, 15).map((p) => {
    const [x, y] = [238 - 6 * Math.sin(p * 3), 200 + 330 * p]
    return `<path d="M${x - 9} ${y}L${x} ${y - 8}L${x + 9} ${y}L${x} ${y + 8}Z" fill="${mixSkin}" opacity=".8"/><circle cx="${x}" cy="${y}" r="2" fill="${cloth}"/>`
  })
  const one = `${fill(leg, 'url(#knit)')}${rib.join('')}${line('M229 186C222 300 222 420 232 546M247 186C240 300 240 420 248 546', darker(cloth, 0.55), 1, 'opacity=".6"')}${ladder.join('')}${line('M154 626C176 634 206 622 222 606M176 656C168 646 166 634 172 622', darker(cloth, 0.7), 1.2, 'opacity=".5"')}
${lace((u) => [257 + u * 47, 166], 0, trim, 11, 22)}${fill('M210 146C240 152 276 152 304 146V170C276 176 240 176 210 170Z', darker(cloth, 0.12))}${lace((u) => [257 + u * 47, 149], 0, trim, 11, -16)}${line('M211 158C240 164 276 164 303 158', shine, 1.2)}${group(bow(darker(cloth, 0.18)), 'translate(240 168) scale(.8)')}`
  return niche(
    group(one, 'translate(96 20) rotate(3 250 400)') + group(one, 'translate(-14 34) rotate(-2 250 400)'),
    gradient('knit', [
      [0, darker(cloth, 0.4)],
      [0.5, lighter(cloth, 0.1)],
      [0.75, cloth],
      [1, darker(cloth, 0.4)],
    ]),
    704,
  )
}

const mixSkin = '#d8c3b2'
