// The Worker as it is deployed, and beside it an address whose Durable Object answers at once.
import worker, { Book as DeployedBook, type Env } from '../../server/hosts/worker.ts'

export { Shops } from '../../server/hosts/worker.ts'

export class Book extends DeployedBook {
  override fetch(request: Request): Promise<Response> {
    return request.url.endsWith('/empty') ? Promise.resolve(new Response('{"ok":true}')) : super.fetch(request)
  }
}

export default {
  fetch(request: Request, env: Env, context: Parameters<typeof worker.fetch>[2]): Promise<Response> {
    return request.url.endsWith('/empty')
      ? env.BOOKS.get(env.BOOKS.idFromName('empty/0')).fetch(request)
      : worker.fetch(request, env, context)
  },
}
