// The network between page and server, as bad as it is told to be: what is sent may be lost on its way there or its answer on the way
// back, may be late, later than anybody waits, or be answered by something in between that knows nothing.
import type { Clock } from './clock.ts'
import type { Dice } from './dice.ts'

type Weather = 'fair' | 'slow' | 'crawling' | 'lossy' | 'cut'
type Fate = 'answered' | 'request lost' | 'answer lost' | 'answered in between'

export type Network = ReturnType<typeof networkOf>

export function networkOf(clock: Clock, serve: (request: Request) => Response | Promise<Response>) {
  const network = {
    dice: undefined as unknown as Dice,
    weather: 'fair' as Weather,
    /** Which page is shown: an answer to another one reaches nobody. */
    visit: 0,
    /** Requests the page still waits for. */
    open: 0,
    /** Of the page's requests, those that did not end as they should. */
    troubles: 0,
    fetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
      const { visit } = network
      const request = new Request(input, init)
      const body = request.body ? request.text() : undefined
      const { fate, there, back } = fated(network.dice, network.weather)
      if (fate !== 'answered') network.troubles++
      network.open++
      return new Promise((resolve, reject) => {
        let isOver = false
        const over = (tell: () => void) => {
          if (isOver || visit !== network.visit) return
          isOver = true
          network.open--
          tell()
        }
        const lose = () => over(() => reject(new TypeError('Failed to fetch')))
        request.signal.addEventListener('abort', () => {
          network.troubles++
          over(() => reject(request.signal.reason))
        })
        const arrive = async () => {
          const { method, url, headers } = request
          const answer = await serve(new Request(url, { method, headers, ...(body && { body: await body }) }))
          const { status } = answer
          const text = await answer.text()
          if (fate === 'answer lost') clock.set(lose, back)
          else if (fate === 'answered in between') clock.set(() => over(() => resolve(new Response('<h1>502</h1>', { status: 502 }))), back)
          else clock.set(() => over(() => resolve(new Response(text || null, { status, headers: answer.headers }))), back)
        }
        clock.set(fate === 'request lost' ? lose : () => clock.meanwhile(arrive()), there)
      })
    },
  }
  return network
}

function fated(dice: Dice, weather: Weather): { fate: Fate; there: number; back: number } {
  const [least, most] = { fair: [1, 40], slow: [40, 4_000], crawling: [500, 25_000], lossy: [1, 400], cut: [1, 20] }[weather] as [
    number,
    number,
  ]
  const fate: Fate =
    weather === 'cut'
      ? 'request lost'
      : weather === 'lossy'
        ? dice.weighed({ answered: 3, 'request lost': 3, 'answer lost': 4, 'answered in between': 1 })
        : 'answered'
  return { fate, there: dice.between(least, most), back: dice.between(least, most) }
}
