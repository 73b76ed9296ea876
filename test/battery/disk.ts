// A full disk, and one that turns read-only: a clean no, reads that go on, nothing lost, and work as before once there is room again.
import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Reply, Story } from '../story.ts'
import { type HostName, prepare, type Victim } from './victim.ts'

/** A disk of its own needs leave to mount one. */
export function canMount(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'muse-mount-'))
  const done = spawnSync('mount', ['-t', 'tmpfs', 'none', folder]).status === 0
  if (done) execFileSync('umount', [folder])
  rmSync(folder, { recursive: true })
  return done
}

const MEGABYTE = 1 << 20

/** Fills the disk under a working server, and empties it again. */
export async function fullDisk(name: HostName) {
  const disk = mountDisk()
  const victim = await prepare(name, { data: join(disk.folder, 'data') })
  try {
    const { shop, answers } = await openShop(victim)
    // The last of the room is the server's own to fill.
    const ballast = join(disk.folder, 'ballast')
    fill(ballast)
    truncateSync(ballast, statSync(ballast).size - MEGABYTE / 2)
    const met = await hammer(victim, shop, answers, 'full', (refused) => refused >= 200)
    if (victim.running()) assert.deepEqual(Object.keys(met.refusals), ['503 problem+json'])
    // Long enough for what a server does when nobody asks anything.
    await wait(1_500)
    const read = await shop
      .member('c1')
      .get('/me')
      .catch(() => undefined)
    rmSync(ballast)
    const restarts = victim.running() ? 0 : 1
    if (restarts) console.error(victim.errors().slice(-1_000))
    if (restarts) await victim.start()
    await worksAgain(shop)
    await holds(shop, answers)
    return { ...met, read: read?.status ?? 0, endedItself: restarts, lost: 0 }
  } finally {
    await victim.remove()
    disk.remove()
  }
}

/** Lets the disk fail under a working server: from then on the kernel takes no more writes to it. Then it is mounted read-only, then mended. */
export async function readOnlyDisk(name: HostName) {
  const disk = mountDisk()
  const victim = await prepare(name, { data: join(disk.folder, 'data') })
  try {
    const { shop, answers } = await openShop(victim)
    await hammer(victim, shop, answers, 'before', () => answers.size >= 200)
    execFileSync('mount', ['-o', 'remount,abort', disk.folder])
    const met = await hammer(victim, shop, answers, 'readonly', (refused) => refused >= 200)
    const read = await shop
      .member('c1')
      .get('/me')
      .catch(() => undefined)
    await victim.stop()
    const onBroken = await onReadOnly(victim, shop)
    disk.mend('ro')
    const readOnly = await onReadOnly(victim, shop)
    disk.mend('rw')
    await victim.start()
    await worksAgain(shop)
    await holds(shop, answers)
    return { ...met, read: read?.status ?? 0, onBroken, readOnly, lost: 0 }
  } finally {
    await victim.remove()
    disk.remove()
  }
}

// Started on a disk that takes no writes, it may refuse to start, or read on and refuse the rest.
async function onReadOnly(victim: Victim, shop: Story) {
  const starts = await victim.start().then(
    () => true,
    () => false,
  )
  if (!starts) return 'refuses to start'
  const read = await shop.member('c1').get('/me')
  const write = await shop
    .member('c1')
    .redeem(1)
    .catch(() => undefined)
  assert.ok(!write || write.status === 503, write?.text)
  await victim.stop()
  return { read: read.status, write: write?.status ?? 'no answer' }
}

// A file system in a file: unlike memory it can be broken.
function mountDisk() {
  const home = mkdtempSync(join(tmpdir(), 'muse-disk-'))
  const [image, folder] = [join(home, 'image'), join(home, 'disk')]
  writeFileSync(image, '')
  truncateSync(image, 64 * MEGABYTE)
  execFileSync('mkfs.ext4', ['-q', '-F', '-m', '0', image])
  mkdirSync(folder)
  const mount = (mode: 'ro' | 'rw') => execFileSync('mount', ['-o', `loop,errors=remount-ro,${mode}`, image, folder])
  const unmount = () => execFileSync('umount', [folder])
  mount('rw')
  return {
    folder,
    mend(mode: 'ro' | 'rw') {
      unmount()
      // It says with its code that it repaired something.
      spawnSync('e2fsck', ['-fy', image])
      mount(mode)
    },
    remove() {
      unmount()
      rmSync(home, { recursive: true })
    },
  }
}

function fill(file: string) {
  for (let size = MEGABYTE; size >= 4096; size /= 2)
    try {
      for (;;) writeFileSync(file, new Uint8Array(size), { flag: 'a' })
    } catch {}
}

type Answers = Map<string, Reply>

async function openShop(victim: Victim) {
  await victim.start()
  const shop = await victim.openShop('disk')
  for (const member of ['c0', 'c1', 'c2', 'c3']) await shop.grant(member, 1_000_000)
  return { shop, answers: new Map() as Answers }
}

/** Eight hands redeem until `enough`, at most 20 seconds; keeps what was answered, and gives how the rest was refused. */
async function hammer(victim: Victim, shop: Story, answers: Answers, name: string, enough: (refused: number) => boolean) {
  const refusals: Record<string, number> = {}
  let refused = 0
  const until = Date.now() + 20_000
  const hand = async (number: number) => {
    for (let index = 0; !enough(refused) && Date.now() < until && victim.running(); index++) {
      const key = `c${number % 4}-${name}-${number}-${index}`
      const reply = await shop
        .member(key.slice(0, 2))
        .redeem(1, key)
        .catch(() => undefined)
      if (reply?.status === 201) answers.set(key, reply)
      else {
        refused++
        const kind = reply
          ? `${reply.status} ${(reply.headers.get('Content-Type') ?? 'no type').replace(/^application\//, '')}`
          : 'no answer'
        refusals[kind] = (refusals[kind] ?? 0) + 1
      }
    }
  }
  await Promise.all(Array.from({ length: 8 }, (_, number) => hand(number)))
  return { answered: answers.size, refusals, after: victim.running() ? 'runs on' : 'ended itself' }
}

async function worksAgain(shop: Story) {
  const until = Date.now() + 5_000
  for (;;) {
    const reply = await shop
      .member('c1')
      .redeem(1)
      .catch(() => undefined)
    if (reply?.status === 201) return
    assert.ok(Date.now() < until, `still refused: ${reply?.status} ${reply?.text}`)
    await wait(100)
  }
}

async function holds(shop: Story, answers: Answers) {
  for (const [key, { text }] of answers) assert.equal((await shop.member(key.slice(0, 2)).redeem(1, key)).text, text)
  const { ok, sum, problems } = await shop.audit()
  assert.deepEqual({ ok, sum, problems }, { ok: true, sum: 0, problems: [] })
}
