// What the command of a server says once it is there.
import { resolve } from 'node:path'

interface Started {
  url: string
  operatorKey: string
  operatorKeyIsNew: boolean
}

/** Says where the API and the books are, and a key that was made just now: somebody who meant another folder sees that by both. */
export function sayStarted({ url, operatorKey, operatorKeyIsNew }: Started, data: string): void {
  console.log(`API          ${url}/v1`)
  console.log(`Books        ${resolve(data)}`)
  if (operatorKeyIsNew) console.log(`Operator key ${operatorKey}  (kept in ${data}/operator-key; not shown again)`)
}
