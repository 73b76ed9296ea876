// Japanese: what a guest is told, and anybody about earning by buying.
import type { Guest } from './en-guest.ts'

const points = (count: string) => `${count}ポイント`

const some = '対象商品やキャンペーンのお買い物で'

export const guest: Guest = {
  guestTitle: 'お買い物のたびに、ポイントを。',
  guestLead: (percent, worth) =>
    `${percent ? `お買い物の${percent}%がポイントになります` : `${some}ポイントが貯まります`}。\n1ポイント＝${worth}でご利用いただけます。`,
  signUp: '新規会員登録',
  signIn: 'ログイン',
  earnWelcome: '会員登録',
  earnPurchase: (percent) => (percent ? `お買い物ごとに${percent}%のポイント` : `${some}ポイント`),
  earnExample: (price, count) => `${price}のお買い物で${points(count)}`,
  earnWhen: (wait, shipped) => `ポイントは、${shipped ? '商品の発送' : 'ご注文'}${wait ? `から${wait}` : ''}後にご利用いただけます`,
  durations: {
    Y: (count) => `${count}年`,
    M: (count) => `${count}か月`,
    W: (count) => `${count}週間`,
    D: (count) => `${count}日`,
    H: (count) => `${count}時間`,
    m: (count) => `${count}分`,
  },
  from: (date) => `${date}から`,
  until: (date) => `${date}まで`,
  earnPoints: (count) => `+${points(count)}`,
  launcherAside: 'ボタンを反対側へ移す',
}
