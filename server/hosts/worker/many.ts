// Asking many objects, some at a time.

/** How many objects are asked at once. */
export const AT_ONCE = 32

/** Runs all, 32 at a time, and gives what they gave, in their order. One that fails stops no other: what is left undone is as little as can be. */
export async function atOnce<T>(tasks: (() => Promise<T>)[]): Promise<T[]> {
  const settled: PromiseSettledResult<T>[] = []
  let next = 0
  const worker = async () => {
    for (let place = next++; place < tasks.length; place = next++)
      [settled[place]] = await Promise.allSettled([(tasks[place] as () => Promise<T>)()])
  }
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, tasks.length) }, worker))
  const broken = settled.find((it) => it.status === 'rejected')
  if (broken) throw broken.reason
  return settled.map((it) => (it as PromiseFulfilledResult<T>).value)
}
