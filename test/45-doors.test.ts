// What knocks at the commands' servers by hand: a probe that speaks HTTP/1.0, a host that is none, more than anybody wants to read, an
// instant beyond the platform's last.
import { once } from 'node:events'
import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { createRaw } from './battery/raw.ts'
import { command, until } from './commands.ts'
import { folder } from './folder.ts'
import { openShop } from './story.ts'

const SERVE = 'server/hosts/serve.ts'
const EDGE = 'server/hosts/edge.ts'

/** What a server answers to these lines. */
async function answerTo(url: string, ...lines: string[]) {
  const { send, close } = createRaw(url)
  const got = await send({ pieces: [[...lines, 'Connection: close', '', ''].join('\r\n')] })
  close()
  return got
}

test('a probe that speaks HTTP/1.0 and names no host hears that the server is well', async () => {
  const { url, up } = await command(SERVE, folder())
  await up()
  expect(await answerTo(url, 'GET /healthz HTTP/1.0')).toMatchObject({ status: 200, body: '{"ok":true}' })
  // Without a host HTTP/1.1 is none.
  expect(await answerTo(url, 'GET /healthz HTTP/1.1')).toMatchObject({ status: 400 })
})

test('a connection is kept for longer than a proxy keeps it, which would else send a request into one that is being closed', async () => {
  const { url, up } = await command(SERVE, folder())
  await up()
  for (const path of ['/healthz', '/v1/shops/nobody/me', '/muse.js'])
    expect((await fetch(url + path)).headers.get('Keep-Alive'), path).toBe('timeout=75')
})

test('what is no HTTP behind requests that are gets its no after their answers, and not in place of them', async () => {
  const { url, up } = await command(SERVE, folder())
  await up()
  const shop = await openShop({ fetch: (request) => fetch(url + new URL(request.url).pathname, request), clock: Date.now })
  const well = ['GET /healthz HTTP/1.1', 'Host: localhost', '', '']
  const gift = '{"points": 5, "reason": "gift"}'
  const grant = (key: string) => [
    ...['POST /v1/shops/jej/members/c1/grants HTTP/1.1', 'Host: localhost', `Authorization: Bearer ${shop.keys.secret}`],
    ...[`Idempotency-Key: ${key}`, `Content-Length: ${gift.length}`, '', gift],
  ]
  const garbage = ['GARBAGE\r\n\r\n', 'GET /healthz HTTP/9.9\r\n\r\n', `GET / HTTP/1.1\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`]
  for (const [nth, last] of garbage.entries()) {
    const socket = connect(Number(new URL(url).port))
    let heard = ''
    socket.on('data', (piece) => {
      heard += piece
    })
    socket.write([...well, ...grant(`a${nth}`)].join('\r\n') + grant(`b${nth}`).join('\r\n') + last)
    await once(socket, 'close')
    const statuses = Array.from(heard.matchAll(/HTTP\/1\.1 (\d+)/g), ([, status]) => status)
    expect(statuses).toEqual(['200', '201', '201', nth < 2 ? '400' : '413'])
  }
  expect((await shop.member('c1').wallet()).points.available).toBe(30)
})

test.each([SERVE, EDGE])('%s says no to a host that is none', async (file) => {
  const { url, up, said } = await command(file, folder())
  await up()
  for (const host of ['a b', '[::1']) {
    const { status, headers, body } = (await answerTo(url, 'GET /healthz HTTP/1.1', `Host: ${host}`)) ?? {}
    expect([status, headers?.['content-type']]).toEqual([400, 'application/problem+json'])
    expect(JSON.parse(body ?? '')).toMatchObject({
      code: 'invalid-request',
      detail: expect.stringContaining('The address is not understood'),
    })
  }
  expect(said.err).toBe('')
})

test.each([SERVE, EDGE])('%s gives the tag to who reads it, and says no to all else as everywhere', async (file) => {
  const { url, up } = await command(file, folder())
  await up()
  for (const accepted of ['identity', 'br']) {
    const { status, headers } = await fetch(`${url}/muse.js`, { headers: { 'Accept-Encoding': accepted } })
    expect([status, headers.get('Vary'), headers.get('Cache-Control')]).toEqual([200, 'Accept-Encoding', 'public, max-age=300'])
  }
  for (const [method, path] of [
    ['POST', '/muse.js'],
    ['DELETE', '/muse.js'],
    ['OPTIONS', '/muse.js'],
    ['GET', '/chunks/of-another-build.js'],
  ] as const) {
    const response = await fetch(url + path, { method })
    // A no that somebody keeps would outlive the build that has the file.
    expect([method, response.status, response.headers.get('Cache-Control')]).toEqual([method, 404, 'no-store'])
    expect(await response.json()).toMatchObject({ code: 'not-found' })
  }
})

test('the edge takes any free port for 0, says which, and says when it has stopped', async () => {
  const { child, said, ended } = await command(EDGE, folder(), { PORT: '0' })
  await until(() => said.out.includes('/v1'))
  const url = /http:\S+(?=\/v1)/.exec(said.out)?.[0]
  expect((await fetch(`${url}/healthz`)).status).toBe(200)
  child.kill('SIGTERM')
  expect(await ended).toEqual([0, null])
  expect(said.out).toMatch(/Stopped\n$/)
})

const MEBIBYTE = 1024 * 1024

/** Sends all it has before it listens, as most clients do; gives the first line of the answer. Throws where it was cut off meanwhile. */
async function afterAll(url: string, path: string, size: number, inPieces: boolean): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  const broken = once(socket, 'error').then(([error]) => Promise.reject(error))
  broken.catch(() => {})
  // Piece by piece: what is sent in one go is in the server's hands before it has said anything.
  const say = (text: string | Buffer) => Promise.race([new Promise((sent) => socket.write(text, sent)), broken])
  const framing = inPieces ? 'Transfer-Encoding: chunked' : `Content-Length: ${size}`
  await say(`POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n${framing}\r\n\r\n`)
  const piece = Buffer.alloc(65_536, ' ')
  for (let sent = 0; sent < size; sent += piece.length) {
    if (inPieces) await say('10000\r\n')
    await say(piece)
    if (inPieces) await say('\r\n')
  }
  if (inPieces) await say('0\r\n\r\n')
  const [heard] = await Promise.race([once(socket, 'data'), broken])
  socket.destroy()
  return String(heard).split('\r\n')[0] ?? ''
}

test.each([SERVE, EDGE])('%s reads what is too large, and nobody is cut off before hearing so', async (file) => {
  const { url, up, said } = await command(file, folder())
  await up()
  await openShop({ fetch: (request) => fetch(url + new URL(request.url).pathname, request), clock: Date.now, shop: 'one' })
  await openShop({ fetch: (request) => fetch(url + new URL(request.url).pathname, request), clock: Date.now, shop: 'many', books: 32 })
  for (const [path, status] of [
    ['/v1/shops/one/quotes', 413],
    ['/v1/shops/many/quotes', 413],
    ['/v1/shops/many/grants', 401],
    ['/v1/shops/none/quotes', 404],
    ['/', 404],
  ] as const)
    for (const inPieces of [true, false])
      for (let time = 0; time < 3; time++)
        expect([path, await afterAll(url, path, 6 * MEBIBYTE, inPieces)]).toEqual([path, expect.stringContaining(`HTTP/1.1 ${status} `)])
  expect(said.err).toBe('')
})

test('what falls due after 2189 sets an alarm that the platform takes', async () => {
  const { url, up, said, child, ended } = await command(EDGE, folder())
  await up()
  const shop = await openShop({ fetch: (request) => fetch(url + new URL(request.url).pathname, request), clock: Date.now })
  expect((await shop.grant('c1', 5, { expiresAt: '2500-01-01T00:00:00Z' })).status).toBe(201)
  expect((await shop.member('c1').wallet()).expiring).toEqual([{ points: 5, at: '2500-01-01T00:00:00.000Z' }])
  child.kill('SIGTERM')
  await ended
  expect(said.err).toBe('')
})
