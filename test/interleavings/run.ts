// Shoppers in a hurry on a bad network: clicks, double clicks, lost answers, slow answers, reloads and logouts in any order. However it
// went, one coupon was made for each that was asked for, and the wallet shown is the wallet there is. As a program, since it lays a page's
// window over Node's own: node test/interleavings/run.ts --count=300 --seed=1 [--only=17] [--told]. The last line printed is the result as JSON.
import assert from 'node:assert/strict'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { SignJWT } from 'jose'
import { open } from '../../server/hosts/node.ts'
import { clockOf } from './clock.ts'
import { diceOf } from './dice.ts'
import { networkOf } from './network.ts'
import { pageOf } from './page.ts'
import { act, cut, type Story, tell } from './shopper.ts'

const GRANTED = 20_000
const ORIGIN = 'https://shop.example'
const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '300' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
    /** Prints every story, not only those that failed. */
    told: { type: 'boolean' },
    built: { type: 'string', default: 'dist/widget' },
  },
})
const [count, seed] = [Number(values.count), Number(values.seed)]

const clock = clockOf(Date.parse('2026-06-01T10:00:00+09:00'))
const server = open({ data: null, operatorKey: 'op_test', clock: clock.now })
const asked = async (method: string, path: string, bearer: string, body?: object) => {
  const headers = { authorization: `Bearer ${bearer}`, 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() }
  const url = `https://points.example/v1/shops/jej${path}`
  const answer = await server.fetch(new Request(url, { method, headers, ...(body && { body: JSON.stringify(body) }) }))
  assert(answer.ok, `${method} ${path}: ${answer.status}`)
  return answer.json()
}
const program = {
  name: 'JeJ Muse',
  currency: 'JPY',
  timeZone: 'Asia/Tokyo',
  earning: { purchase: { percent: 1 } },
  redeeming: { coupon: { max: 5000 } },
}
const { keys } = await asked('PUT', '', 'op_test', { program, origins: [ORIGIN] })
const network = networkOf(clock, (request) => server.fetch(request))
network.dice = diceOf(0)
const page = pageOf(clock, network, resolve(import.meta.dirname, '../..', values.built))

const failures: { number: number; why: string; told: string[] }[] = []
const sums = { interleavings: 0, intents: 0, coupons: 0, returned: 0, askedAgain: 0, troubles: 0, cut: 0, ignored: 0, failed: 0 }
const numbers = values.only ? [Number(values.only)] : Array.from({ length: count }, (_, number) => number)
for (const number of numbers) {
  const story = await begin(number)
  try {
    await tellOne(story)
    sums.coupons += await judge(story)
  } catch (failure) {
    failures.push({ number, why: failure instanceof Error ? failure.message : String(failure), told: story.told })
  }
  if (values.told) console.error(`\n${number}\n  ${story.told.join('\n  ')}`)
  await page.leave()
  sum(story)
  if (failures.length >= 5) break
}
const audit = await asked('GET', '/audit', keys.secret)
assert(audit.ok)
for (const { number, why, told } of failures) console.error(`\n--seed=${seed} --only=${number}: ${why}\n  ${told.join('\n  ')}`)
console.log(JSON.stringify({ ...sums, failed: failures.length }))
process.exit(failures.length ? 1 : 0)

/** A story of its own chance, with members of its own. */
async function begin(number: number): Promise<Story> {
  const dice = diceOf(seed * 1_000_003 + number)
  const tokens: Record<string, string> = {}
  for (const name of [`hana-${seed}-${number}`, `rei-${seed}-${number}`]) {
    tokens[name] = await token(name)
    await asked('POST', `/members/${name}/grants`, keys.secret, { points: GRANTED, reason: 'gift' })
  }
  localStorage.clear()
  Object.assign(network, { dice, weather: 'fair', troubles: 0 })
  page.said().redeemed.length = 0
  return { clock, network, page, dice, tokens, intents: [], askedAgain: 0, told: [], isBlurred: false }
}

async function tellOne(story: Story) {
  const { dice, tokens } = story
  page.visit(tokens[dice.pick(Object.keys(tokens))])
  if (dice.chance(0.8)) void page.muse().open()
  for (let acts = dice.between(8, 24); acts > 0; acts--) await act(story)
  await settle(story)
}

/** The network mends, what is late arrives, and the shopper follows whatever way on the page offers; then comes back as each member. */
async function settle(story: Story) {
  network.weather = 'fair'
  tell(story, 'the network mends')
  await clock.pass(90_000)
  for (let rounds = 0; rounds < 4; rounds++) {
    page.one<HTMLButtonElement>('.empty .main')?.click()
    if (page.one<HTMLInputElement>('form input[type=number]')?.readOnly) page.one<HTMLButtonElement>('form [type=submit]')?.click()
    await clock.pass(3_000)
  }
  if (!story.isBlurred && network.troubles === 0) await mustBeTrue(story, 'where nothing was lost')
  page.muse().close()
  void page.muse().open()
  await clock.pass(3_000)
  await mustBeTrue(story, 'when the panel is opened again')
  for (const member of Object.keys(story.tokens)) {
    cut(story)
    await page.leave()
    page.visit(story.tokens[member])
    await clock.pass(3_000)
    void page.muse().open()
    await clock.pass(3_000)
    assert.equal(page.said().member, member, 'who comes back is not who is shown')
    await mustBeTrue(story, `when ${member} is back`)
  }
  assert.deepEqual(Object.keys(localStorage), [], 'something is still kept')
}

/** What is shown is what the server says: the balance in the panel and on the launcher, and the open coupons. */
async function mustBeTrue({ tokens }: Story, when: string) {
  const { member } = page.said()
  const description = page.launcher().getAttribute('aria-description')
  if (!member) return assert.equal(description, null, `${when}, a guest has a balance`)
  assert(member in tokens, `${when}, somebody else is shown`)
  const { points, coupons } = await asked('GET', '/me', tokens[member]!)
  const balance = points.available.toLocaleString('en')
  assert.equal(description, `${balance} pt`, `${when}, the launcher is wrong`)
  const figure = page.one('.figure b')
  if (!figure) return assert(!page.dialog()?.open, `${when}, the panel shows no balance: ${page.dialog()?.textContent}`)
  assert.equal(figure.textContent, balance, `${when}, the balance is wrong`)
  const shown = page.all('.ticket code').map((code) => code.textContent?.replaceAll('-', ''))
  const open = coupons.filter(({ state }: { state: string }) => state === 'open').map(({ code }: { code: string }) => code)
  if (page.one('.redeem')) assert.deepEqual(shown.sort(), open.sort(), `${when}, the coupons are wrong`)
}

/** One coupon for each intent, and none for anything else. Gives how many there are. */
async function judge({ tokens, intents }: Story): Promise<number> {
  let all = 0
  for (const [member, credential] of Object.entries(tokens)) {
    const { coupons, points } = await asked('GET', '/me', credential)
    const made: number[] = coupons.map(({ points }: { points: number }) => points)
    for (const intent of intents.filter((intent) => intent.member === member)) {
      const times = made.filter((points) => points === intent.points).length
      if (intent.ignored) assert.equal(times, 0, `${intent.points}: a coupon nobody was told of`)
      else if (intent.cut) assert(times <= 1, `${intent.points}: ${times} coupons for one intent`)
      else assert.equal(times, 1, `${intent.points}: ${times} coupons for one intent`)
    }
    const meant = intents.filter((intent) => intent.member === member).map(({ points }) => points)
    assert.deepEqual(
      made.filter((points) => !meant.includes(points)),
      [],
      'a coupon nobody asked for',
    )
    assert.equal(points.available + points.held, GRANTED)
    all += made.length
    sums.returned += coupons.filter(({ state }: { state: string }) => state === 'returned').length
  }
  return all
}

function sum({ intents, askedAgain }: Story) {
  sums.askedAgain += askedAgain
  sums.interleavings++
  sums.intents += intents.length
  sums.troubles += network.troubles
  sums.cut += intents.filter(({ cut }) => cut).length
  sums.ignored += intents.filter(({ ignored }) => ignored).length
}

function token(member: string) {
  const iat = Math.floor(clock.now() / 1000)
  return new SignJWT({ aud: 'jej', sub: member, iat, exp: iat + 3600 })
    .setProtectedHeader({ alg: 'HS256', kid: keys.signing.kid })
    .sign(new TextEncoder().encode(keys.signing.secret))
}
