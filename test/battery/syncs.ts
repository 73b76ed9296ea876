// Durable before answered, as the kernel saw it: strace writes down what the server did, and each answer is held against it.
// An answer names its coupon, and so does the page that went into the log. Between the two there must be, finished: the frame that
// commits, and then a sync of the log that began after that frame was written.
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createReadStream, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { type HostName, prepare } from './victim.ts'

const HANDS = 64
const MEMBERS = 16
const CALLS = 'pwrite64,pwritev,write,writev,sendto,sendmsg,fdatasync,fsync'

export const canTrace = () => spawnSync('strace', ['-V']).status === 0

/** Lets 64 hands redeem until there are `count` answers, and proves each of them. workerd is traced once it runs: it starts no other way. */
export async function syncs(host: HostName, count: number) {
  const folder = mkdtempSync(join(tmpdir(), 'muse-syncs-'))
  const trace = join(folder, 'trace')
  // -y names the files; 4,200 characters hold a page; -D keeps the server our child.
  const options = ['-f', '-q', '-y', '-s', '4200', '-o', trace, '-e', `trace=${CALLS}`, '-e', 'signal=none']
  const victim = await prepare(host, host === 'node' ? { under: ['strace', '-D', '--seccomp-bpf', ...options] } : {})
  await victim.start()
  const tracer = host === 'node' ? undefined : await attach(options, victim.pid())
  const shop = await victim.openShop('syncs')
  for (let member = 0; member < MEMBERS; member++) await shop.grant(`c${member}`, 1_000_000)
  const codes: string[] = []
  const hand = async (number: number) => {
    while (codes.length < count) {
      const { status, body } = await shop.member(`c${number % MEMBERS}`).redeem(1)
      assert.equal(status, 201)
      codes.push(body.coupon.code)
    }
  }
  await Promise.all(Array.from({ length: HANDS }, (_, number) => hand(number)))
  await victim.stop('SIGTERM')
  await tracer?.over
  const read = await readTrace(trace, new Set(codes))
  await victim.remove()
  rmSync(folder, { recursive: true })
  for (const code of codes) prove(code, read)
  return { answers: codes.length, proved: codes.length, syncs: read.syncs.length, commits: read.commits.length }
}

// Begins to trace a process that runs; what it gives is over when the process is.
async function attach(options: string[], pid: number) {
  const over = once(spawn('strace', [...options, '-p', `${pid}`], { stdio: 'inherit' }), 'exit')
  while (/TracerPid:\s+0$/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))) await wait(10)
  // One thread is traced after the other.
  await wait(500)
  return { over }
}

/** Places in the trace, in its order: a call is there twice, as it begins and as it ends. */
interface Trace {
  /** Where each code first was in the log, written. */
  logged: Map<string, number>
  /** Where each answer began to leave. */
  answered: Map<string, number>
  /** Frames that commit, written. */
  commits: number[]
  syncs: { began: number; ended: number }[]
}

function prove(code: string, { logged, answered, commits, syncs }: Trace) {
  const written = logged.get(code)
  const left = answered.get(code)
  assert.ok(written !== undefined, `${code} never reached the log`)
  assert.ok(left !== undefined, `the answer with ${code} was not seen`)
  const commit = commits.find((at) => at >= written - 1)
  assert.ok(commit !== undefined, `${code} was not committed`)
  const sync = syncs.find(({ began }) => began > commit)
  assert.ok(sync && sync.ended < left, `the answer with ${code} left before its commit was synced`)
}

async function readTrace(file: string, codes: Set<string>): Promise<Trace> {
  const read: Trace = { logged: new Map(), answered: new Map(), commits: [], syncs: [] }
  const open = new Map<string, { text: string; began: number }>()
  let place = 0
  for await (const line of createInterface({ input: createReadStream(file, 'latin1') })) {
    place++
    const [, thread = '', rest = ''] = /^(\d+) +(.*)$/s.exec(line) ?? []
    if (rest.endsWith('<unfinished ...>')) {
      open.set(thread, { text: rest, began: place })
      continue
    }
    const resumed = /^<\.\.\. \w+ resumed>/.test(rest)
    const { text, began } = (resumed && open.get(thread)) || { text: rest, began: place }
    note(read, codes, text, /= (-?\d+)[^=]*$/.exec(rest)?.[1] ?? '', began, place)
  }
  return read
}

function note(read: Trace, codes: Set<string>, text: string, result: string, began: number, ended: number) {
  const [, call = '', file = ''] = /^(\w+)\(\d+<([^>]*)>/.exec(text) ?? []
  if (file.endsWith('-wal')) {
    if (/sync$/.test(call) && result === '0') read.syncs.push({ began, ended })
    if (!/write/.test(call)) return
    // A frame's header is 24 bytes; the size of the book after it, its second number, is there only in the one that commits.
    if (result === '24' && /[^\0]/.test(bytesOf(text).slice(4, 8))) read.commits.push(ended)
    for (const code of codesIn(text)) if (codes.has(code) && !read.logged.has(code)) read.logged.set(code, ended)
  } else if (file.startsWith('socket:') || file.startsWith('TCP')) {
    const code = text.includes('HTTP/1.1 201') ? /coupon\\":\{\\"code\\":\\"([0-9A-Z]{16,20})/.exec(text)?.[1] : undefined
    if (code && !read.answered.has(code)) read.answered.set(code, began)
  }
}

const codesIn = (text: string) => text.match(/[0-9A-Z]{16}/g) ?? []

const escapes: Record<string, string> = { n: '\n', t: '\t', r: '\r', v: '\v', f: '\f', '"': '"', '\\': '\\' }

/** The bytes of the first string strace quoted. */
const bytesOf = (text: string) =>
  (/"((?:[^"\\]|\\.)*)"/s.exec(text)?.[1] ?? '').replace(/\\([0-7]{1,3}|.)/g, (_, it: string) =>
    /^[0-7]/.test(it) ? String.fromCharCode(Number.parseInt(it, 8)) : (escapes[it] ?? it),
  )
