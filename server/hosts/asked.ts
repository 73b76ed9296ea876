// What stands behind the command of a server: nothing but `--help`. All else is said by the environment, and was often meant to be said here.

const says = `PORT (8787), MUSE_DATA (.muse), MUSE_OPERATOR_KEY, MUSE_LIMITS and MUSE_LOG are read from the environment: README.md says what
each does, and GET /healthz when it is ready. SIGTERM and SIGINT finish what is in flight.`

/** Ends the process where the command was asked something: `--help` with 0 and how it is asked, all else with 1 and a line. */
export function askedNothing(usage: string, [asked] = process.argv.slice(2)): void {
  if (asked === undefined) return
  if (asked === '--help' || asked === '-h') {
    console.log(`${usage}\n${says}`)
    process.exit(0)
  }
  console.error(`muse: Nobody knows what "${asked}" is for: PORT=9000 ${usage} is how a server is told something.`)
  process.exit(1)
}
