// The commands that run a server, told to stop at awkward moments, killed, and started twice on the same books.
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { command, until } from './commands.ts'
import { folder } from './folder.ts'
import { OPERATOR, program } from './story.ts'

const EDGE = 'server/hosts/edge.ts'

/** The process in which workerd keeps these books; 0 where there is none. */
function workerd(data: string): number {
  const note = join(data, 'edge.pid')
  return existsSync(note) ? Number.parseInt(readFileSync(note, 'utf8'), 10) || 0 : 0
}

/** Whether a process is at work: one that has ended may be listed until somebody has heard of it. */
const runs = (pid: number) => /^[^Z]/.test(spawnSync('ps', ['-o', 'stat=', '-p', `${pid}`], { encoding: 'utf8' }).stdout)

test.each([
  ['server/hosts/serve.ts', 'SIGTERM'],
  ['demo/start.ts', 'SIGINT'],
  [EDGE, 'SIGTERM'],
  [EDGE, 'SIGINT'],
] as const)('%s, told to stop by %s as soon as it answers, ends with 0 and leaves nothing behind', async (file, signal) => {
  const data = folder()
  const { child, ended, said, up } = await command(file, data)
  await up()
  const pid = workerd(data)
  child.kill(signal)
  expect([await ended, said.err]).toEqual([[0, null], ''])
  if (file === EDGE) expect([pid > 0, runs(pid)]).toEqual([true, false])
})

test('workerd that does not answer yet ends with the command that starts it', async () => {
  const data = folder()
  const { child, ended, said } = await command(EDGE, data)
  await until(() => workerd(data) > 0)
  const pid = workerd(data)
  child.kill('SIGTERM')
  expect([await ended, said]).toEqual([[0, null], { out: 'Stopped\n', err: '' }])
  expect(runs(pid)).toBe(false)
})

const servers = ['server/hosts/serve.ts', 'demo/start.ts', EDGE]

test.each(servers)('%s is not started twice on the same books, and the first one does not notice', async (file) => {
  const data = folder()
  const first = await command(file, data)
  await first.up()
  const pid = workerd(data)
  const second = await command(file, data)
  expect(await second.ended).toEqual([1, null])
  expect(second.said).toEqual({ out: '', err: `${data} is in use by another server.\n` })
  expect([workerd(data), await first.healthy()]).toEqual([pid, true])
  first.child.kill('SIGTERM')
  expect(await first.ended).toEqual([0, null])
})

test.each(servers)('%s goes on when nobody reads its log any more', async (file) => {
  const { child, ended, up, url } = await command(file, folder(), { MUSE_LOG: 'requests' })
  await up()
  child.stdout.destroy()
  child.stderr.destroy()
  for (let asked = 0; asked < 5; asked++) {
    expect((await fetch(`${url}/v1/shops/nobody/program`)).status).toBe(404)
    await wait(20)
  }
  child.kill('SIGTERM')
  expect(await ended).toEqual([0, null])
})

test.each(servers)('%s, started three times at the same instant, is one server', async (file) => {
  const data = folder()
  const all = await Promise.all(Array.from({ length: 3 }, () => command(file, data)))
  const refused = () => all.filter(({ child }) => child.exitCode === 1)
  await until(() => refused().length === 2)
  for (const { said } of refused()) expect(said).toEqual({ out: '', err: `${data} is in use by another server.\n` })
  await (all.find((it) => !refused().includes(it)) as (typeof all)[0]).up()
})

test.each(['server/hosts/serve.ts', 'demo/start.ts'])('%s starts at once where the one before was killed', async (file) => {
  const data = folder()
  const first = await command(file, data)
  await first.up()
  first.child.kill('SIGKILL')
  await once(first.child, 'exit')
  const second = await command(file, data)
  await second.up()
})

test('workerd whose command was killed is an orphan, and the next one takes its books over', async () => {
  const data = folder()
  const first = await command(EDGE, data)
  await first.up()
  const orphan = workerd(data)
  first.child.kill('SIGKILL')
  await once(first.child, 'exit')
  expect(runs(orphan)).toBe(true)
  const second = await command(EDGE, data)
  await second.up()
  expect([workerd(data) === orphan, runs(orphan)]).toEqual([false, false])
})

const SHOP = JSON.stringify({ program, origins: [] })

/** Begins to send a shop, and keeps the rest of it back; gives what was answered, once the connection is over. */
async function half(url: string) {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  let heard = ''
  socket.on('data', (piece) => {
    heard += piece
  })
  socket.on('error', () => {})
  const over = once(socket, 'close').then(() => heard)
  const head = [`PUT /v1/shops/jej HTTP/1.1`, 'Host: x', `Authorization: Bearer ${OPERATOR}`, 'Content-Type: application/json']
  socket.write(`${head.join('\r\n')}\r\nContent-Length: ${SHOP.length}\r\n\r\n`)
  return { socket, over }
}

test('the embedded server waits for who goes on sending, however slowly, and not for who has stopped', async () => {
  const { url, up, child, ended } = await command('server/hosts/serve.ts', folder())
  await up()
  const [slow, still] = [await half(url), await half(url)]
  await fetch(`${url}/healthz`)
  child.kill('SIGTERM')
  for (const letter of SHOP.slice(0, 40)) {
    slow.socket.write(letter)
    await wait(200)
  }
  // By now the other one was given up.
  expect(await still.over).toBe('')
  slow.socket.write(SHOP.slice(40))
  expect(await slow.over).toMatch(/^HTTP\/1.1 201 /)
  expect(await ended).toEqual([0, null])
})

test('the edge ends although somebody never sends the rest', async () => {
  const { url, up, child, ended, said } = await command('server/hosts/edge.ts', folder())
  await up()
  await until(() => said.out.includes('/v1'))
  await half(url)
  await fetch(`${url}/healthz`)
  child.kill('SIGTERM')
  expect(await ended).toEqual([0, null])
})
