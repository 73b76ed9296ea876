// Japanese: what a guest is told, and anybody about earning by buying.
import type { Guest } from './en-guest.ts'

const points = (count: string) => `${count}ポイント`

export const guest: Guest = {
  guestTitle: 'お買い物のたびに、ポイントを。',
  guestLead: (percent, worth) => `お買い物の${percent}%がポイントになります。\n1ポイント＝${worth}でご利用いただけます。`,
  signUp: '新規会員登録',
  signIn: 'ログイン',
  earnWelcome: '会員登録',
  earnPurchase: (percent) => `お買い物ごとに${percent}%のポイント`,
  earnExample: (price, count) => `${price}のお買い物で${points(count)}`,
  earnPlaced: 'ポイントは、ご注文後すぐにご利用いただけます',
  earnShipped: 'ポイントは、商品の発送後にご利用いただけます',
  earnAfter: (wait, shipped) => `ポイントは、${shipped ? '商品の発送' : 'ご注文'}から${wait}後にご利用いただけます`,
  durations: {
    year: (count) => `${count}年`,
    month: (count) => `${count}か月`,
    week: (count) => `${count}週間`,
    day: (count) => `${count}日`,
    hour: (count) => `${count}時間`,
    minute: (count) => `${count}分`,
  },
  earnPoints: (count) => `+${points(count)}`,
}
