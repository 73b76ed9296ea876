// A start that cannot be says why in a sentence, and ends; one that can be does not mind where it is.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, symlinkSync } from 'node:fs'
import { createServer } from 'node:net'
import { join, relative, resolve } from 'node:path'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { freePort } from './edge/build.ts'
import { folder } from './folder.ts'

const taken = createServer()
await new Promise<void>((listening) => taken.listen(0, listening))
const { port } = taken.address() as { port: number }
afterAll(() => void taken.close())

async function started(file: string, PORT: string) {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', file], {
    env: { ...process.env, PORT, MUSE_DATA: folder() },
  })
  let said = ''
  child.stderr.on('data', (piece) => {
    said += piece
  })
  const [code] = await once(child, 'close')
  return [code, said]
}

test.each(['server/hosts/serve.ts', 'demo/start.ts'])('%s, on a port that is taken', async (file) => {
  expect(await started(file, `${port}`)).toEqual([1, `Port ${port} is in use. PORT=… names another.\n`])
})

test.each(['abc', '65536'])('on a port there is not: %s', async (wrong) => {
  expect(await started('server/hosts/serve.ts', wrong)).toEqual([1, `PORT is a number from 0 to 65535; it is not "${wrong}".\n`])
})

test.each([
  ['demo/start.ts', ['/', '/bench/', '/muse.js', '/healthz']],
  ['server/hosts/serve.ts', ['/muse.js', '/healthz']],
  ['server/hosts/edge.ts', ['/muse.js', '/healthz']],
])('%s, in a folder whose name has spaces and letters of anywhere', { timeout: 60_000 }, async (file, paths) => {
  const here = join(folder(), 'my shop é 店')
  for (const part of ['package.json', 'server', 'demo', 'dist/bench', 'dist/edge', 'dist/widget'])
    cpSync(part, join(here, part), { recursive: true })
  symlinkSync(resolve('node_modules'), join(here, 'node_modules'))
  const env = { ...process.env, PORT: `${await freePort()}`, MUSE_DATA: '.muse' }
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', file], { cwd: here, env })
  const ended = once(child, 'close')
  onTestFinished(async () => {
    child.kill()
    await ended
  })
  const statuses = () => Promise.all(paths.map(async (path) => (await fetch(`http://localhost:${env.PORT}${path}`)).status))
  await expect.poll(() => statuses().catch(() => []), { timeout: 30_000 }).toEqual(paths.map(() => 200))
})

test.each(['serve', 'edge'])('npm run %s says where its books are: another folder is an empty server', async (name) => {
  const data = folder()
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', `server/hosts/${name}.ts`], {
    env: { ...process.env, PORT: '0', MUSE_DATA: relative('.', data) },
  })
  let said = ''
  for await (const piece of child.stdout) {
    said += piece
    if (said.includes('not shown again')) child.kill()
  }
  expect(said.split('\n')).toContain(`Books        ${data}`)
})
