// Japanese: what only the embeds and the view of how to earn say.
import type { More } from './en-more.ts'

const points = (count: string) => `${count}ポイント`

export const more: More = {
  earns: (count) => `${points(count)}獲得`,
  earnsNothing: {
    excluded: 'ポイント対象外の商品です',
    'before-start': 'ポイントプログラムの開始前です',
    little: 'この商品のみではポイントが付きません',
  },
  all: '最大',
  checkoutAmount: '利用するポイント',
  checkoutHint: (available, max) =>
    available === '0'
      ? 'ご利用いただけるポイントがまだありません。'
      : max === '0'
        ? 'このご注文にはポイントをご利用いただけません。'
        : `ご利用可能な${points(available)}のうち、${max}ポイントまでお使いいただけます。`,
  couponsNone: 'クーポンはまだありません。\n交換すると、こちらに表示されます。',
  follow: 'フォロー',
  followOn: (network) => `${network}の公式アカウント`,
  activityDone: (count, balance) => `${points(count)}を獲得しました。ご利用可能ポイントは${points(balance)}です。`,
  activityWaits: 'ありがとうございます。ショップの確認後にポイントが付きます。',
  reviewOpen: '書く',
  reviewOf: '商品',
  reviewRating: '評価',
  reviewStars: (count) => `星${count}つ`,
  reviewText: 'レビュー',
  reviewSend: 'レビューを投稿する',
  photoOpen: '投稿する',
  photoFile: '写真',
  photoCaption: 'ひとこと',
  photoSend: '写真を投稿する',
  giftsTitle: 'グッズ',
  giftsLead: 'ワンタップでお申し込みいただけます。\nショップの返答まで、ポイントをお預かりします。',
  giftAsk: '申し込む',
  giftCost: points,
  giftShort: (count) => `あと${points(count)}`,
  giftAsked: (title, balance) => `「${title}」を申し込みました。ご利用可能ポイントは${points(balance)}です。`,
  giftStates: { waiting: '申し込み済み（ポイントお預かり中）', accepted: 'お届け準備中', declined: 'お取りやめ（ポイントはお戻し済み）' },
  galleryEmpty: 'まだ写真がありません。\n最初の一枚をお待ちしています。',
  galleryPhoto: (at) => `${at}の写真`,
  galleryPrize: (place, month) => `${month}の第${place}席`,
  refusals: {
    photo: {
      'invalid-request': 'この写真を読み取れませんでした。\n64ピクセル以上のJPEG・PNG・WebPをお選びください。',
      'too-large': '写真のサイズが大きすぎます。\n8MBまででお願いいたします。',
      'already-done': 'この写真は、すでにギャラリーに投稿されています。',
      'not-eligible': '本日の投稿はお済みです。\n明日の投稿でまたポイントが付きます。',
    },
    review: {
      'already-done': 'この商品のレビューは、すでに投稿済みです。',
      'not-eligible': 'レビューは、お届け済みの商品にご投稿いただけます。',
    },
    follow: { 'already-done': 'すでにフォロー済みです。' },
  },
  money: (symbol, amount) => (symbol === '¥' ? `${amount}円` : symbol + amount),
}
