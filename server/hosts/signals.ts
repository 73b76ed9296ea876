// How a server ends: at SIGTERM or SIGINT, once it has finished what is in flight.

/** Ends the process with 0 once `close` is through, at SIGTERM or SIGINT; a terminal may send one and npm another. */
export function closeOnSignal(close: () => Promise<void>): void {
  let closing: Promise<void> | undefined
  const end = () => {
    closing ??= close().then(() => process.exit(0))
  }
  process.on('SIGTERM', end)
  process.on('SIGINT', end)
}
