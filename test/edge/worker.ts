// The Worker as it is deployed, with what a test needs: a clock and limits of its own, and a world in which no other test has shops.

import worker, { Book as DeployedBook, type Env } from '../../server/hosts/worker.ts'
import { type Limits, readLimits } from '../../server/http/limits.ts'

export class Book extends DeployedBook {
  declare instant: number | undefined
  declare limited: string | undefined

  override now(): number {
    return this.instant ?? Date.now()
  }

  override limits(): Limits | null {
    return readLimits(this.limited)
  }

  override fetch(request: Request): Promise<Response> {
    this.instant = Number(request.headers.get('Test-Now')) || undefined
    this.limited = request.headers.get('Test-Limits') ?? 'off'
    return super.fetch(request)
  }
}

export default {
  fetch(request: Request, env: Env): Promise<Response> {
    const world = request.headers.get('Test-World') ?? ''
    const books: Env['BOOKS'] = {
      get: (id) => env.BOOKS.get(id),
      idFromName: (name) => env.BOOKS.idFromName(`${world}/${name}`),
    }
    return worker.fetch(request, { ...env, BOOKS: books })
  },
}
