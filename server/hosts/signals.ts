// How a server ends: at SIGTERM or SIGINT, once it has finished what is in flight.

/** Ends the process with 0 once `close` is through. A terminal may send one signal and npm another: the first one counts. */
export function closeOnSignal(close: () => Promise<void>): void {
  let closing = false
  const end = async () => {
    if (closing) return
    closing = true
    await close()
    console.log('Stopped')
    process.exit(0)
  }
  process.on('SIGTERM', end)
  process.on('SIGINT', end)
}
