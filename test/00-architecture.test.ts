// Who may know whom, and how long a file may be: of the project as it is, and, to see that the test can fail, of small offenders.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { offences } from './architecture.ts'

it('finds nothing to say about the project', () => {
  expect(offences(project())).toEqual([])
})

const header = '// A header.\n'

it.each([
  ['up', 'server/ledger/a.ts', `import '../acts/b.ts'`],
  ['beside', 'server/rules/a.ts', `import type { Lot } from '../ledger/lots.ts'`],
  ['beside', 'server/ledger/a.ts', `export { receipt } from '../rules/receipt.ts'`],
  ['up', 'server/acts/a.ts', `const app = await import('../http/app.ts')`],
  ['up', 'server/http/a.ts', `let host: import('../hosts/node.ts').Host`],
  ['up', 'server/contract.ts', `import { Program } from './rules/program.ts'`],
  ['out', 'server/http/a.ts', `import en from '../../widget/text/en.ts'`],
  ['nowhere', 'server/http/a.ts', `import '../elsewhere/a.ts'`],
  ['values of the contract', 'widget/a.ts', `import { iso } from '../server/contract.ts'`],
  ['its values in disguise', 'widget/a.ts', `import { type Wallet } from '../server/contract.ts'`],
  ['the inner server', 'widget/a.ts', `import type { Program } from '../server/rules/program.ts'`],
  ['the inner server', 'demo/a.ts', `import { redeem } from '../server/acts/coupons.ts'`],
  ['the demo', 'server/hosts/serve.ts', `import '../../demo/open.ts'`],
  ['the demo', 'bin/a.ts', `import '../demo/open.ts'`],
  ['a test', 'demo/a.ts', `import { stories } from '../test/stories.ts'`],
])('sees an import that goes %s, in %s: %s', (_, path, source) => {
  expect(offences({ [path]: header + source })).toHaveLength(1)
})

it.each([
  ['server/acts/a.ts', `import { Hono } from 'hono'`],
  ['server/rules/a.ts', `import { etag } from 'hono/etag'`],
  ['widget/panel/wallet.ts', `const { default: ky } = await import('ky')`],
  ['server/http/a.ts', `import { createHash } from 'node:crypto'`],
  ['server/hosts/worker.ts', `import 'node:fs'`],
  ['widget/a.ts', `export * from 'node:url'`],
])('sees a package come in by another door, in %s: %s', (path, source) => {
  expect(offences({ [path]: header + source })).toEqual([expect.stringContaining('has another door')])
})

it.each([
  'Date.now()',
  'new Date()',
  'new Date',
  'Date()',
  'Math.random()',
  `Math['random']()`,
  'performance.now()',
  'globalThis.performance.now()',
  'crypto.getRandomValues(bytes)',
  'crypto.randomUUID()',
  'Temporal.Now.instant()',
])('sees a clock or dice below the host: %s', (source) => {
  for (const floor of ['ledger', 'rules', 'acts']) expect(offences({ [`server/${floor}/a.ts`]: header + source })).toHaveLength(1)
  expect(offences({ 'server/hosts/a.ts': header + source })).toEqual([])
})

it('sees a circle', () => {
  const circle = { 'server/acts/a.ts': `${header}import './b.ts'`, 'server/acts/b.ts': `${header}import type { A } from './a.ts'` }
  expect(offences(circle)).toEqual(['in a circle: server/acts/a.ts → server/acts/b.ts → server/acts/a.ts'])
})

it('sees a file that is too long, has no header, or has a name for anything', () => {
  const lines = (count: number) => `${header}\n// Why.\n${'tick()\n'.repeat(count)}`
  expect(offences({ 'demo/a.ts': lines(251) })).toEqual(['demo/a.ts: has 251 lines of code; 250 is the most'])
  expect(offences({ 'widget/a.tsx': 'tick()' })).toEqual(['widget/a.tsx: has no header comment'])
  for (const path of ['server/acts/utils.ts', 'demo/helpers/a.ts', 'widget/common.ts']) {
    expect(offences({ [path]: lines(1) })).toEqual([`${path}: this name says nothing`])
  }
})

it('lets pass what is as it should be', () => {
  const sources = {
    'server/ledger/a.ts': `import { NEVER } from '../contract.ts'; new Date(0)`,
    'server/acts/a.ts': `import { z } from 'zod'; import '../rules/code.ts'; import '../ledger/a.ts'`,
    'server/hosts/node/disk.ts': `import 'node:fs'; import { Hono } from 'hono'; import '../http/app.ts'`,
    'widget/panel/api.ts': `import type { Wallet } from '../../server/contract.ts'; import('ky')`,
    'demo/a.ts': `import { serve } from '../server/hosts/node.ts'; import { Hono } from 'hono'; ${'// long\n'.repeat(300)}`,
    'test/a.ts': `import '../demo/a.ts'; import { redeem } from '../server/acts/coupons.ts'`,
  }
  expect(offences(Object.fromEntries(Object.entries(sources).map(([path, source]) => [path, header + source])))).toEqual([])
})

function project() {
  const folders = ['server', 'widget', 'demo', 'test', 'bin'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path)),
  )
  const paths = [...folders, 'vite.config.ts'].filter((path) => /\.(tsx?|js|css|json)$/.test(path))
  return Object.fromEntries(paths.map((path) => [path.replaceAll('\\', '/'), readFileSync(path, 'utf8')]))
}
