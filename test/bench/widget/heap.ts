// What a widget keeps: its heap after loading and when open, and what each opening and closing leaves behind.
import type { Figures } from '../rounds.ts'
import type { Place } from './measures.ts'
import type { Variant } from './peers.ts'
import { install } from './probe.ts'
import { type Visit, visit } from './visit.ts'

/** So many times it is opened and closed before it is counted, for what is made once. */
const WARM = 50

export async function heap({ browser, site, url }: Place, { launcher, shell, close }: Variant, cycles: number): Promise<Figures> {
  const one = await visit(browser, site, url, { cpu: 1 })
  const { page } = one
  await one.settle()
  await page.evaluate(install)
  const loaded = await kept(one)
  const figures: Figures = { 'heap loaded': loaded.heap }
  if (launcher && shell) {
    const cycle = (times: number) =>
      page.evaluate(([times, launcher, shell, close]) => probe.cycle(times, launcher, shell, close), [times, launcher, shell, close] as const)
    await page.evaluate(
      async ([launcher, shell]) => {
        probe.click(launcher)
        probe.look({ shell }, 5_000)
        await probe.painted()
      },
      [launcher, shell] as const,
    )
    await one.settle()
    figures['heap open'] = (await kept(one)).heap
    await page.evaluate((close) => probe.close(close), close)
    await cycle(WARM)
    await one.settle()
    const before = await kept(one)
    await cycle(cycles)
    await one.settle()
    const after = await kept(one)
    figures['bytes a cycle'] = (after.heap - before.heap) / cycles
    figures['nodes a cycle'] = (after.nodes - before.nodes) / cycles
    figures['listeners a cycle'] = (after.listeners - before.listeners) / cycles
  }
  await one.close()
  return figures
}

/** What is still there after everything that is not needed was thrown away. */
async function kept({ cdp }: Visit) {
  for (let time = 0; time < 3; time++) await cdp.send('HeapProfiler.collectGarbage')
  const { metrics } = await cdp.send('Performance.getMetrics')
  const of = (wanted: string) => metrics.find(({ name }) => name === wanted)?.value ?? Number.NaN
  return { heap: of('JSHeapUsedSize'), nodes: of('Nodes'), listeners: of('JSEventListeners') }
}
