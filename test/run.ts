// What `npm test` runs: every test, or those whose files' names are given. The last line it prints is the count.
import { parseCLI, startVitest, type TestModule, type TestSuite } from 'vitest/node'

const { filter, options } = parseCLI(['vitest', 'run', ...process.argv.slice(2)])
const again: string[] = []
const counts = { passed: 0, failed: 0, skipped: 0, pending: 0 }

try {
  const vitest = await startVitest('test', filter, { ...options, watch: false })
  for (const module of vitest.state.getTestModules()) count(module)
  counts.failed += vitest.state.getUnhandledErrors().length
  await vitest.close()
} catch (failure) {
  console.error(failure)
  counts.failed++
}

for (const name of again) console.log(`only at the second try: ${name}`)
const { passed, failed } = counts
const skipped = counts.skipped + counts.pending
console.log(`${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`)
process.exit(failed || !passed ? 1 : 0)

/** Counts a file's tests, and as a failure what broke outside of one: a file that cannot be loaded, a hook. */
function count(module: TestModule) {
  const groups: (TestModule | TestSuite)[] = [module, ...module.children.allSuites()]
  counts.failed += groups.filter((group) => group.errors().length).length
  for (const test of module.children.allTests()) {
    counts[test.result().state]++
    if (test.diagnostic()?.flaky) again.push(`${module.relativeModuleId} > ${test.name}`)
  }
}
