// The commands asked in a wrong way or at a wrong time: a line that says why, 1, and nothing written; `--help` says how.
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer as createHttp } from 'node:http'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { othersBooks } from '../server/hosts/node/files.ts'
import { open, serve } from '../server/hosts/node.ts'
import { operatorKey } from '../server/hosts/operator.ts'
import { folder } from './folder.ts'
import { asking, OPERATOR, openShop, program } from './story.ts'

/** Runs a command in a folder of its own; gives its exit code and what it printed. */
async function command(name: string, args: string[], data: string, { cwd = data, more = {} }: { cwd?: string; more?: object } = {}) {
  const env = { ...process.env, MUSE_DATA: data, MUSE_OPERATOR_KEY: OPERATOR, PORT: '1', ...more }
  const file = join(process.cwd(), 'server/hosts', `${name}.ts`)
  return promisify(execFile)(process.execPath, ['--disable-warning=ExperimentalWarning', file, ...args], {
    env,
    cwd,
    timeout: 30_000,
  }).then(
    ({ stdout }) => ({ code: 0, said: stdout }),
    ({ code, stderr }) => ({ code: code as number, said: stderr as string }),
  )
}

const commands = ['backup', 'restore', 'import', 'split']

test.each(commands)('%s --help says how it is asked, and does nothing', async (name) => {
  const data = folder()
  expect(await command(name, ['--help'], data)).toEqual({ code: 0, said: expect.stringContaining(`npm run ${name} -- `) })
  expect(readdirSync(data)).toEqual([])
})

const begun = '{"table":"shop","origins":"[]"}\n{"table":"programs","document":"{}"}\n'
const whole = `${begun}{"table":"end","rows":2}\n`

test.each([
  ...commands.flatMap((name): [string, string[], RegExp][] => [
    [name, ['a', '32', 'b'], /^muse: Nobody knows what "(b|32)" is for: .*npm run/],
    [name, ['a', '--what'], /^muse: Unknown option '--what': .*npm run/],
    [name, [], /^muse: Say more: .*npm run/],
  ]),
  ['split', ['jej', '7'], /32 or 1024 books/],
  ['split', ['jej', '32', '--url', 'nowhere'], /not at "nowhere"/],
  ['import', ['jej', 'text', '--books', '7'], /--books is 1, 32 or 1024; it is not "7"/],
  ['import', ['jej', 'none'], /no such file/],
  ['import', ['jej', 'empty'], /empty is empty/],
  ['import', ['jej', 'text'], /Line 2 of text is not JSON/],
  ['import', ['jej', 'other'], /other is no export of a shop/],
  ['import', ['jej', 'string'], /Line 1 of string is no row of an export/],
  ['import', ['jej', 'half'], /half is not whole: it ends before the export does/],
  ['import', ['jej', 'torn'], /Line 3 of torn is not JSON/],
  ['import', ['jej', 'fewer'], /fewer is not whole: it has 2 of the export's 3 rows/],
  ['import', ['jej', 'twice'], /Line 4 of twice comes after the export's end/],
  ['import', ['jej'], /^muse: Say more: .*npm run/],
  ['import', ['jej', 'whole', '--give-up'], /Nothing else is asked for where an import is given up/],
  ['import', ['jej', 'whole', '--url', 'http://localhost:1'], /http:\/\/localhost:1 gives no answer \(.+\)/],
] as [string, string[], RegExp][])('%s %j ends in a line', async (name, args, why) => {
  const data = folder()
  const files = {
    empty: '',
    text: '{"table":"shop","origins":"[]"}\nit is said\n',
    other: '{"table":"members"}\n',
    string: '"shop"\n',
    half: begun,
    torn: `${begun}{"table":"en`,
    fewer: `${begun}{"table":"end","rows":3}\n`,
    twice: `${whole}${whole}`,
    whole,
  }
  for (const [file, text] of Object.entries(files)) writeFileSync(join(data, file), text)
  const { code, said } = await command(name, args, data)
  expect([code, said.match(/\n/g)?.length]).toEqual([1, 1])
  expect(said).toMatch(why)
  expect(readdirSync(data).toSorted()).toEqual(Object.keys(files).toSorted())
})

test.each(['serve', 'edge'])('%s is told by the environment alone, and says so', async (name) => {
  const data = folder()
  expect(await command(name, ['--help'], data)).toEqual({ code: 0, said: expect.stringMatching(/^npm run \w+\nPORT .*MUSE_DATA/) })
  expect(await command(name, ['--port', '9000'], data)).toEqual({
    code: 1,
    said: expect.stringMatching(/^muse: Nobody knows what "--port" .*\n$/),
  })
  expect(readdirSync(data)).toEqual([])
})

test('a shop that a server has open is not split', async () => {
  const data = folder()
  const server = open({ data, operatorKey: OPERATOR })
  onTestFinished(server.close)
  const shop = await openShop({ fetch: server.fetch, clock: Date.now, books: 1 })
  expect(await command('split', ['jej', '32'], data)).toEqual({ code: 1, said: 'muse: jej is open in a running server: stop it first.\n' })
  expect((await shop.grant('c1', 5)).status).toBe(201)
})

test('an embedded server asked to split while it runs is told from the edge; a shop that there is not stays that', async () => {
  const { url, close } = await serve({ data: null, operatorKey: OPERATOR, port: 0 })
  onTestFinished(close)
  await asking(fetch, '/v1/shops/jej', url)(() => OPERATOR)('PUT', '', { program, origins: [] })
  for (const args of [['32'], ['--give-up']])
    expect(await command('split', ['jej', ...args, '--url', url], folder())).toEqual({
      code: 1,
      said: `muse: ${url} is no edge, which alone divides a shop while it runs: stop it, and leave --url out.\n`,
    })
  expect((await command('split', ['nobody', '32', '--url', url], folder())).said).toBe('muse: There is no such shop.\n')
})

test('an import that there is not is not given up, which is no success', async () => {
  const server = createHttp((_, response) => response.writeHead(404).end('{"detail": "There is no such shop.", "code": "not-found"}'))
  await once(server.listen(0), 'listening')
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo
  expect(await command('import', ['nobody', '--give-up', '--url', `http://localhost:${port}`], folder())).toEqual({
    code: 1,
    said: 'muse: There is no shop nobody: nothing was given up, and its name is free.\n',
  })
})

// /proc says ENOENT to whoever makes a folder in it, and Node’s own recursive mkdir would ask it for ever.
test('a server where no folder can be made says so and ends', async () => {
  const said = expect.stringMatching(/^MUSE_DATA is no folder to keep books in: .*\n$/)
  for (const name of ['serve', 'edge']) expect(await command(name, [], '/proc/muse/books', { cwd: '.' })).toEqual({ code: 1, said })
})

test.each(['serve', 'edge'])('%s on a file in place of a folder', async (name) => {
  const file = join(folder(), 'file')
  writeFileSync(file, '')
  const said = expect.stringMatching(/^MUSE_DATA is no folder to keep books in: .*\n$/)
  expect(await command(name, [], file, { cwd: '.' })).toEqual({ code: 1, said })
})

const isNoKey = 'is no key: that is one word of visible ASCII which does not begin with eyJ.\n'

test.each(['serve', 'edge'])('%s with an operator key that nobody could send, or that cannot be read, says so and ends', async (name) => {
  for (const MUSE_OPERATOR_KEY of [' ', 'two words', 'clé', 'eyJhbGciOiJIUzI1NiJ9'])
    expect(await command(name, [], folder(), { cwd: '.', more: { MUSE_OPERATOR_KEY } })).toEqual({
      code: 1,
      said: `MUSE_OPERATOR_KEY ${isNoKey}`,
    })
  const data = folder()
  mkdirSync(join(data, 'operator-key'))
  const said = expect.stringMatching(/^The operator key cannot be read: .*\n$/)
  expect(await command(name, [], data, { cwd: '.', more: { MUSE_OPERATOR_KEY: '' } })).toEqual({ code: 1, said })
})

test('an operator key that a full disk has left empty is made anew; one with a line feed behind it is the same key', () => {
  const data = folder()
  writeFileSync(join(data, 'operator-key'), '')
  expect(operatorKey(data, undefined)).toEqual({ value: readFileSync(join(data, 'operator-key'), 'utf8').trim(), isNew: true })
  expect(operatorKey(data, ' op_given\r\n')).toEqual({ value: 'op_given', isNew: false })
})

test.each(['serve', 'edge'])('%s on a port where somebody listens and says nothing names the port, and ends', async (name) => {
  const silent = createServer().listen(0)
  onTestFinished(() => void silent.close())
  await once(silent, 'listening')
  const { port } = silent.address() as AddressInfo
  const said = `Port ${port} is in use. PORT=… names another.\n`
  expect(await command(name, [], folder(), { cwd: '.', more: { PORT: `${port}` } })).toEqual({ code: 1, said })
})

test('a folder that has the other host’s shops, and none of this one’s, is told of', () => {
  const data = folder()
  for (const path of ['books', 'edge/muse-book']) mkdirSync(join(data, path), { recursive: true })
  writeFileSync(join(data, 'edge/muse-book/metadata.sqlite'), '')
  expect(othersBooks(data, 'serve')).toBe(undefined)
  writeFileSync(join(data, 'books/jej.0.sqlite'), '')
  expect([othersBooks(data, 'serve'), othersBooks(data, 'edge')]).toEqual([undefined, expect.stringContaining('npm run serve')])
  writeFileSync(join(data, 'edge/muse-book/7ff1ee.sqlite'), '')
  expect(othersBooks(data, 'edge')).toBe(undefined)
  rmSync(join(data, 'books'), { recursive: true })
  expect(othersBooks(data, 'serve')).toContain('npm run edge')
})

test('serve and backup on a book that is none name its file', async () => {
  const data = folder()
  mkdirSync(join(data, 'books'))
  const file = join(data, 'books/jej.0.sqlite')
  writeFileSync(file, 'it is said\n'.repeat(1000))
  expect(await command('serve', [], data, { cwd: '.' })).toEqual({ code: 1, said: `${file}: file is not a database\n` })
  expect(await command('backup', ['copy'], data)).toEqual({ code: 1, said: `muse: ${file}: file is not a database.\n` })
})

test.each(['serve', 'edge', ...commands])('npm run %s where nothing is installed names what installs it', async (name) => {
  expect(await run(name, clone())).toEqual([1, 'muse: node_modules is not there yet: npm run build makes it.\n'])
})

test('npm run serve on a Node that is too old says which it wants', async () => {
  const here = clone()
  for (const path of ['node_modules', 'dist/widget']) mkdirSync(join(here, path), { recursive: true })
  writeFileSync(join(here, 'dist/widget/muse.js'), '')
  // As a Node of another version would say of itself.
  writeFileSync(join(here, 'old.cjs'), "Object.defineProperties(process, { version: { value: 'v20.1.0' } })\n")
  appendFileSync(join(here, 'old.cjs'), "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.1.0' } })\n")
  const env = { ...process.env, NODE_OPTIONS: `--require ${join(here, 'old.cjs')}` }
  const said = 'muse: node is v20.1.0; Muse runs on 24 or later. npm ci brings one along.\n'
  expect((await run('serve', here, env)) as unknown[]).toEqual([1, expect.stringContaining(said)])
})

test('npm run serve says so where npm runs no scripts before and after others', async () => {
  const env = { ...process.env, npm_config_ignore_scripts: 'true' }
  expect(await run('serve', clone(), env)).toEqual([1, 'muse: node_modules is not there yet: npm run build makes it.\n'])
})

test.each(['serve', 'edge'])('npm run %s where nothing is built names what builds it', async (name) => {
  const here = clone()
  mkdirSync(join(here, 'node_modules'))
  expect(await run(name, here)).toEqual([1, 'muse: dist/widget/muse.js is not there yet: npm run build makes it.\n'])
  expect(existsSync(join(here, '.muse'))).toBe(false)
})

/** What npm itself needs of a clone. */
function clone(): string {
  const here = folder()
  for (const part of ['package.json', 'bin']) cpSync(part, join(here, part), { recursive: true })
  return here
}

const run = (name: string, cwd: string, env = process.env) =>
  promisify(execFile)('npm', ['run', '--silent', name], { cwd, env }).catch(({ code, stderr }) => [code, stderr])
