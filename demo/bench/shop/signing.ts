// A shopper's token as a shop's own server would sign it: for the shops in the page, and for those of the tests on a real server.
import { SignJWT } from 'jose'

export interface ShopKeys {
  secret: string
  signing: { kid: string; secret: string }
}

/** `now` in milliseconds; the token holds for an hour from then. */
export function sign(shop: string, id: string, { signing }: ShopKeys, now: number): Promise<string> {
  const at = Math.floor(now / 1000)
  return new SignJWT({ name: id })
    .setProtectedHeader({ alg: 'HS256', kid: signing.kid })
    .setAudience(shop)
    .setSubject(id)
    .setIssuedAt(at)
    .setExpirationTime(at + 3_600)
    .sign(new TextEncoder().encode(signing.secret))
}
