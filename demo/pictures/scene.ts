// The season's scene: the Dusk House, its lamps just lit, and the moths that have noticed.
import { lancet, moth, star } from './motifs.ts'
import { darker, fill, gradient, group, lighter, line, mix, radial, steps } from './pen.ts'

/** 1600 by 900; the house stands on the right, the left is left quiet for words. */
export function dusk(night: string) {
  const far = mix(night, '#5c4a6b', 0.45)
  const near = darker(night, 0.62)
  const glow = '#ffcf7d'
  return `<defs>${gradient(
    'sky',
    [
      [0, darker(night, 0.45)],
      [0.4, night],
      [0.68, mix(night, '#8a5068', 0.6)],
      [0.86, '#c98570'],
      [1, '#eebd8a'],
    ],
    'x1="0" y1="0" x2="0" y2="1"',
  )}${radial('moonlight', [
    [0, '#fff3d4', 0.75],
    [0.3, '#f6dcae', 0.28],
    [1, '#f6dcae', 0],
  ])}${radial('lamplight', [
    [0, glow, 0.8],
    [1, glow, 0],
  ])}${gradient(
    'mist',
    [
      [0, '#e9b98f', 0],
      [1, '#d99a86', 0.55],
    ],
    'x1="0" y1="0" x2="0" y2="1"',
  )}${gradient(
    'stonework',
    [
      [0, mix(near, '#4b3a55', 0.55)],
      [1, near],
    ],
    'x1="0" y1="0" x2="1" y2=".3"',
  )}</defs>
<rect width="1600" height="900" fill="url(#sky)"/>
${sprinkled(70)
  .map(([x, y, r]) => group(star('#fbe9c8', r), `translate(${x} ${y})`, `opacity="${0.3 + r / 8}"`))
  .join('')}
<circle cx="1010" cy="250" r="330" fill="url(#moonlight)"/><circle cx="1010" cy="250" r="122" fill="#f8e6bd"/><circle cx="980" cy="220" r="24" fill="#e9cf9a" opacity=".45"/><circle cx="1050" cy="280" r="34" fill="#e9cf9a" opacity=".38"/><circle cx="1030" cy="190" r="13" fill="#e9cf9a" opacity=".4"/>
${fill('M0 690C160 640 300 660 460 640C640 616 760 650 900 626C1080 598 1300 640 1600 600V900H0Z', far, 'opacity=".75"')}${cypresses(far)}
<rect y="560" width="1600" height="230" fill="url(#mist)"/>
${house(near, glow)}
${fill('M0 800C200 750 420 770 640 762C900 752 1080 742 1240 748C1400 752 1500 764 1600 756V900H0Z', near)}${fence(darker(near, 0.35))}${group(tree(darker(near, 0.4)), 'translate(612 176) scale(.78)')}
${flight.map(([x, y, size, turn], i) => group(moth(i % 3 ? '#f4dfae' : '#fff4d8', mix(night, '#8a5068', 0.3), 1.3), `translate(${x} ${y}) rotate(${turn}) scale(${size})`, `opacity="${0.55 + size * 0.35}"`)).join('')}`
}

const flight: [x: number, y: number, size: number, turn: number][] = [
  [1180, 470, 0.42, 24],
  [1120, 392, 0.5, -18],
  [1046, 330, 0.62, 12],
  [960, 268, 0.95, -14],
  [856, 300, 0.55, 26],
  [812, 196, 0.7, -30],
  [900, 150, 0.4, 10],
  [716, 262, 0.36, 34],
  [1230, 540, 0.34, -20],
  [690, 130, 0.5, -8],
]

/** Stars where a fixed sequence puts them, so that the sky is the same every evening. */
function sprinkled(count: number) {
  let seed = 7
  const next = () => {
    seed = (seed * 16807) % 2147483647
    return seed / 2147483647
  }
  return Array.from(
    { length: count },
    () => [Math.round(next() * 1600), Math.round(next() ** 1.4 * 470), Math.round((1.2 + next() * 2.6) * 10) / 10] as const,
  )
}

function cypresses(colour: string) {
  return steps(40, 940, 14)
    .map((x, i) => {
      const [tall, wide, foot] = [90 + ((i * 37) % 80), 15 + ((i * 13) % 9), 690 - ((i * 7) % 30)]
      return fill(
        `M${x} ${foot - tall}C${x + wide} ${foot - tall * 0.5} ${x + wide} ${foot - 10} ${x + 4} ${foot}H${x - 4}C${x - wide} ${foot - 10} ${x - wide} ${foot - tall * 0.5} ${x} ${foot - tall}Z`,
        colour,
        'opacity=".8"',
      )
    })
    .join('')
}

function house(stone: string, glow: string) {
  const roof = darker(stone, 0.3)
  const gable = (x: number, wide: number, eaves: number, peak: number) =>
    fill(`M${x} 780V${eaves}H${x + wide}V780Z`, 'url(#stonework)') +
    fill(`M${x - 12} ${eaves + 4}L${x + wide / 2} ${peak}L${x + wide + 12} ${eaves + 4}Z`, roof) +
    line(`M${x + wide / 2} ${peak}V${peak - 34}M${x + wide / 2 - 8} ${peak - 22}H${x + wide / 2 + 8}`, roof, 3)
  const window = (x: number, y: number, size: number, lit = true) =>
    (lit ? `<circle cx="${x}" cy="${y - 50 * size}" r="${95 * size}" fill="url(#lamplight)" opacity=".6"/>` : '') +
    group(
      lancet(darker(stone, 0.45), lit ? glow : mix(stone, '#8a7a9a', 0.35), lit ? '#fff0c4' : mix(stone, '#8a7a9a', 0.5)),
      `translate(${x} ${y}) scale(${size})`,
    )
  const tower =
    fill('M1118 780V372H1212V780Z', 'url(#stonework)') +
    fill('M1100 376L1165 176L1230 376Z', roof) +
    line('M1165 176V132M1155 150H1175', roof, 4) +
    line('M1112 376H1218M1118 520H1212', roof, 5)
  const battlements = steps(1214, 1500, 12)
    .map((x) => fill(`M${x} 486H${x + 13}V500H${x}Z`, roof))
    .join('')
  return `${fill('M1210 780V498H1520V780Z', 'url(#stonework)')}${battlements}${gable(1256, 112, 470, 344)}${gable(1420, 150, 520, 372)}${fill('M1060 780V590H1120V780Z', 'url(#stonework)')}${fill('M1050 594L1090 528L1130 594Z', roof)}${tower}
${fill('M1388 500V418H1412V500ZM1586 560V470H1606V560Z', roof)}${fill('M1520 780V560H1640V780Z', 'url(#stonework)')}${fill('M1510 564L1580 500L1650 564Z', roof)}
${window(1165, 492, 0.98)}${window(1165, 664, 0.9, false)}${window(1312, 596, 1.02)}${window(1232, 690, 0.72)}${window(1392, 690, 0.72, false)}${window(1495, 626, 1)}${window(1452, 740, 0.7)}${window(1538, 740, 0.7, false)}${window(1090, 700, 0.66)}
<circle cx="1312" cy="690" r="120" fill="url(#lamplight)" opacity=".5"/>${fill('M1280 780V706C1280 684 1298 668 1312 660C1326 668 1344 684 1344 706V780Z', darker(stone, 0.5))}${fill('M1288 780V708C1288 692 1300 680 1311 674V780ZM1313 780V674C1324 680 1336 692 1336 708V780Z', '#7a3b2a')}`
}

function fence(ink: string) {
  const posts = steps(-10, 1060, 52).map(
    (x, i) =>
      line(`M${x.toFixed(0)} 846V${i % 8 === 0 ? 742 : 768}`, ink, i % 8 === 0 ? 5 : 2.4) +
      fill(
        `M${(x - 5).toFixed(0)} ${i % 8 === 0 ? 742 : 768}L${x.toFixed(0)} ${i % 8 === 0 ? 722 : 752}L${(x + 5).toFixed(0)} ${i % 8 === 0 ? 742 : 768}Z`,
        ink,
      ),
  )
  return `${posts.join('')}${line('M-10 786H1060M-10 830H1060', ink, 3)}${fill('M0 840C300 822 700 852 1060 838C1300 830 1460 842 1600 836V900H0Z', ink)}`
}

function tree(ink: string) {
  const limbs =
    'M60 860C72 760 60 660 92 560M82 620C50 560 20 540 -20 520M88 590C120 520 170 500 214 440M92 560C96 500 120 450 116 380M110 470C80 420 50 410 30 350M150 500C190 490 230 500 268 470M180 478C186 430 216 400 220 350M116 420C140 380 150 350 146 310M40 560C20 520 0 500 -10 450M214 440C240 420 262 410 280 380M66 500C60 470 40 450 16 440'
  return (
    line(limbs, ink, 7) +
    line('M60 860C72 760 60 660 92 560', ink, 24) +
    line(
      'M280 380L300 340M268 470L306 460M220 350L212 310M220 350L240 322M146 310L136 276M146 310L166 280M30 350L20 310M30 350L52 318M116 380L104 340',
      ink,
      3,
    ) +
    lighterLeaves(ink)
  )
}

const lighterLeaves = (ink: string) =>
  [
    [300, 338],
    [308, 458],
    [212, 306],
    [136, 272],
    [240, 318],
    [52, 314],
    [20, 306],
    [168, 276],
  ]
    .map(([x, y]) => `<ellipse cx="${x}" cy="${y}" rx="5" ry="3" fill="${lighter(ink, 0.05)}"/>`)
    .join('')
