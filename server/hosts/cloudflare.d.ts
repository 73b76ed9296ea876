// What is used of the platform's own types, which would otherwise cover the whole project.
declare module 'cloudflare:workers' {
  export interface Id {
    /** The name it was made from. */
    readonly name?: string
  }
  export interface Storage {
    kv: {
      get<T>(name: string): T | undefined
      put(name: string, value: unknown): void
      delete(name: string): boolean
      list(): Iterable<[name: string, value: unknown]>
    }
    sql: { exec(sql: string, ...values: (string | number | null | Uint8Array)[]): { toArray(): unknown[] } }
    transactionSync<T>(fn: () => T): T
    getAlarm(): Promise<number | null>
    setAlarm(at: number): Promise<void>
    deleteAll(): Promise<void>
  }
  export abstract class DurableObject<Env> {
    constructor(ctx: { id: Id; storage: Storage; abort(reason: string): void }, env: Env)
    protected readonly ctx: { id: Id; storage: Storage; abort(reason: string): void }
    protected readonly env: Env
  }
}

/** Bytes that go in come out as they are, and as soon as somebody reads them. */
declare class IdentityTransformStream extends TransformStream<Uint8Array, Uint8Array> {}
