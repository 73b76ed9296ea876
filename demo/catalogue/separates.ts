// Separates: blouses, skirts and what goes over them.
import type { Product } from '../catalogue.ts'
import { ivory, lilac, midnight, noir, wine } from './colours.ts'

const sizes = ['S', 'M', 'L']
const categories = ['separates']

export const separates: Product[] = [
  {
    sku: 'camellia-blouse',
    drawing: 'blouse',
    name: { en: 'Camellia', ja: '椿' },
    kind: { en: 'Jabot blouse', ja: 'ジャボブラウス' },
    price: 18_700,
    colours: [ivory, noir, lilac],
    sizes,
    categories,
    story: {
      en: 'A stand collar, a fall of three ruffles, a cameo at the throat. It makes any jumper skirt of the house a whole evening.',
      ja: '立ち衿に三段のジャボ、喉もとにカメオ。どのジャンパースカートも、これ一枚で夜の装いになります。',
    },
    details: {
      en: ['100 % cotton lawn', 'Detachable jabot with pin', 'Shell buttons, five to each cuff'],
      ja: ['コットンローン100%', 'ジャボはピンで取り外し可', '貝ボタン、袖口は五個ずつ'],
    },
  },
  {
    sku: 'nocturne-skirt',
    drawing: 'skirt',
    name: { en: 'Nocturne', ja: '夜想曲' },
    kind: { en: 'Tiered skirt', ja: 'ティアードスカート' },
    price: 24_200,
    colours: [lilac, noir, midnight],
    sizes,
    categories,
    story: {
      en: 'Three tiers, nine metres of hem, and a sway like the left hand of a slow piano piece.',
      ja: '三段のティアードに、裾は九メートル。ゆるやかなピアノ曲の左手のように揺れます。',
    },
    details: {
      en: ['Cotton voile over a cotton lining', 'Waist 60–78 cm, elastic at the back', 'Length 62 cm'],
      ja: ['コットンボイル、裏地コットン', 'ウエスト60〜78cm、後ろゴム', '丈62cm'],
    },
  },
  {
    sku: 'vesper-cape',
    drawing: 'cape',
    name: { en: 'Vesper', ja: '晩禱' },
    kind: { en: 'Velvet capelet', ja: 'ベルベットケープ' },
    price: 22_000,
    colours: [wine, noir, midnight],
    sizes: ['free'],
    categories,
    story: {
      en: 'For the walk home after the last bell. Rayon velvet, closed with one clasp in the shape of a folded moth.',
      ja: '最後の鐘が鳴ったあとの帰り道に。レーヨンベルベットを、翅をたたんだ蛾の留め具ひとつで閉じます。',
    },
    details: {
      en: ['Rayon velvet, lined in satin', 'Scalloped hem with braid', 'One size'],
      ja: ['レーヨンベルベット、裏地サテン', '裾はスカラップにブレード飾り', 'フリーサイズ'],
    },
  },
]
