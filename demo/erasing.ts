// A customer who wants to be forgotten: out of Muse in all three shops, and out of what the storefront itself has written down.
import { randomUUID } from 'node:crypto'
import type { Customers } from './customers.ts'
import { eraseMember, Refused } from './merchant.ts'
import type { Shop, Shops } from './shops.ts'

type World = { shops: Shops; customers: Customers }

/** Whether it is all done; where Muse does not answer, the rest is done at the next start. The account is gone either way. */
export async function erase({ shops, customers }: World, id: string): Promise<boolean> {
  customers.leave(id)
  try {
    for (const shop of Object.values(shops)) await forget(shop, id)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    console.error('a customer could not be erased everywhere:', error.message)
    return false
  }
  customers.left(id)
  return true
}

/** Erases whom the last run has not. */
export async function eraseLeaving(world: World) {
  for (const id of world.customers.leaving()) await erase(world, id)
}

// Their orders first: one that was still reported after them would make them a member again.
async function forget({ merchant, orders, journal }: Shop, id: string) {
  orders.forget(id, `erased-${randomUUID()}`)
  await eraseMember(merchant, id).catch((error) => {
    // Of this shop they may never have been a member.
    if (!(error instanceof Refused) || error.code !== 'not-found') throw error
  })
  journal.forget(id)
}
