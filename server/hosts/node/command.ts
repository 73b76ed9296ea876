// What the commands that are no servers have in common: how they are asked, and that a no is one line.
import { type ParseArgsConfig, parseArgs } from 'node:util'

type Options = NonNullable<ParseArgsConfig['options']>
type Values<Known extends Options> = ReturnType<typeof parseArgs<{ options: Known; allowPositionals: true }>>['values']

interface Command<Known extends Options> {
  /** How it is called. */
  usage: string
  /** What it does, in a sentence or two. */
  does: string
  /** How many names it is given, at least and at most. */
  names: [least: number, most: number]
  options: Known
}

/**
 * Runs a command with what it was asked for; `--help` says how to ask, and nothing is done. What is not understood, and whatever `act`
 * throws, is said in one line, and the process ends with 1.
 */
export async function command<Known extends Options>(
  { usage, does, names: [least, most], options }: Command<Known>,
  act: (names: string[], values: Values<Known>) => unknown,
  args = process.argv.slice(2),
): Promise<void> {
  try {
    if (args.some((it) => it === '--help' || it === '-h')) return console.log(`${usage}\n${does}`)
    const { positionals, values } = understood(args, options, usage)
    if (positionals.length < least) throw new Error(`Say more: ${usage}`)
    if (positionals.length > most) throw new Error(`Nobody knows what "${positionals[most]}" is for: ${usage}`)
    await act(positionals, values)
  } catch (error) {
    console.error(`muse: ${error instanceof Error ? error.message : error}`)
    process.exitCode = 1
  }
}

function understood<Known extends Options>(args: string[], options: Known, usage: string) {
  try {
    return parseArgs({ args, options, allowPositionals: true })
  } catch (error) {
    // What follows the first sentence is advice for whoever means a file of that name.
    throw new Error(`${(error as Error).message.split('. ')[0]}: ${usage}`)
  }
}
