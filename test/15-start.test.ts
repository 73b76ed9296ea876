// A start that cannot be says why in a sentence, and ends.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { afterAll, expect, test } from 'vitest'
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
