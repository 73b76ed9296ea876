// What a widget keeps: its heap after loading and when open, and what each opening and closing leaves behind.
import type { Figures } from '../rounds.ts'
import type { Place } from './measures.ts'
import type { Variant } from './peers.ts'
import { install } from './probe.ts'
import { type Visit, visit } from './visit.ts'

/** So many times it is opened and closed before it is counted, for what is made once. */
const WARM = 50
/** Whoever takes a second to close is counted over fewer, in milliseconds. */
const PATIENCE = 20_000

/** Bytes, nodes and listeners; `cycles` is how often it was opened and closed at most. */
export async function heap({ browser, site, url }: Place, variant: Variant, cycles: number): Promise<Figures> {
  const one = await visit(browser, site, url, { cpu: 1 })
  await one.settle()
  await one.page.evaluate(install)
  const loaded = await kept(one)
  const figures = { 'heap loaded': loaded.heap, ...(await opened(one, variant, cycles)) }
  await one.close()
  return figures
}

async function opened(one: Visit, { launcher, shell, close }: Variant, cycles: number): Promise<Figures> {
  if (!launcher || !shell || !close) return {}
  const { page } = one
  const open = async ([launcher, shell]: readonly [string, string]) => {
    probe.click(launcher)
    probe.look({ shell }, 5_000)
    await probe.painted()
  }
  const cycle = ([times, patience, ...names]: readonly [number, number, string, string, string]) => probe.cycle(times, patience, ...names)
  await page.evaluate(open, [launcher, shell] as const)
  await one.settle()
  const { heap } = await kept(one)
  await page.evaluate((close) => probe.click(close), close)
  await page.evaluate(cycle, [WARM, PATIENCE / 2, launcher, shell, close] as const)
  await one.settle()
  const before = await kept(one)
  const count = await page.evaluate(cycle, [cycles, PATIENCE, launcher, shell, close] as const)
  await one.settle()
  const after = await kept(one)
  return {
    'heap open': heap,
    'bytes a cycle': (after.heap - before.heap) / count,
    'nodes a cycle': (after.nodes - before.nodes) / count,
    'listeners a cycle': (after.listeners - before.listeners) / count,
  }
}

/** What is still there after everything that is not needed was thrown away. */
async function kept({ cdp }: Visit) {
  for (let time = 0; time < 3; time++) await cdp.send('HeapProfiler.collectGarbage')
  const { metrics } = await cdp.send('Performance.getMetrics')
  const of = (wanted: string) => metrics.find(({ name }) => name === wanted)?.value ?? Number.NaN
  return { heap: of('JSHeapUsedSize'), nodes: of('Nodes'), listeners: of('JSEventListeners') }
}
