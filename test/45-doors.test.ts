// What knocks at the commands' servers by hand: a probe that speaks HTTP/1.0, a host that is none, an instant beyond the platform's last.
import { expect, test } from 'vitest'
import { createRaw } from './battery/raw.ts'
import { command, folder } from './commands.ts'
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
