// How a server ends: at SIGTERM or SIGINT, once it has finished what is in flight.

/**
 * Starts a server, which ends the process with 0 at SIGTERM or SIGINT, and by nothing that becomes of its log. It hears them from before the start: one that comes meanwhile is
 * told to `start`, which may break off, and gives no server back. A terminal may send one signal and npm another: the first one counts.
 */
export async function untilSignal<Server extends { close(): Promise<void> }>(
  start: (ending: AbortSignal) => Promise<Server>,
): Promise<Server> {
  // Whoever reads the log may go away, and its disk may be full: what cannot be said is in the books all the same.
  for (const log of [process.stdout, process.stderr]) log.on('error', () => {})
  const told = new AbortController()
  const starting = Promise.resolve().then(() => start(told.signal))
  const end = async () => {
    if (told.signal.aborted) return
    told.abort()
    const server = await starting.catch(() => undefined)
    await server?.close()
    console.log('Stopped')
    process.exit(0)
  }
  process.on('SIGTERM', end)
  process.on('SIGINT', end)
  // A terminal that is closed. Without one, as under nohup, nobody asks a server to end this way.
  if (process.stdin.isTTY) process.on('SIGHUP', end)
  const server = await starting.catch((error) => {
    if (!told.signal.aborted) throw error
  })
  return server && !told.signal.aborted ? server : new Promise<never>(() => {})
}
