// Japanese, in the tone of a shop that takes care: what an open panel says at once.
import type { First } from './en-first.ts'

const points = (count: string) => `${count}ポイント`

export const first: First = {
  close: '閉じる',
  retry: 'もう一度試す',
  navPoints: 'ポイント',
  navEarn: 'ポイントの貯め方',
  navHistory: '履歴',

  available: 'ご利用可能ポイント',
  unit: 'ポイント',
  unitOne: 'ポイント',
  held: 'お預かり中',
  pending: '付与予定',
  debt: '不足分',
  debtWhy: '返品・キャンセルによる不足分です。\n次に獲得されるポイントから精算いたします。',
  order: (order) => `ご注文 ${order}`,
  waitsForShipment: '商品の発送後に確定します',
  waits: '確認中です',
  availableOn: (date) => `${date}からご利用いただけます`,
  expiring: (count, date) => `${points(count)}の有効期限は${date}です`,

  couponsTitle: '割引クーポン',
  couponsLead: (worth) => `1ポイント＝${worth}のクーポンに交換できます。\n次のご注文でご利用いただけます。`,
  redeem: '交換する',
  tooFew: (min) => `${points(min)}からクーポンに交換できます。`,
  everyOrder: (percent) => `お買い物の${percent}%がポイントになります。`,
  cartTooSmall: (worth, min) => `カートの合計が${worth}です。クーポンへの交換は${points(min)}からです。`,
  couponWorth: (worth) => `${worth}割引`,
  copy: 'コピー',
  undo: '取り消す',
  couponUntil: (date) => `有効期限 ${date}`,
  couponForever: 'ご購入手続きでコードをご入力ください',
  couponsPast: 'これまでのクーポン',
  couponStates: { open: '利用可能', used: '使用済み', returned: '取り消し済み', cancelled: 'ご注文キャンセル', expired: '期限切れ' },

  failedTitle: '読み込めませんでした',
  failures: {
    unauthenticated: 'ログインの有効期限が切れました。\n再度ログインしてください。',
    'too-many-requests': '操作が続きました。\nしばらくしてから再度お試しください。',
    offline: 'オフラインです。\n接続が戻りましたら再度お試しください。',
    unreachable: '接続できませんでした。\nしばらくしてから再度お試しください。',
  },

  money: (symbol, amount) => (symbol === '¥' ? `${amount}円` : symbol + amount),
}
