// Japanese: what is said once somebody does something.
import type { Rest } from './en-rest.ts'

const points = (count: string) => `${count}ポイント`

export const rest: Rest = {
  amount: '交換するポイント',
  amountMax: '最大',
  cancel: 'やめる',
  left: (count) => `残り ${points(count)}`,
  amountHint: (min, max, step) => `${min}〜${max}ポイントの範囲で${step === '1' ? '' : `、${step}ポイント単位で`}ご入力ください。`,
  cappedByCart: (worth) => `カートの合計が${worth}のため、こちらが上限です。`,
  redeemDone: (worth, balance) => `${worth}分のクーポンをご用意しました。ご利用可能ポイントは${points(balance)}です。`,

  copied: 'コピーしました',
  undoDone: (count, balance) => `取り消し、${points(count)}をお戻ししました。ご利用可能ポイントは${points(balance)}です。`,
  activities: {
    purchase: 'お買い物',
    welcome: '会員登録',
    review: 'レビューの投稿',
    photo: '写真の投稿',
    follow: '公式アカウントのフォロー',
    prize: 'ギャラリーの入選',
  },
  activityStates: { open: '', waiting: '確認中', done: '達成済み' },

  historyEmpty: 'まだ履歴はありません。\n最初のご注文から表示されます。',
  historyMore: 'さらに表示',
  entries: {
    earn: 'お買い物（付与予定）',
    activate: 'ポイントの確定',
    grant: 'ショップからのプレゼント',
    revoke: 'ご注文内容の変更',
    clawback: '返品・キャンセルによる調整',
    owe: '返品・キャンセルによる不足分',
    repay: '不足分の精算',
    hold: 'クーポンに交換',
    'hold bare': 'ポイントのお預かり',
    release: 'お預かり分のお戻し',
    'release returned': 'クーポンの取り消し',
    'release expired': '期限切れクーポンのお戻し',
    'release used': 'クーポンの残りのお戻し',
    spend: 'クーポンのご利用',
    'spend bare': 'ポイントのご利用',
    return: 'ご注文からのお戻し',
    expire: 'ポイントの期限切れ',
  },
  entryOther: 'ポイント',

  settling: 'クーポンを発行しています…',
  failures: {
    'storefront-unavailable': 'ただいまショップにつながりません。\n再度お試しください。',
    forbidden: 'お使いのアカウントでは、この操作は行えません。',
    'not-found': '見つかりませんでした。',
    'invalid-request': 'ページを再読み込みして、再度お試しください。',
    'idempotency-key-missing': 'ページを再読み込みして、再度お試しください。',
    'too-large': 'サイズが大きすぎます。',
    'out-of-range': 'このポイント数では交換できません。\n別のポイント数をお選びください。',
    'idempotency-key-reused': '再度お試しください。',
    'insufficient-points': 'ご利用可能ポイントが足りません。',
    'coupon-not-open': 'このクーポンは使用済み、取り消し済み、または期限切れです。',
    'coupon-not-usable': 'このクーポンはご利用いただけません。',
    'already-done': 'すでにお済みです。',
    'not-eligible': '現在、この操作は行えません。',
    unanswered: '応答がありませんでした。再度お試しください。\nクーポンは二重に発行されません。',
    'copy-blocked': 'コピーできませんでした。\nコードを選択してコピーしてください。',
  },
}
