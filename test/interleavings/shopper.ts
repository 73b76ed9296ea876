// A shopper in a hurry: does what can be done on the page as it stands, several times where once would do, and remembers what was meant.
import type { Clock } from './clock.ts'
import type { Dice } from './dice.ts'
import type { Network } from './network.ts'
import type { Page } from './page.ts'

/** A coupon asked for: a confirmed amount, however often it was clicked. Each is of an amount of its own. */
export interface Intent {
  member: string
  points: number
  /** The page had other things to do, and said so: none may come of it. */
  ignored?: boolean
  /** The page was left, or the member went, before anything of it was kept or sent: it may have been made, or not. */
  cut?: boolean
}

export interface Story {
  clock: Clock
  network: Network
  page: Page
  dice: Dice
  tokens: Record<string, string>
  intents: Intent[]
  /** How often one that had no answer was asked for again by hand. */
  askedAgain: number
  told: string[]
  /** What the page knows may be another thing than what is: something it asked for was lost, or arrived after it had stopped asking. */
  isBlurred: boolean
}

const AMOUNT = 'form input[type=number]'
const pauses = [0, 0, 5, 30, 120, 600, 2_500, 11_000]
const weathers = { fair: 5, slow: 3, crawling: 1, lossy: 5, cut: 1 }
const acts = {
  redeem: 16,
  undo: 5,
  pause: 4,
  weather: 5,
  reload: 3,
  logout: 2,
  identify: 3,
  close: 1,
  toggle: 1,
  cancel: 1,
  copy: 1,
  history: 1,
  refresh: 1,
  online: 1,
  back: 1,
  retry: 2,
}

/** One thing more that a shopper does, and a while until the next. */
export async function act(story: Story) {
  const { dice, clock } = story
  const name = dice.weighed(acts)
  await deeds[name](story)
  await clock.pass(dice.pick(pauses))
}

const deeds: Record<keyof typeof acts, (story: Story) => unknown> = {
  redeem,
  undo: async (story) => clickSome(story, 'undo', '.ticket .faint'),
  cancel: (story) => clickSome(story, 'cancel', 'form .faint'),
  copy: (story) => clickSome(story, 'copy', '.ticket .plain'),
  history: async (story) => {
    await clickSome(story, 'history', 'nav button:last-child')
    await story.clock.pass(story.dice.between(0, 200))
    await clickSome(story, 'points', 'nav button:first-child')
  },
  retry: (story) => clickSome(story, 'retry', '.empty .main'),
  pause: ({ clock, dice }) => clock.pass(dice.between(0, 5_000)),
  weather(story) {
    story.network.weather = story.dice.weighed(weathers)
    tell(story, story.network.weather)
  },
  async reload(story) {
    const member = story.dice.chance(0.8) ? whose(story) : story.dice.pick(Object.keys(story.tokens))
    cut(story)
    tell(story, `loads the page anew as ${member}`)
    await story.page.leave()
    story.page.visit(member && story.tokens[member])
    if (story.dice.chance(0.8)) void story.page.muse().open()
  },
  logout(story) {
    cut(story)
    tell(story, 'signs out')
    void story.page.muse().logout()
  },
  identify(story) {
    const member = story.dice.pick(Object.keys(story.tokens))
    cut(story)
    tell(story, `signs in as ${member}`)
    void story.page.muse().identify(story.tokens[member]!)
  },
  close: (story) => void story.page.muse().close(),
  toggle: (story) => story.page.launcher().click(),
  refresh: (story) => void story.page.muse().refresh(),
  online: () => dispatchEvent(new Event('online')),
  back: () => {
    for (const way of ['pagehide', 'pageshow']) dispatchEvent(Object.assign(new Event(way), { persisted: true }))
  },
}

/** Confirms an amount that was never asked for before, by one click or several; where an earlier one waits for its answer, asks again. */
async function redeem(story: Story) {
  const { page, clock, dice, intents } = story
  const field = await amountField(story)
  if (!field) return
  const points = 101 + intents.length
  const isNew = !field.readOnly
  if (isNew && !(await write(story, field, points))) return
  const { member } = page.said()
  const clicks = dice.pick([1, 1, 2, 3])
  if (!member || !confirm(page)) return
  for (let click = 1; click < clicks; click++) confirm(page)
  await clock.rest()
  // No time has passed: whatever it was taken for, there is no answer yet.
  const intent = { member, points, ignored: !isBusy(page) }
  if (isNew) intents.push(intent)
  else story.askedAgain++
  tell(story, `${isNew ? `redeems ${points} as ${member}` : 'asks again'}, ${clicks} times${isNew && intent.ignored ? ', in vain' : ''}`)
  for (let more = dice.pick([0, 0, 1, 2]); more > 0; more--) {
    await clock.pass(dice.pick([0, 3, 40, 250]))
    // An amount that can be written again is another question.
    if (page.one<HTMLInputElement>(AMOUNT)?.readOnly) confirm(page)
  }
}

/** The field of the amount form, opened where it has to be. */
async function amountField({ page, clock, dice }: Story) {
  if (!page.dialog()?.open) {
    void page.muse().open()
    await clock.pass(dice.between(0, 1_000))
  }
  if (!page.one('form') && page.dialog()?.open) {
    page.one<HTMLButtonElement>('.redeem > .main')?.click()
    await clock.pass(dice.between(0, 500))
  }
  return page.dialog()?.open ? page.one<HTMLInputElement>(AMOUNT) : null
}

async function write({ clock }: Story, field: HTMLInputElement, points: number): Promise<boolean> {
  if (points > Number(field.max)) return false
  field.value = String(points)
  field.dispatchEvent(new Event('input', { bubbles: true }))
  await clock.rest()
  return field.isConnected && !field.readOnly && Number(field.value) === points
}

function confirm(page: Page): boolean {
  const button = page.one<HTMLButtonElement>('form [type=submit]')
  if (!button || button.getAttribute('aria-disabled') === 'true') return false
  button.click()
  return true
}

const isBusy = (page: Page) => page.one('form')?.getAttribute('aria-busy') === 'true'

async function clickSome(story: Story, name: string, selector: string) {
  const { page, dice, clock } = story
  if (!page.dialog()?.open) return
  const found = page.all<HTMLButtonElement>(selector)
  if (found.length === 0) return
  const button = dice.pick(found)
  tell(story, name)
  button.click()
  if (!dice.chance(0.4)) return
  if (dice.chance(0.5)) await clock.pass(dice.pick([0, 3, 40, 250]))
  button.click()
}

/** The member whose wallet is shown; undefined for a guest. */
const whose = ({ page }: Story) => page.said().member

/** What is under way may be lost with the page, or with the member: what was kept must not be. */
export function cut(story: Story) {
  const { page, intents, network } = story
  if (network.open > 0) story.isBlurred = true
  const made = page.said().redeemed
  for (const intent of intents) {
    if (intent.ignored || made.includes(intent.points)) continue
    if (!isKept(intent) && intent.member === page.said().member && intent === intents.at(-1)) intent.cut = true
  }
}

const isKept = ({ member, points }: Intent) =>
  Object.keys(localStorage)
    .filter((place) => place.startsWith('muse:'))
    .map((place) => JSON.parse(localStorage.getItem(place)!))
    .some((kept) => kept.member === member && kept.points === points)

export function tell({ told, clock }: Story, what: string) {
  told.push(`${clock.now() % 1e8} ms: ${what}`)
}
