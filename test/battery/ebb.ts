// Ended under an endless burst of clients that connect anew for each request: whoever was let in is answered, and nobody waits long.
import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import type { Victim } from './victim.ts'

const HANDS = 64

interface Met {
  answered: number
  refused: number
  /** Let in, and then cut off with no answer or half of one. */
  reset: number
}

/** Ends a server `rounds` times under load with SIGTERM. Gives what its clients met from the signal on. */
export async function ebb(victim: Victim, rounds: number) {
  const met: Met = { answered: 0, refused: 0, reset: 0 }
  const took: number[] = []
  for (let round = 0; round < rounds; round++) {
    await victim.start()
    const port = Number(new URL(victim.url()).port)
    let counting = false
    let over = false
    const hand = async () => {
      while (!over) {
        const is = await ask(port)
        if (counting) met[is]++
        if (is === 'refused') break
      }
    }
    const hands = Array.from({ length: HANDS }, hand)
    await wait(300 + Math.random() * 200)
    counting = true
    const begin = performance.now()
    const [code] = await victim.stop('SIGTERM')
    took.push(Math.round(performance.now() - begin))
    assert.equal(code, 0)
    over = true
    await Promise.all(hands)
  }
  took.sort((a, b) => a - b)
  return { rounds, ...met, endedMs: { median: took[took.length >> 1], slowest: took.at(-1) } }
}

const REQUEST = 'GET /v1/shops/none/program HTTP/1.1\r\nHost: x\r\n\r\n'

/** One request on a connection of its own. */
function ask(port: number): Promise<keyof Met> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    let letIn = false
    let text = ''
    socket.once('connect', () => {
      letIn = true
      socket.write(REQUEST)
    })
    socket.on('data', (data) => {
      text += data
      // The problem document is the last of it.
      if (text.endsWith('}')) socket.destroy()
    })
    socket.on('error', () => {})
    socket.once('close', () => resolve(text.endsWith('}') ? 'answered' : letIn ? 'reset' : 'refused'))
  })
}
