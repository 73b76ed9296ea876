// The dresses of the collection, each drawn in the colour asked for.
import type { Colour } from '../catalogue.ts'
import { bell, bow, gathered, lace, ruffle, volume } from './cloth.ts'
import { crescent, form, lancet, linen, moth, niche, star } from './motifs.ts'
import { darker, dot, fill, gradient, group, lighter, line, mirrored, type Surface, steps } from './pen.ts'

/** Something on the cloth, turned the way the cloth hangs there. */
const on = (at: Surface, u: number, t: number, content: string, size = 1) => {
  const [x, y] = at(u, t)
  const [x2, y2] = at(u * 1.02, t + 0.05)
  const turn = (Math.atan2(y2 - y, x2 - x) * 180) / Math.PI - 90
  return group(
    content,
    `translate(${x.toFixed(1)} ${y.toFixed(1)}) rotate(${turn.toFixed(1)}) scale(${(size * (1 - 0.45 * u * u)).toFixed(2)} ${size})`,
  )
}

export function jumper({ cloth, trim, shine }: Colour) {
  const at = bell({ x: 300, top: 292, bottom: 596, waist: 63, hem: 218 })
  const gold = `${steps(-0.9, 0.9, 10)
    .map((u, i) => on(at, u, 0.74 - (i % 2) * 0.05, moth(shine, darker(cloth, 0.2), 1.6), i % 2 ? 0.46 : 0.58))
    .join('')}
${steps(-0.84, 0.84, 8)
  .map((u, i) => on(at, u, i % 2 ? 0.5 : 0.57, i % 3 === 0 ? group(crescent(shine), 'rotate(-20)') : star(shine, 6)))
  .join('')}
${steps(-0.9, 0.9, 15)
  .map((u, i) => on(at, u, i % 2 ? 0.36 : 0.44, star(shine, i % 3 ? 2.6 : 3.6)))
  .join('')}`
  const bodice =
    'M236 176C244 190 268 196 282 184C290 178 310 178 318 184C332 196 356 190 364 176C376 204 372 232 366 252C363 268 362 280 363 294C330 300 270 300 237 294C238 280 237 268 234 252C228 232 224 204 236 176Z'
  const strap =
    fill('M244 182C240 160 240 138 246 119L260 115C255 138 256 160 262 187Z', 'url(#body)') +
    line('M248 178C245 158 246 138 251 119', shine, 0.9, 'opacity=".7"')
  return niche(
    `${form()}${lace(at, 0.96, trim, 40, 26)}${gathered(at, 0, 1, cloth, 'url(#body)', 17)}${gold}
${line(hemAt(at, 0.86), shine, 1.3)}${line(hemAt(at, 0.875), shine, 0.7)}${lace(at, 0.885, trim, 44, 13)}${line(hemAt(at, 0.985), shine, 1, 'opacity=".7"')}
${mirrored(strap)}${fill(bodice, 'url(#bodice)')}${corset(cloth, trim, shine)}${laceTop(trim)}
${fill('M236 286C270 296 330 296 364 286L365 300C330 309 270 309 235 300Z', darker(cloth, 0.25))}${line('M236 287C270 297 330 297 364 287', shine, 0.9)}
${mirrored(group(bow(darker(cloth, 0.1)), 'translate(250 122) scale(.5)'))}${group(bow(cloth), 'translate(300 186) scale(.62)')}`,
    linen + volume('body', cloth) + volume('bodice', cloth),
  )
}

const hemAt = (at: Surface, t: number) =>
  steps(-1, 1, 41)
    .map((u, i) => `${i ? 'L' : 'M'}${dot(at(u, t))}`)
    .join('')

/** The laced front of a bodice. */
function corset(cloth: string, trim: string, shine: string) {
  const rows = steps(208, 280, 6)
  const cords = rows.slice(1).map((y, i) => line(`M284 ${rows[i]}L316 ${y}M316 ${rows[i]}L284 ${y}`, trim, 1.8))
  const eyes = rows.map((y) => `<circle cx="284" cy="${y}" r="2.4" fill="${shine}"/><circle cx="316" cy="${y}" r="2.4" fill="${shine}"/>`)
  return `${fill('M280 196C292 190 308 190 320 196V294C306 297 294 297 280 294Z', darker(cloth, 0.35))}${line('M280 196V294M320 196V294', shine, 0.9, 'opacity=".8"')}${cords.join('')}${eyes.join('')}
${line('M256 196C252 230 254 262 258 296M344 196C348 230 346 262 342 296', darker(cloth, 0.6), 1, 'opacity=".55"')}`
}

function laceTop(trim: string) {
  const top: Surface = (u) => [300 + u * 63, 177 + 11 * Math.sin(Math.abs(u) * Math.PI) * (Math.abs(u) > 0.3 ? 1 : 0.7) - 2]
  return lace(top, 0, trim, 16, 11)
}

export function dress({ cloth, trim, shine }: Colour) {
  const at = bell({ x: 300, top: 288, bottom: 612, waist: 62, hem: 206 })
  const sleeve = `${fill('M232 122C200 122 178 142 172 170C168 190 174 204 184 212C170 262 152 330 138 396C146 404 160 408 170 406C190 350 210 290 224 222C230 190 236 150 232 122Z', 'url(#sleeve)')}
${line('M206 132C194 150 188 180 190 208M222 128C212 152 208 184 206 214M190 142C182 160 178 184 182 206', darker(cloth, 0.75), 1.3, 'opacity=".5"')}${line('M184 212C194 218 212 222 224 222', darker(cloth, 0.7), 1.6, 'opacity=".7"')}
${fill('M138 392C146 400 162 405 172 403L166 428C156 430 142 426 134 418Z', trim)}${line('M137 400C146 408 160 412 170 410', darker(trim, 0.4), 0.8)}
${lace((u) => [150 + u * 17, 423 + u * 4], 0, trim, 5, 9)}<circle cx="166" cy="414" r="2" fill="${darker(cloth, 0.3)}"/>`
  const collar = 'M300 116C286 112 270 112 262 118C248 128 244 148 250 164C268 166 290 152 300 124Z'
  return niche(
    `${form()}${lace(at, 0.975, trim, 42, 16)}${gathered(at, 0, 1, cloth, 'url(#body)', 19)}${pintucks(at, cloth)}${lace(at, 0.79, trim, 44, 8)}
${mirrored(sleeve)}${fill('M262 114C244 118 226 122 226 132C222 160 226 200 228 222C230 250 236 270 238 294C270 300 330 300 362 294C364 270 370 250 372 222C374 200 378 160 374 132C374 122 356 118 338 114C326 124 274 124 262 114Z', 'url(#bodice)')}
${line('M272 168V294M280 168V296M264 168V293M328 168V294M320 168V296M336 168V293', darker(cloth, 0.8), 0.9, 'opacity=".5"')}${fill('M290 122H310V298H290Z', lighter(cloth, 0.06))}${line('M290 124V298M310 124V298', darker(cloth, 0.7), 0.8, 'opacity=".6"')}
${steps(172, 284, 7)
  .map(
    (y) =>
      `<circle cx="300" cy="${y}" r="3.6" fill="${darker(cloth, 0.55)}" stroke="${shine}" stroke-width=".9"/><circle cx="299" cy="${y - 1}" r="1" fill="#fff" opacity=".6"/>`,
  )
  .join('')}
${mirrored(fill(collar, trim) + line('M256 160C270 160 286 148 294 132', darker(trim, 0.35), 0.8, 'stroke-dasharray="2 2"'))}
${fill('M236 284C270 294 330 294 364 284L365 302C330 311 270 311 235 302Z', darker(cloth, 0.4))}
${group(bow(darker(cloth, 0.3)), 'translate(300 136) scale(.95)')}<ellipse cx="300" cy="136" rx="6" ry="7.5" fill="${lighter(shine, 0.5)}" stroke="${shine}" stroke-width="1.6"/>`,
    linen +
      volume('body', cloth) +
      volume('bodice', cloth) +
      gradient('sleeve', [
        [0, darker(cloth, 0.3)],
        [0.4, lighter(cloth, 0.12)],
        [1, darker(cloth, 0.5)],
      ]),
  )
}

const pintucks = (at: Surface, cloth: string) =>
  [0.72, 0.745, 0.77]
    .map(
      (t) =>
        line(hemAt(at, t), darker(cloth, 0.7), 1.1, 'opacity=".6"') + line(hemAt(at, t + 0.006), lighter(cloth, 0.4), 0.7, 'opacity=".35"'),
    )
    .join('')

export function rosewindow({ cloth, trim, shine }: Colour) {
  const at = bell({ x: 300, top: 246, bottom: 604, waist: 68, hem: 214, droop: 28 })
  const glow = lighter(shine, 0.25)
  const windows = steps(-0.9, 0.9, 9).map((u, i) =>
    on(at, u, 0.895, lancet(shine, darker(cloth, 0.45), i % 2 ? glow : '#c26a5a'), i % 2 ? 1 : 1.22),
  )
  const panes = steps(-0.8, 0.8, 8).map((u, i) => on(at, u, i % 2 ? 0.34 : 0.42, star(shine, i % 2 ? 3 : 4.4)))
  const strap =
    ruffle((u, t) => [247 + u * 9 + t * 3 * u, 118 + (u + 1) * 0], 0, 0, trim, trim, 2) +
    fill('M240 176C236 156 238 136 244 120L262 114C257 136 258 156 262 180Z', 'url(#bodice)') +
    strapFrill(trim)
  return niche(
    `${form()}${lace(at, 0.965, trim, 42, 22)}${gathered(at, 0, 1, cloth, 'url(#body)', 15)}${windows.join('')}${panes.join('')}
${line(hemAt(at, 0.915), shine, 2)}${line(hemAt(at, 0.935), shine, 0.8)}
${mirrored(strap)}${fill('M234 172C254 186 280 190 300 182C320 190 346 186 366 172C378 196 374 222 368 250C330 258 270 258 232 250C226 222 222 196 234 172Z', 'url(#bodice)')}
${line('M262 186C258 208 260 232 264 253M338 186C342 208 340 232 336 253M284 187V256M316 187V256', darker(cloth, 0.7), 1, 'opacity=".5"')}
${lace((u) => [300 + u * 65, 176 + 9 * Math.sin(Math.abs(u) * Math.PI) - 1], 0, trim, 16, 12)}
${fill('M231 240C270 252 330 252 369 240L370 262C330 272 270 272 230 262Z', darker(cloth, 0.35))}${line('M231 241C270 253 330 253 369 241M230 261C270 271 330 271 370 261', shine, 0.9)}
${group(bow(darker(cloth, 0.12)), 'translate(300 256) scale(1.35)')}<circle cx="300" cy="257" r="5" fill="${shine}"/>`,
    linen + volume('body', cloth) + volume('bodice', cloth),
  )
}

const strapFrill = (trim: string) =>
  lace((u) => [236 + 4 * u * u - 3, 148 + u * 28], 0, trim, 6, 0.1) +
  line('M238 174C230 156 232 136 240 121', trim, 7, 'stroke-dasharray="1 5"') +
  line('M240 174C233 156 235 136 243 121', trim, 3)
