// Who is asking: the operator, the shop's own server (secret key), a member (signed token), or anyone.
import { decodeProtectedHeader, errors, type JWTPayload, jwtVerify } from 'jose'
import type { NewKeys, Shop } from '../acts/shop.ts'
import { Id, iso, Refusal } from '../contract.ts'

/** The policies a route may declare. */
export type Who = 'operator' | 'secret' | 'member' | 'public'

export interface Asker {
  who: Who
  /** The storefront's id and name of the member who signed the request. */
  member?: { id: string; name?: string }
  /** The name under which the member's own budget is counted. */
  payer?: string
}

const HOUR = 3_600
/** How far a merchant's clock may be ahead of ours, in seconds, before a token counts as not yet valid. */
const SKEW = 60

/** Where and when a request is made. The shop changes as a whole: another object when its keys are others. */
interface World {
  shop: Shop | undefined
  /** Milliseconds since 1970. */
  now: number
}

/** A credential that has been recognised: whose it is, in which shop, and from when until when, in seconds. */
interface Known {
  asker: Asker
  shop: Shop | undefined
  from: number
  until: number
}

/** How many credentials are remembered. */
const KNOWN_MAX = 50_000

/**
 * Gives the function that says who sent a request, as far as the route's policy lets them in; otherwise it refuses with
 * `unauthenticated` or `forbidden`. A credential is verified once, and after that only its time is checked, at once.
 */
export function createIdentify(operatorKey: string) {
  const known = new Map<string, Known>()
  const operator = sha256(operatorKey)
  const learn = async (policy: Who, authorization: string, credential: string, world: World): Promise<Asker> => {
    const found = await recognise(credential, world, await operator)
    if (!found) throw unknown(policy)
    // Only as everybody writes it: with more and more spaces one token would fill the memory with as many headers of 16 KiB.
    if (authorization !== `Bearer ${credential}`) return found.asker
    known.delete(authorization)
    known.set(authorization, found)
    for (const oldest of known.keys())
      if (known.size > KNOWN_MAX) known.delete(oldest)
      else break
    return found.asker
  }
  return (policy: Who, authorization = '', world: World): Asker | Promise<Asker> => {
    if (policy === 'public') return { who: 'public' }
    // The header as it came: to look closer costs more than to find it.
    const it = known.get(authorization)
    if (it && it.shop === world.shop && isGood(it, world.now)) return admitted(it.asker, policy)
    return learn(policy, authorization, bearer(authorization), world).then((asker) => admitted(asker, policy))
  }
}

function bearer(authorization: string): string {
  const credential = /^Bearer +([^\s]+) *$/i.exec(authorization)?.[1]
  if (!credential) throw new Refusal('unauthenticated', 'This needs an "Authorization: Bearer …" header.')
  return credential
}

const unknown = (policy: Who) =>
  new Refusal('unauthenticated', `The credential is ${policy === 'operator' ? 'not the operator key' : 'not known to this shop'}.`)

const isGood = ({ from, until }: Known, now: number) => from <= now / 1000 && Math.floor(now / 1000) < until

function admitted(asker: Asker, policy: Who): Asker {
  if (asker.who !== policy) throw new Refusal('forbidden', `This is for the ${nouns[policy]}; the credential is the ${nouns[asker.who]}'s.`)
  return asker
}

const nouns: Record<Who, string> = { operator: 'operator', secret: "shop's server", member: 'member', public: 'public' }

async function recognise(credential: string, { shop, now }: World, operator: string): Promise<Known | undefined> {
  if (credential.startsWith('eyJ') && shop) return memberOf(credential, shop, now)
  const always = { shop, from: Number.NEGATIVE_INFINITY, until: Number.POSITIVE_INFINITY }
  const hash = await sha256(credential)
  if (hash === operator) return { asker: { who: 'operator' }, ...always }
  if (shop?.keys.some((key) => key.kind === 'secret' && key.value === hash)) return { asker: { who: 'secret' }, ...always }
  return undefined
}

async function memberOf(token: string, shop: Shop, now: number): Promise<Known> {
  const claims = await verified(token, shop, now)
  const id = Id.safeParse(claims.sub)
  const { iat = Number.NaN, exp = Number.NaN, nbf = iat - SKEW, aud, name } = claims
  if (!id.success) throw untrusted('"sub" is no customer id, which is a string of 1 to 200 characters')
  // Some libraries always write a list, as JWT allows: one that names anybody else besides is not for us.
  const [only, ...others] = [aud].flat()
  if (only !== shop.id || others.length > 0) throw untrusted('"aud" is another shop')
  if (!(exp - iat <= HOUR)) throw untrusted('it is good for more than an hour')
  if (!(iat <= now / 1000 + SKEW)) throw untrusted(`it was issued at ${told(iat, now)}`)
  const member = { id: id.data, ...(typeof name === 'string' && name.length <= 200 ? { name } : {}) }
  return { asker: { who: 'member', member, payer: `${shop.id}/${id.data}` }, shop, from: Math.max(iat - SKEW, nbf), until: exp }
}

async function verified(token: string, shop: Shop, now: number): Promise<JWTPayload> {
  try {
    const { kid } = decodeProtectedHeader(token)
    const key = shop.keys.find((key) => key.kind === 'signing' && key.kid === kid)
    if (!key) throw untrusted('"kid" is not a key of this shop')
    const secret = new TextEncoder().encode(key.value)
    const options = { algorithms: ['HS256'], requiredClaims: ['aud', 'sub', 'iat', 'exp'], currentDate: new Date(now) }
    return (await jwtVerify(token, secret, options)).payload
  } catch (error) {
    if (error instanceof errors.JWTExpired) throw untrusted(`it ran out at ${told(Number(error.payload.exp), now)}`)
    if (error instanceof errors.JOSEError) throw untrusted(error.message)
    if (error instanceof TypeError) throw untrusted('it is not a JWT')
    throw error
  }
}

// A moment of the merchant's clock, which may be wrong, beside ours, which may be as well.
const told = (seconds: number, now: number) => `${Math.abs(seconds) < 8e12 ? iso(seconds * 1000) : seconds}, and here it is ${iso(now)}`

const untrusted = (why: string) => new Refusal('unauthenticated', `The member token is not accepted: ${why}.`)

/** Keys for a new shop. The secret key is kept as its hash only; the signing secret is used as it is written, as UTF-8. */
export async function newKeys(dice: (length: number) => Uint8Array): Promise<NewKeys> {
  const random = (length: number) => btoa(String.fromCharCode(...dice(length))).replace(/[+/=]/g, (c) => ({ '+': '-', '/': '_' })[c] ?? '')
  const secret = `sk_${random(32)}`
  const signing = { kid: `k_${random(6)}`, secret: `sig_${random(32)}` }
  const kept: Shop['keys'] = [
    { kid: `s_${random(6)}`, kind: 'secret', value: await sha256(secret) },
    { kid: signing.kid, kind: 'signing', value: signing.secret },
  ]
  return { shown: { secret, signing }, kept }
}

// Secrets are compared by their hashes, so that the time it takes tells nothing about them.
async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
