// Dresses: the jumper skirts and one-pieces of the season.
import type { Product } from '../catalogue.ts'
import { ivory, lilac, midnight, moss, noir, wine } from './colours.ts'

const sizes = ['S', 'M', 'L']
const categories = ['dresses']

export const dresses: Product[] = [
  {
    sku: 'moonmoth-jsk',
    drawing: 'jumper',
    name: { en: 'Moon Moth', ja: '月蛾' },
    kind: { en: 'Jumper skirt', ja: 'ジャンパースカート' },
    price: 36_300,
    colours: [midnight, wine, noir],
    sizes,
    categories,
    story: {
      en: 'Moths rise along the hem towards a gilded moon. The border is drawn by hand at the house and printed in seven screens on cotton with the dry rustle of old curtains.',
      ja: '裾から金の月をめざして、蛾がのぼっていく。アトリエで手描きした縁柄を、古いカーテンのようにさらりと鳴るコットンへ七版で刷りました。',
    },
    details: {
      en: [
        '100 % cotton, lined',
        'Corset lacing at the front, shirring at the back',
        'Two tiers of torchon lace at the hem',
        'Length 96 cm (M); wear it over a petticoat',
      ],
      ja: [
        'コットン100%、総裏地',
        '前編み上げ、後ろシャーリング',
        '裾はトーションレース二段',
        '着丈96cm（M）。パニエを入れてお召しください',
      ],
    },
  },
  {
    sku: 'belladonna-op',
    drawing: 'dress',
    name: { en: 'Belladonna', ja: 'ベラドンナ' },
    kind: { en: 'One-piece dress', ja: 'ワンピース' },
    price: 41_800,
    colours: [noir, moss, wine],
    sizes,
    categories,
    story: {
      en: 'The dress for reading other people’s letters: a white collar, a row of eleven jet buttons and sleeves that keep their secrets to the wrist.',
      ja: '誰かの手紙をそっと読むための一着。白い衿、十一個のジェットボタン、手首まで秘密を守る袖。',
    },
    details: {
      en: [
        'Wool-touch polyester, washable at 30 °C',
        'Detachable collar and cuffs in cotton lawn',
        'Pintucked bodice, pockets in the side seams',
        'Length 101 cm (M)',
      ],
      ja: [
        'ウールタッチのポリエステル、30℃で洗えます',
        'コットンローンの衿とカフスは取り外し可',
        '身頃ピンタック、脇ポケット付き',
        '着丈101cm（M）',
      ],
    },
  },
  {
    sku: 'rosewindow-jsk',
    drawing: 'window',
    name: { en: 'Rose Window', ja: '薔薇窓' },
    kind: { en: 'High-waist jumper skirt', ja: 'ハイウエストジャンパースカート' },
    price: 38_500,
    colours: [wine, ivory, lilac],
    sizes,
    categories,
    story: {
      en: 'Late sun through tracery, laid around the skirt as a row of pointed windows. The waist sits high, so that the windows stand tall.',
      ja: '尖頭窓のトレーサリーを抜ける夕陽を、スカートにぐるりと並べました。窓がすっと高く見えるハイウエスト仕立て。',
    },
    details: {
      en: [
        'Jacquard sateen, woven in Fukui',
        'Adjustable shoulder straps, side fastener',
        'Detachable bow at the high waist',
        'Length 98 cm (M)',
      ],
      ja: ['福井で織ったジャカードサテン', '肩紐調節可、脇ファスナー', 'ハイウエストのリボンは取り外し可', '着丈98cm（M）'],
    },
  },
]
