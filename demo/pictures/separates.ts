// Blouse, skirt and cape: the pieces that go with the dresses.
import type { Colour } from '../catalogue.ts'
import { bell, bow, gathered, lace, ruffle, volume } from './cloth.ts'
import { form, linen, moth, niche } from './motifs.ts'
import { darker, dot, fill, gradient, group, lighter, line, mirrored, type Surface, steps } from './pen.ts'

export function blouse({ cloth, trim, shine }: Colour) {
  const white = lighter(trim, 0.3)
  const peplum: Surface = (u, t) => [300 + u * (62 + 34 * t), 286 + 62 * t + 10 * (1 - u * u)]
  const sleeve = `${fill('M236 124C206 120 176 136 158 176C140 222 136 280 146 330C160 342 184 344 200 336C214 300 226 260 228 222C230 186 238 150 236 124Z', 'url(#sleeve)')}
${['M226 130C200 150 178 220 166 336', 'M214 128C188 156 164 230 156 332', 'M232 142C214 180 192 260 182 340', 'M230 180C222 230 208 290 194 338'].map((d) => line(d, darker(cloth, 0.7), 1.1, 'opacity=".3"')).join('')}
${fill('M147 326C160 338 184 340 199 332L196 358C182 366 162 364 151 354Z', lighter(cloth, 0.2))}${line('M148 334C162 345 184 346 198 339', darker(cloth, 0.5), 0.8, 'opacity=".6"')}${lace((u) => [173.5 + u * 24, 353 + 7 * (1 - u * u) - u * 1], 0, trim, 7, 18)}
${steps(336, 354, 4)
  .map((y) => `<circle cx="188" cy="${y + 1}" r="1.7" fill="${darker(shine, 0.1)}"/>`)
  .join('')}`
  const fall = [
    [62, 268, 26],
    [50, 222, 24],
    [38, 178, 22],
  ] as const
  const jabot = fall.map(([deep, top, half]) => {
    const at: Surface = (u, t) => [300 + u * (half * 0.62 + half * 0.6 * t), top - 30 + deep * t + 8 * t * (1 - u * u)]
    return lace(at, 0.97, trim, 9, 10) + ruffle(at, 0, 1, white, 'url(#frill)', 5)
  })
  return niche(
    group(
      `${form()}${lace(peplum, 0.96, trim, 16, 12)}${gathered(peplum, 0, 1, cloth, 'url(#body)', 10)}${mirrored(sleeve)}
${fill('M266 112C246 118 228 122 226 130C222 160 226 200 228 222C230 250 236 270 237 294C270 302 330 302 363 294C364 270 370 250 372 222C374 200 378 160 374 130C372 122 354 118 334 112C326 120 274 120 266 112Z', 'url(#body)')}
${line('M258 124V294M266 124V296M274 126V298M342 124V294M334 124V296M326 126V298', darker(cloth, 0.65), 0.8, 'opacity=".34"')}
${fill('M236 284C270 294 330 294 364 284L364 294C330 303 270 303 236 294Z', darker(cloth, 0.16))}
${jabot.join('')}${fill('M268 92C286 98 314 98 332 92L336 118C316 127 284 127 264 118Z', lighter(cloth, 0.12))}${line('M266 112C286 121 314 121 334 112', darker(cloth, 0.5), 0.8, 'opacity=".6"')}${lace((u) => [300 + u * 33, 94 + 4 * (1 - u * u)], 0, trim, 11, -9)}
${group(bow(darker(cloth, 0.08)), 'translate(300 130) scale(.8)')}<ellipse cx="300" cy="131" rx="10" ry="12.5" fill="${darker(shine, 0.1)}"/><ellipse cx="300" cy="131" rx="7.4" ry="9.8" fill="#35405f"/>${group(moth('#f4ead8', '#35405f'), 'translate(300 131) scale(.13)')}`,
      'translate(300 400) scale(1.42) translate(-300 -252)',
    ),
    linen +
      volume('body', cloth) +
      gradient('sleeve', [
        [0, darker(cloth, 0.22)],
        [0.35, lighter(cloth, 0.14)],
        [1, darker(cloth, 0.32)],
      ]) +
      gradient('frill', [
        [0, darker(white, 0.16)],
        [0.4, white],
        [1, darker(white, 0.2)],
      ]),
  )
}

export function skirt({ cloth, trim, shine }: Colour) {
  const at = bell({ x: 300, top: 186, bottom: 606, waist: 70, hem: 226, droop: 30 })
  const edge = (t: number, width: number, more = '') =>
    line(
      steps(-1, 1, 41)
        .map((u, i) => `${i ? 'L' : 'M'}${dot(at(u, t))}`)
        .join(''),
      shine,
      width,
      more,
    )
  const tier = (from: number, to: number, folds: number) =>
    `${lace(at, to - 0.01, trim, folds * 2 + 4, 19)}${gathered(at, from, to, cloth, 'url(#body)', folds, 0.5)}`
  const shadow = (t: number) =>
    ruffle(at, t - 0.012, t + 0.03, darker(cloth, 0.55), darker(cloth, 0.55), 16).replace('<path', '<path opacity=".3"')
  const hanger = `${line('M300 96C300 78 322 78 320 64C318 52 298 52 298 64', '#8a7a5c', 4)}${fill('M212 128C240 116 280 108 300 94C320 108 360 116 388 128L388 138C350 130 320 126 300 118C280 126 250 130 212 138Z', '#7a5a42')}${[234, 366].map((x) => fill(`M${x - 9} 132H${x + 9}V176H${x - 9}Z`, '#b59a63') + line(`M${x - 9} 140H${x + 9}M${x - 9} 168H${x + 9}`, '#6f5a33', 1)).join('')}`
  return niche(
    `${hanger}${tier(0.68, 1, 21)}${shadow(0.7)}${tier(0.34, 0.7, 18)}${shadow(0.36)}${tier(0, 0.36, 14)}
${edge(0.69, 1)}${edge(0.345, 1)}${edge(0.985, 0.8, 'opacity=".7"')}
${fill('M229 164C270 174 330 174 371 164L371 190C330 200 270 200 229 190Z', darker(cloth, 0.18))}${line('M229 166C270 176 330 176 371 166M229 188C270 198 330 198 371 188', shine, 0.9)}
${line('M264 200C250 260 238 300 226 352M336 200C350 260 362 300 374 352', trim, 2.2)}${mirrored(group(bow(darker(cloth, 0.12)), 'translate(262 198) scale(.72)'))}${mirrored(group(bow(darker(cloth, 0.12)), 'translate(226 352) scale(.62)'))}`,
    volume('body', cloth),
  )
}

export function cape({ cloth, trim, shine }: Colour) {
  const at: Surface = (u, t) => [
    300 + u * (68 + 102 * Math.sin((Math.min(1, t) * Math.PI) / 2) ** 0.82),
    118 + 212 * t + 22 * t * (1 - u * u),
  ]
  const side =
    (from: number, to: number): Surface =>
    (u, t) =>
      at(from + ((to - from) * (u + 1)) / 2, t)
  const braid = (s: Surface) => {
    const low = steps(-1, 1, 9)
    return low
      .slice(1)
      .map((u, i) => {
        const [a, b, m] = [s(low[i] ?? u, 0.97), s(u, 0.97), s(((low[i] ?? u) + u) / 2, 1.1)]
        return (
          fill(`M${dot(a)}Q${dot(m)} ${dot(b)}Z`, darker(cloth, 0.14)) +
          line(`M${dot(a)}Q${dot(m)} ${dot(b)}`, shine, 2.6) +
          line(`M${dot(a)}Q${dot([m[0], m[1] - 10])} ${dot(b)}`, shine, 0.8)
        )
      })
      .join('')
  }
  const half = (from: number, to: number) =>
    gathered(side(from, to), 0, 1, cloth, 'url(#body)', 6, 0.6) +
    braid(side(from, to)) +
    line(
      steps(-1, 1, 13)
        .map((u, i) => `${i ? 'L' : 'M'}${dot(side(from, to)(u, 0.93))}`)
        .join(''),
      shine,
      1.4,
    )
  return niche(
    group(
      `${form()}${fill('M236 118C268 132 332 132 364 118L340 240H260Z', darker(cloth, 0.72))}${half(0, 1)}${half(-1, 0.03)}
${line(`M${dot(at(0.03, 0.06))}L${dot(at(0.03, 0.98))}`, shine, 1.6)}
${mirrored(fill('M300 128C282 136 262 134 250 126C240 116 240 98 250 86C262 94 280 104 300 122Z', 'url(#body)') + line('M298 124C280 106 262 96 250 88C242 98 242 114 251 124C262 132 282 134 298 128', shine, 1.8))}
${lace((u) => [300 + u * 50, 88 + 32 * (1 - Math.abs(u)) ** 1.2], 0, trim, 14, -8)}
${line('M272 136C284 146 316 146 328 136', shine, 2)}${group(moth(shine, darker(cloth, 0.2), 1.4), 'translate(300 140) scale(.5)')}`,
      'translate(300 392) scale(1.5) translate(-300 -232)',
    ),
    linen + volume('body', cloth),
  )
}
