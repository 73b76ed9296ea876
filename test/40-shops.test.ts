// A shop is made, changed and refused: the PUT, and the program document in it.
import { expect, test } from 'vitest'
import { asking, type Json, ORIGIN, openShop, program } from './story.ts'

const purchase = { percent: 1 }
const least = { name: 'Least', currency: 'JPY', earning: { purchase } }
const earning = (more: object) => ({ earning: { purchase, ...more } })
const buying = (more: object) => ({ earning: { purchase: { ...purchase, ...more } } })
const redeeming = (more: object) => ({ redeeming: more })
const coupon = (more: object) => redeeming({ coupon: more })
const campaign = (more: object) => ({ campaigns: [{ id: 'x', title: 'X', ...more }] })

test('a new shop is answered with its keys, and never again', async () => {
  const shop = await openShop()
  expect(shop.keys).toEqual({
    secret: expect.stringMatching(/^sk_[\w-]{43}$/),
    signing: { kid: expect.stringMatching(/^k_/), secret: expect.stringMatching(/^sig_[\w-]{43}$/) },
  })
  const again = await shop.operator('PUT', '', { program, origins: [ORIGIN] })
  expect([again.status, again.body]).toEqual([200, { shop: 'jej', version: 2 }])
  expect((await shop.newProgram({ name: 'Third' })).body).toEqual({ shop: 'jej', version: 3 })
})

test('the keys a shop got at first work after every change of its program', async () => {
  const shop = await openShop()
  await shop.newProgram({ name: 'Renamed' })
  expect((await shop.member('c1').get('/me')).status).toBe(200)
  expect((await shop.merchant('GET', '/audit')).status).toBe(200)
  expect((await shop.guest('GET', '/program')).body).toMatchObject({ name: 'Renamed', version: 2 })
})

test('two shops on one server share nothing', async () => {
  const first = await openShop({ shop: 'first' })
  const second = await openShop({ shop: 'First', fetch: first.fetch, clock: first.clock })
  await first.grant('c1', 700)
  expect((await second.member('c1').wallet()).points.available).toBe(0)
  expect(second.keys.secret).not.toBe(first.keys.secret)
  expect(await second.export()).not.toContain('700')
})

test.each([
  ['JPY', '¥', 0],
  ['USD', '$', 2],
  // With what keeps a code from the number, where no line ends.
  ['KWD', 'KWD\u00a0', 3],
  ['SEK', 'kr\u00a0', 2],
])('the program says how %s is written', async (currency, symbol, digits) => {
  const shop = await openShop({ program: { currency } })
  expect((await shop.guest('GET', '/program')).body.money).toEqual({ symbol, digits })
})

test('a shop sent twice at once is made once', async () => {
  const { fetch } = await openShop()
  const operator = asking(fetch, '/v1/shops/twins')(() => 'op_test')
  const answers = await Promise.all([1, 2, 3, 4].map(() => operator('PUT', '', { program, origins: [] })))
  expect(answers.map((answer) => answer.status).toSorted()).toEqual([200, 200, 200, 201])
  expect(answers.filter((answer) => answer.body.keys)).toHaveLength(1)
})

test.each(['-a', '_a', 'a.b', 'a b', '日本', 'a'.repeat(65), '__proto__'])('"%s" is no name for a shop', async (id) => {
  const { fetch } = await openShop()
  const operator = asking(fetch, `/v1/shops/${encodeURIComponent(id)}`)(() => 'op_test')
  const answer = await operator('PUT', '', { program, origins: [] })
  expect(answer.body).toMatchObject({ status: 400, code: 'invalid-request', path: ['shop'] })
})

test('everything but the name, the currency and the percentage has a default', async () => {
  const shop = await openShop()
  const document = async () => {
    const lines = (await shop.export()).split('\n').map((line) => JSON.parse(line || '{}'))
    return JSON.parse(lines.findLast((line) => line.table === 'programs').document)
  }
  expect((await shop.operator('PUT', '', { program: least, origins: [] })).status).toBe(200)
  expect(await document()).toEqual({
    ...{
      name: 'Least',
      currency: 'JPY',
      timeZone: 'UTC',
      startsAt: null,
      campaigns: [],
      sellers: null,
      expiry: null,
      theme: {},
      texts: {},
    },
    earning: {
      purchase: { percent: 1, rounding: 'floor', award: 'shipped', delay: 'PT0S', exclude: { tags: [], categories: [], skus: [] } },
      welcome: { points: 0 },
      review: { points: 0, award: 'posted' },
      photo: { points: 0, perDay: 1, award: 'posted' },
      prizes: [],
      follow: { points: 0, accounts: {}, award: 'posted' },
    },
    redeeming: {
      coupon: { min: 1, max: 5000, step: 1, life: null, prefix: '' },
      ...{ checkout: null, exclude: { tags: [] }, shipping: false, withOtherCodes: false, change: 'return', gifts: [] },
    },
    links: { signIn: null, signUp: null, contact: null },
  })
})

const unknown: [path: string, change: object, nearest: string][] = [
  ['curency', { curency: 'JPY' }, 'currency'],
  ['timezone', { timezone: 'UTC' }, 'timeZone'],
  ['earning.welcom', earning({ welcom: {} }), 'welcome'],
  ['earning.purchase.percentage', buying({ percentage: 1 }), 'percent'],
  ['earning.purchase.exclude.tag', buying({ exclude: { tag: [] } }), 'tags'],
  ['earning.welcome.point', earning({ welcome: { point: 1 } }), 'points'],
  ['earning.review.pionts', earning({ review: { pionts: 1 } }), 'points'],
  ['earning.photo.perday', earning({ photo: { perday: 1 } }), 'perDay'],
  ['earning.follow.account', earning({ follow: { account: {} } }), 'accounts'],
  ['redeeming.coupons', redeeming({ coupons: {} }), 'coupon'],
  ['redeeming.coupon.maximum', coupon({ maximum: 1 }), 'max'],
  ['redeeming.checkout.maxx', redeeming({ checkout: { maxx: 1 } }), 'max'],
  ['redeeming.exclude.tag', redeeming({ exclude: { tag: [] } }), 'tags'],
  ['redeeming.gifts.0.titel', redeeming({ gifts: [{ id: 'a', title: 'A', points: 1, titel: 'A' }] }), 'title'],
  ['campaigns.0.multiplier', campaign({ multiplier: 10 }), 'multiply'],
  ['campaigns.0.ordered.form', campaign({ ordered: { form: '2026-01-01T00:00:00Z' } }), 'from'],
  ['campaigns.0.shipped.untill', campaign({ shipped: { untill: '2026-01-01T00:00:00Z' } }), 'until'],
  ['sellers.percents', { sellers: { percent: 2, from: '2020-07-31T00:00:00+09:00', percents: 3 } }, 'percent'],
  ['sellers.badge.lable', { sellers: { percent: 2, from: '2020-07-31T00:00:00+09:00', badge: { label: 'x', lable: 'y' } } }, 'label'],
  ['expiry.lifetime', { expiry: { life: 'P1Y', lifetime: 'P1Y' } }, 'life'],
  ['CURRENCY', { CURRENCY: 'JPY' }, 'currency'],
  ['redeeming.coupon.MAX', coupon({ MAX: 1 }), 'max'],
  ['campaigns.0.PERCENT', campaign({ PERCENT: 1 }), 'percent'],
  ['links.signin', { links: { signin: '/login' } }, 'signIn'],
  ['theme.acent', { theme: { accent: '#7d2c46', acent: '#7d2c46' } }, 'accent'],
  ['theme.onAccent', { theme: { onAccent: '#fff' } }, 'on-accent'],
  ['theme.--muse-ink', { theme: { '--muse-ink': '#000' } }, 'ink'],
  ['theme.tokens', { theme: { tokens: { accent: '#7d2c46' } } }, 'accent'],
  ['texts.en.guestTitel', { texts: { en: { guestTitel: 'Welcome' } } }, 'guestTitle'],
  ['texts.ja.GuestTitle', { texts: { ja: { GuestTitle: 'ようこそ' } } }, 'guestTitle'],
  ['texts.fr.signin', { texts: { fr: { signin: 'Connexion' } } }, 'signIn'],
  ['texts.jp', { texts: { ja: {}, jp: { guestTitle: 'ようこそ' } } }, 'ja'],
  ['texts.EN', { texts: { EN: {} } }, 'en'],
  ['texts.en_US', { texts: { en_US: {} } }, 'en'],
  ['texts.en-us', { texts: { 'en-us': {} } }, 'en-US'],
  ['texts.guestTitle', { texts: { guestTitle: 'Welcome' } }, 'en'],
]

test.each(unknown)('the unknown key %s is refused, and the nearest one named', async (path, change, nearest) => {
  const problem = await refusedProgram(change)
  expect(problem).toMatchObject({ code: 'invalid-request', path: ['program', ...path.split('.')] })
  expect(problem.detail).toContain(`program.${path}`)
  expect(problem.detail).toContain(`the nearest known one is "${nearest}"`)
})

const wrong: [what: string, path: string, change: object][] = [
  ['no name', 'name', { name: undefined }],
  ['an empty name', 'name', { name: '' }],
  ['no currency', 'currency', { currency: undefined }],
  ...['jpy', 'JPYX', 'J1', '¥', 392].map((currency): [string, string, object] => [`currency ${currency}`, 'currency', { currency }]),
  ...['Asia/Tokio', 'JST+9', '', 9].map((timeZone): [string, string, object] => [`zone ${timeZone}`, 'timeZone', { timeZone }]),
  ...['2026-01-01', '2026-01-01T00:00:00', 'yesterday', 1_767_225_600, '2026-02-30T00:00:00Z', '2026-13-01T00:00:00Z'].map(
    (startsAt): [string, string, object] => [`start ${startsAt}`, 'startsAt', { startsAt }],
  ),
  ...['7 days', '-P7D', 'P', 'P7', 7, '', 'P1001Y', 'P9999999999D'].map((delay): [string, string, object] => [
    `delay ${delay}`,
    'earning.purchase.delay',
    buying({ delay }),
  ]),
  ...[-1, 101, 1.00001, '1', null, true, []].map((percent): [string, string, object] => [
    `percent ${JSON.stringify(percent)}`,
    'earning.purchase.percent',
    buying({ percent }),
  ]),
  ['a rounding nobody knows', 'earning.purchase.rounding', buying({ rounding: 'up' })],
  ['an award nobody knows', 'earning.purchase.award', buying({ award: 'paid' })],
  ['a welcome of half a point', 'earning.welcome.points', earning({ welcome: { points: 0.5 } })],
  ['coupons from 0 points', 'redeeming.coupon.min', coupon({ min: 0 })],
  ['coupons with a min above the max', 'redeeming.coupon', coupon({ min: 6000 })],
  ['coupons in steps of 0', 'redeeming.coupon.step', coupon({ step: 0 })],
  ['coupons that live backwards', 'redeeming.coupon.life', coupon({ life: '-P1D' })],
  ['a prefix in lower case', 'redeeming.coupon.prefix', coupon({ prefix: 'jj' })],
  ['a prefix too long for the code', 'redeeming.coupon.prefix', coupon({ prefix: 'ABCDE' })],
  ['change that is kept', 'redeeming.change', redeeming({ change: 'keep' })],
  ['an expiry without a life', 'expiry.life', { expiry: {} }],
  ...[
    'javascript:alert(1)',
    ' javascript:alert(1)',
    'data:text/html,x',
    '//evil.example',
    'login',
    'https:// x',
    'https://a\njavascript:b',
  ].map((signIn): [string, string, object] => [`link ${JSON.stringify(signIn)}`, 'links.signIn', { links: { signIn } }]),
  ['a theme of functions', 'theme.accent', { theme: { accent: null } }],
  ['texts that are no text', 'texts.ja.close', { texts: { ja: { close: 1 } } }],
  ['a theme in layers', 'theme.accent', { theme: { accent: { base: '#7d2c46' } } }],
]

test.each(wrong)('refused: %s', async (_, path, change) => {
  expect(await refusedProgram(change)).toMatchObject({ code: 'invalid-request', path: ['program', ...path.split('.')] })
})

test.each([
  'shop.example',
  'https://shop.example/',
  'https://shop.example/path',
  'https://SHOP.example',
  'https://shop.example:443',
  'null',
  '*',
  'https://user@shop.example',
  'javascript:alert(1)',
  'file:///etc/passwd',
  7,
  null,
])('%s is no origin', async (origin) => {
  const shop = await openShop()
  const answer = await shop.operator('PUT', '', { program, origins: [ORIGIN, origin] })
  expect(answer.body).toMatchObject({ status: 400, code: 'invalid-request', path: ['origins', '1'] })
})

test('a refused document makes no shop and no version', async () => {
  const shop = await openShop()
  await shop.operator('PUT', '', { program: { ...least, currency: 'yen' }, origins: [] })
  await shop.operator('PUT', '', { program: least })
  await shop.operator('PUT', '', { program: least, origins: [], plan: 'free' })
  expect((await shop.guest('GET', '/program')).body.version).toBe(1)
  const other = asking(shop.fetch, '/v1/shops/other')
  await other(() => 'op_test')('PUT', '', { program: { name: 'x' }, origins: [] })
  expect((await other(() => undefined)('GET', '/program')).status).toBe(404)
})

async function refusedProgram(change: object): Promise<Json> {
  const shop = await openShop()
  const answer = await shop.operator('PUT', '', { program: { ...least, ...change }, origins: [ORIGIN] })
  expect(answer.status).toBe(400)
  expect(answer.headers.get('Content-Type')).toBe('application/problem+json')
  expect((await shop.guest('GET', '/program')).body).toMatchObject({ version: 1, name: program.name })
  return answer.body
}
