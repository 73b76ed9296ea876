// Everything small: for the head, the hand, the leg, and the desk.
import type { Product } from '../catalogue.ts'
import { ivory, midnight, moss, noir, wine } from './colours.ts'

const sizes = ['free']

export const accessories: Product[] = [
  {
    sku: 'ophelia-bonnet',
    drawing: 'bonnet',
    name: { en: 'Ophelia', ja: 'オフィーリア' },
    kind: { en: 'Bonnet', ja: 'ボンネット' },
    price: 12_100,
    colours: [noir, ivory, wine],
    sizes,
    categories: ['accessories'],
    story: {
      en: 'A deep brim lined with pleated lace, and roses at the temple that will never need water.',
      ja: '深いブリムの内側にプリーツレース、こめかみには水のいらない薔薇。',
    },
    details: {
      en: ['Buckram brim, holds its shape', 'Satin ties, 70 cm each'],
      ja: ['バックラム芯入りで形くずれしにくい', 'サテンリボン 各70cm'],
    },
  },
  {
    sku: 'dusk-parasol',
    drawing: 'parasol',
    name: { en: 'Dusk', ja: '薄暮' },
    kind: { en: 'Parasol', ja: 'パラソル' },
    price: 14_300,
    colours: [noir, wine, ivory],
    sizes,
    categories: ['accessories'],
    story: {
      en: 'Eight ribs, a scalloped edge and a handle of turned beech. It brings its own evening along.',
      ja: '八本骨にスカラップの縁、挽き物のブナの柄。さすだけで、そこだけ夕暮れになります。',
    },
    details: { en: ['Cuts 99 % of UV', 'Length 84 cm, opened 88 cm'], ja: ['UVカット率99%', '全長84cm、直径88cm'] },
  },
  {
    sku: 'hymnal-bag',
    drawing: 'bag',
    name: { en: 'Hymnal', ja: '聖歌集' },
    kind: { en: 'Book bag', ja: 'ブックバッグ' },
    price: 16_500,
    colours: [wine, moss, midnight],
    sizes,
    categories: ['accessories'],
    story: {
      en: 'Bound like a book, stamped in gold, and just deep enough for a telephone, a purse and one real book.',
      ja: '本のように綴じ、金で箔押し。電話と財布と、本物の本を一冊、ちょうど収めます。',
    },
    details: {
      en: ['Synthetic leather, gold stamping', '23 × 17 × 8 cm, chain 110 cm'],
      ja: ['合成皮革、金箔押し', '23×17×8cm、チェーン110cm'],
    },
  },
  {
    sku: 'hawkmoth-brooch',
    drawing: 'brooch',
    name: { en: 'Hawkmoth', ja: '雀蛾' },
    kind: { en: 'Cameo brooch', ja: 'カメオブローチ' },
    price: 5_500,
    colours: [midnight, wine, moss],
    sizes,
    categories: ['accessories'],
    story: {
      en: 'The emblem of the house in relief, in a frame of twisted wire. It comes in a box that snaps.',
      ja: 'メゾンの紋章を浮き彫りにし、撚り線の枠に収めました。ぱちんと閉まる箱入り。',
    },
    details: { en: ['Resin cameo, brass frame', '4.8 × 3.8 cm'], ja: ['レジンカメオ、真鍮枠', '4.8×3.8cm'] },
  },
  {
    sku: 'candle-socks',
    drawing: 'socks',
    name: { en: 'Candlelight', ja: '燭光' },
    kind: { en: 'Over-knee socks', ja: 'オーバーニーソックス' },
    price: 2_970,
    colours: [noir, ivory, wine],
    sizes: ['free'],
    categories: ['accessories'],
    story: {
      en: 'A ladder of openwork up the side, a cuff of lace, and a knit that stays where it is told.',
      ja: '脇にのぼる透かし編みの梯子、レースの履き口。言われた場所にとどまる編み地です。',
    },
    details: { en: ['Cotton blend, 22–25 cm', 'Knitted in Nara'], ja: ['綿混、22〜25cm', '奈良で編みました'] },
  },
  {
    sku: 'dusk-postcard',
    drawing: 'postcard',
    name: { en: 'Letter from the Dusk House', ja: '黄昏館の手紙' },
    kind: { en: 'Postcard', ja: 'ポストカード' },
    price: 330,
    colours: [midnight, wine],
    sizes: ['free'],
    categories: ['stationery'],
    story: {
      en: 'The picture of the season on thick card, with room on the back for one good sentence.',
      ja: '今季の絵を厚手のカードに。裏には、良い一文がひとつ書けるだけの余白。',
    },
    details: { en: ['14.8 × 10 cm, 350 g card', 'Letterpress border'], ja: ['14.8×10cm、350g厚紙', '活版の縁取り'] },
  },
]
