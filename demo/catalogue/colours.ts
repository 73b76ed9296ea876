// The season's dye card: few colours, used throughout.
import type { Colour } from '../catalogue.ts'

export const midnight: Colour = {
  id: 'midnight',
  name: { en: 'Midnight', ja: 'ミッドナイト' },
  cloth: '#27304f',
  trim: '#f3ecdf',
  shine: '#d9b974',
}
export const wine: Colour = { id: 'wine', name: { en: 'Wine', ja: 'ワイン' }, cloth: '#6d2337', trim: '#f4e8dc', shine: '#d8b06a' }
export const noir: Colour = { id: 'noir', name: { en: 'Noir', ja: 'ノワール' }, cloth: '#2b282d', trim: '#efe9e1', shine: '#c9c2b6' }
export const ivory: Colour = { id: 'ivory', name: { en: 'Ivory', ja: 'アイボリー' }, cloth: '#ece1cd', trim: '#fffaf0', shine: '#b08d57' }
export const moss: Colour = { id: 'moss', name: { en: 'Moss', ja: 'モス' }, cloth: '#3f4a3a', trim: '#efe7d6', shine: '#cfae6e' }
export const lilac: Colour = {
  id: 'lilac',
  name: { en: 'Ash lilac', ja: 'アッシュライラック' },
  cloth: '#8f839c',
  trim: '#f4eff2',
  shine: '#e2d3a8',
}
