// What runs in the measured page. It is put there by its source text, so it knows nothing of this file but its own function.

export interface Entry {
  start: number
  duration: number
  value: number
  /** Of the events of one click or key. */
  interaction: number
}

interface Probe {
  /** The middle of an element, for a pointer to press. */
  middle(selector: string): { x: number; y: number }
  /** Begins to look in each frame which of these is in it. */
  look(marks: Record<string, string>, patience: number): void
  /** When each first was in a painted frame, in milliseconds of the page's own clock; missing after `patience`. */
  painted(): Promise<Record<string, number>>
  /** When the pointer was last lifted. */
  lifted(): number
  /** What the browser has noted since the page began, or since `watch`. */
  entries(type: string): Promise<Entry[]>
  /** From now on events of 16 ms and longer are noted, too. */
  watch(): void
  click(selector: string): void
  /** Opens and closes so many times, or as often as there is time for; answers with how often. */
  cycle(times: number, patience: number, launcher: string, shell: string, close: string): Promise<number>
}

declare global {
  var probe: Probe
}

/** Puts `probe` into the page. */
export function install() {
  let up = 0
  const noted: Entry[] = []
  const plain = (entry: PerformanceEntry & { value?: number; interactionId?: number }): Entry => ({
    ...{ start: entry.startTime, duration: entry.duration, value: entry.value ?? 0, interaction: entry.interactionId ?? 0 },
  })
  const find = (selector: string) => {
    let root: ParentNode | null | undefined = document
    let found: Element | null | undefined
    for (const step of selector.split(' >>> ')) {
      found = root?.querySelector(step)
      root = found?.shadowRoot
    }
    return found as HTMLElement | null | undefined
  }
  const isSeen = (selector: string) => {
    const element = find(selector)
    const { width = 0, height = 0 } = element?.getBoundingClientRect() ?? {}
    return width > 1 && height > 1 && element!.checkVisibility({ opacityProperty: true, visibilityProperty: true })
  }
  const frame = () => new Promise<number>((done) => requestAnimationFrame(done))
  // What a frame shows is painted when the next task after it begins.
  const afterPaint = () =>
    new Promise<number>((done) => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => done(performance.now())
      port2.postMessage(0)
    })
  const seen = async (marks: Record<string, string>, end: number) => {
    const left = new Map(Object.entries(marks))
    const found: Record<string, number> = {}
    const paints: Promise<void>[] = []
    while (left.size && performance.now() < end) {
      await frame()
      const now = [...left].filter(([, selector]) => isSeen(selector)).map(([name]) => name)
      for (const name of now) left.delete(name)
      if (now.length) paints.push(afterPaint().then((at) => void Object.assign(found, Object.fromEntries(now.map((name) => [name, at])))))
    }
    await Promise.all(paints)
    return found
  }
  let looking = Promise.resolve({})
  const until = async (is: () => boolean) => {
    const end = performance.now() + 5_000
    while (!is()) {
      if (performance.now() > end) throw new Error('it neither opens nor closes')
      await frame()
    }
  }
  addEventListener(
    'pointerup',
    ({ timeStamp }) => {
      up = timeStamp
    },
    true,
  )
  globalThis.probe = {
    middle(selector) {
      const { x, y, width, height } = find(selector)!.getBoundingClientRect()
      return { x: x + width / 2, y: y + height / 2 }
    },
    look(marks, patience) {
      looking = seen(marks, performance.now() + patience)
    },
    painted: () => looking,
    lifted: () => up,
    async entries(type) {
      if (type === 'event') return noted
      const found: Entry[] = []
      const observer = new PerformanceObserver((list) => void found.push(...list.getEntries().map(plain)))
      observer.observe({ type, buffered: true })
      await new Promise((done) => setTimeout(done, 300))
      observer.disconnect()
      return found
    },
    watch() {
      const observer = new PerformanceObserver((list) => void noted.push(...list.getEntries().map(plain)))
      observer.observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit)
    },
    click: (selector) => find(selector)!.click(),
    async cycle(times, patience, launcher, shell, close) {
      const end = performance.now() + patience
      let count = 0
      while (count < times && performance.now() < end) {
        probe.click(launcher)
        await until(() => isSeen(shell))
        probe.click(close)
        await until(() => !isSeen(shell))
        count++
      }
      return count
    },
  }
}
