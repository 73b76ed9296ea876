// The commands that run a server, run as `npm run` does.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { onTestFinished } from 'vitest'
import { freePort } from './edge/build.ts'
import { OPERATOR } from './story.ts'

/** Runs a command as `npm run` does; whatever is left of it is ended with the test. */
export async function command(file: string, data: string, more: object = {}) {
  const port = await freePort()
  const env = { ...process.env, PORT: `${port}`, MUSE_DATA: data, MUSE_OPERATOR_KEY: OPERATOR, ...more }
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', file], { env })
  const said = { out: '', err: '' }
  const hear = (stream: 'out' | 'err') => (piece: unknown) => {
    said[stream] += piece
  }
  child.stdout.on('data', hear('out'))
  child.stderr.on('data', hear('err'))
  const ended = once(child, 'close')
  onTestFinished(async () => {
    if (isRunning(child)) child.kill('SIGTERM')
    await ended
  })
  const url = `http://localhost:${port}`
  const healthy = async () => (await fetch(`${url}/healthz`).catch(() => undefined))?.status === 200
  return { child, said, ended, url, healthy, up: () => until(healthy) }
}

const isRunning = ({ exitCode, signalCode }: ChildProcess) => exitCode === null && signalCode === null

/** Waits until it is so. */
export async function until(met: () => boolean | Promise<boolean>) {
  while (!(await met())) await wait(1)
}
