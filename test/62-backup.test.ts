// A backup taken while the server runs, and put back: every answer given before it is in it, and it is whole or refused.
import { execFile } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { type HostName, prepare, type Victim } from './battery/victim.ts'
import { asking, type Json, type Reply, type Story } from './story.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'muse-backup-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
})

/** Runs a command as `npm run` does; gives its exit code and what it printed. */
const command = (name: 'backup' | 'restore', data: string, ...rest: string[]) =>
  promisify(execFile)(process.execPath, ['--disable-warning=ExperimentalWarning', `server/hosts/${name}.ts`, ...rest], {
    env: { ...process.env, MUSE_DATA: data },
  }).then(
    ({ stdout }) => ({ code: 0, printed: stdout }),
    ({ code, stderr }) => ({ code: code as number, printed: stderr as string }),
  )

async function run(name: HostName, data = join(folder, 'data')) {
  const victim = await prepare(name, { data })
  onTestFinished(() => victim.remove())
  await victim.start()
  return victim
}

const rows = (exported: string): Json[] =>
  exported
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
const transfers = (exported: string) => rows(exported).filter(({ table }) => table === 'transfers')

test.each(['node', 'edge'] as const)(
  'on %s, taken under load, it holds all that was answered before, and is a prefix of the books',
  async (name) => {
    const source = await run(name)
    const shop = await source.openShop('jej')
    const members = ['c0', 'c1', 'c2', 'c3']
    for (const member of members) await shop.grant(member, 100_000)
    const load = redeeming(shop, members)
    await load.until(20)
    const before = load.answered.length
    const { code, printed } = await command('backup', source.data, join(folder, 'backup'))
    expect({ code, printed }).toEqual({ code: 0, printed: expect.stringMatching(/\d+ transfers, audited/) })
    const during = load.answered.length - before
    await load.end()
    expect(during).toBeGreaterThan(0)
    const whole = await shop.export()
    await source.stop('SIGTERM')

    expect((await command('restore', join(folder, 'again'), join(folder, 'backup'))).code).toBe(0)
    const copy = await run(name, join(folder, 'again'))
    const again = visit(copy, shop)
    const audit = (await again.merchant('GET', '/audit')).body
    expect(audit).toMatchObject({ ok: true, sum: 0, problems: [] })
    expect(printed).toContain(`${audit.transfers} transfers, audited`)
    const exported = (await again.merchant('GET', '/export')).text
    expect(transfers(exported)).toEqual(transfers(whole).slice(0, audit.transfers))
    // Asked again there, under its key, each gets the answer it got here.
    for (const { member, key, reply } of load.answered.slice(0, before))
      expect((await again.member(member)('POST', '/me/coupons', { points: 1 }, key)).text).toBe(reply.text)
    expect((await again.merchant('GET', '/audit')).body.transfers).toBe(audit.transfers)
  },
)

test.each(['node', 'edge'] as const)('on %s, what comes back exports as what was there, to the byte', async (name) => {
  const source = await run(name)
  const shop = await source.openShop('JeJ')
  await shop.grant('c1', 5000)
  await shop.place('c1', 'o1', 10_000)
  await shop.member('c1').redeem(500)
  await command('backup', source.data, join(folder, 'backup'))
  const exported = await shop.export()
  await command('restore', join(folder, 'again'), join(folder, 'backup'))
  const copy = await run(name, join(folder, 'again'))
  const again = visit(copy, shop)
  expect((await again.merchant('GET', '/export')).text).toBe(exported)
  expect((await again.member('c1')('POST', '/me/coupons', { points: 500 })).status).toBe(201)
})

test('books of a server that was killed are backed up with all that is in their logs', async () => {
  const source = await run('node')
  const shop = await source.openShop('jej')
  await shop.grant('c1', 5000)
  await source.stop('SIGKILL')
  expect(readdirSync(join(source.data, 'books'))).toContain('jej.0.sqlite-wal')
  expect((await command('backup', source.data, join(folder, 'backup'))).printed).toContain('1 transfers, audited')
})

test('a folder that holds something is neither backed up into nor restored into', async () => {
  const source = await run('node')
  await source.openShop('jej')
  const full = join(folder, 'full')
  mkdirSync(full)
  writeFileSync(join(full, 'mine'), '')
  expect((await command('backup', source.data, join(folder, 'backup'))).code).toBe(0)
  for (const [name, data, rest] of [
    ['backup', source.data, full],
    ['restore', full, join(folder, 'backup')],
    ['restore', source.data, join(folder, 'backup')],
  ] as const)
    expect(await command(name, data, rest)).toEqual({ code: 1, printed: expect.stringContaining('is not empty: nothing was touched') })
  expect(readdirSync(full)).toEqual(['mine'])
})

test('it holds the operator key, and nobody else may read it', async () => {
  const source = await run('node')
  await source.openShop('jej')
  writeFileSync(join(source.data, 'operator-key'), 'op_kept\n', { mode: 0o600 })
  const backup = join(folder, 'backup')
  await command('backup', source.data, backup)
  await command('restore', join(folder, 'again'), backup)
  expect(readFileSync(join(folder, 'again', 'operator-key'), 'utf8')).toBe('op_kept\n')
  const files = readdirSync(backup, { recursive: true, encoding: 'utf8' }).map((file) => statSync(join(backup, file)))
  expect(files.filter((file) => file.isFile() && (file.mode & 0o77) !== 0)).toEqual([])
})

test('what is not a whole backup is refused, and the data folder stays empty', async () => {
  const source = await run('node')
  const shop = await source.openShop('jej')
  await shop.grant('c1', 5000)
  const backup = join(folder, 'backup')
  await command('backup', source.data, backup)
  const spoilt: [string, (copy: string) => void][] = [
    ['has no backup.json', (copy) => rmSync(join(copy, 'backup.json'))],
    ['is missing', (copy) => rmSync(join(copy, 'books/jej.0.sqlite'))],
    ['checksum differs', (copy) => truncateSync(join(copy, 'books/jej.0.sqlite'), 8192)],
    ['checksum differs', (copy) => flip(join(copy, 'books/jej.0.sqlite'))],
    ['has no place', (copy) => misplace(copy)],
    ['backup.json is damaged', (copy) => truncateSync(join(copy, 'backup.json'), 100)],
    ['backup.json is damaged', (copy) => writeFileSync(join(copy, 'backup.json'), '{"at": "2026-11-20T10:00:00Z", "files": []}')],
  ]
  for (const [index, [why, spoil]] of spoilt.entries()) {
    const copy = join(folder, `spoilt-${index}`)
    cpSync(backup, copy, { recursive: true })
    spoil(copy)
    const data = join(folder, `empty-${index}`)
    expect(await command('restore', data, copy)).toEqual({ code: 1, printed: expect.stringContaining(why) })
    expect(existsSync(data)).toBe(false)
  }
  expect((await command('backup', join(folder, 'nothing'), join(folder, 'other'))).printed).toContain('There are no books')
})

test('a restore that was killed is begun anew', async () => {
  const source = await run('node')
  await source.openShop('jej')
  await command('backup', source.data, join(folder, 'backup'))
  const data = join(folder, 'again')
  mkdirSync(join(data, 'restoring/books'), { recursive: true })
  writeFileSync(join(data, 'restoring/books/jej.0.sqlite'), 'half of it')
  expect((await command('restore', data, join(folder, 'backup'))).code).toBe(0)
  expect(readdirSync(data)).toEqual(['books'])
})

test('no backup is made among the books', async () => {
  const source = await run('node')
  await source.openShop('jej')
  const into = join(source.data, 'books', 'backup')
  expect(await command('backup', source.data, into)).toEqual({ code: 1, printed: `muse: ${into} is where the books are kept.\n` })
  expect(existsSync(into)).toBe(false)
})

// Hands that redeem one point after another until they are told to end.
function redeeming(shop: Story, members: string[]) {
  const answered: { member: string; key: string; reply: Reply }[] = []
  let over = false
  let next = 0
  const hand = async (member: string) => {
    while (!over) {
      const key = `key-${next++}`
      const reply = await shop.member(member).redeem(1, key)
      expect(reply.status).toBe(201)
      answered.push({ member, key, reply })
    }
  }
  const hands = members.map(hand)
  return {
    answered,
    async until(count: number) {
      while (answered.length < count) await wait(5)
    },
    async end() {
      over = true
      await Promise.all(hands)
    },
  }
}

// The same shop on another server, with the keys it was given on the first.
function visit(server: Victim, shop: Story) {
  const ask = asking(server.send, `/v1/shops/${shop.shop}`)
  return { merchant: ask(() => shop.keys.secret), member: (id: string) => ask(() => shop.token(id)) }
}

function flip(file: string) {
  const bytes = readFileSync(file)
  bytes[5000]! ^= 1
  writeFileSync(file, bytes)
}

function misplace(copy: string) {
  const manifest = readFileSync(join(copy, 'backup.json'), 'utf8')
  writeFileSync(join(copy, 'backup.json'), manifest.replace('"books/', '"books/../../'))
}
