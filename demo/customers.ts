// Who has an account with the shop. A demo's accounts have names and nothing else to keep secret.
import { randomInt } from 'node:crypto'
import { join } from 'node:path'
import { kept } from './kept.ts'

export type Customer = { id: string; name: string }
export type Customers = ReturnType<typeof openCustomers>

const regulars: Customer[] = [
  { id: 'c-1001', name: '青木 美奈' },
  { id: 'c-1002', name: 'Clara Weiss' },
]
const isRegular = ({ id }: Customer) => regulars.some((regular) => regular.id === id)

export function openCustomers(folder: string) {
  const file = kept<{ customers: Customer[]; leaving?: string[] }>(join(folder, 'customers.json'), { customers: [...regulars] })
  const without = (id: string) => (file.value.leaving ?? []).filter((one) => one !== id)
  return {
    /** The regulars, and whoever signed up last: enough to choose from. */
    some: () => [...file.value.customers.filter(isRegular), ...file.value.customers.filter((one) => !isRegular(one)).slice(-4)],
    find: (id: string) => file.value.customers.find((customer) => customer.id === id),
    signUp(name: string): Customer {
      const customer = { id: freeId(), name }
      file.value.customers.push(customer)
      file.save()
      return customer
    },
    /** The account is gone at once; that the rest of it has to go is written down until it has gone. */
    leave(id: string) {
      file.value.customers = file.value.customers.filter((customer) => customer.id !== id)
      file.value.leaving = [...without(id), id]
      file.save()
    },
    leaving: () => file.value.leaving ?? [],
    left(id: string) {
      file.value.leaving = without(id)
      file.save()
    },
  }

  /** Since accounts may go, their number alone could name somebody who is there already. */
  function freeId(): string {
    const { customers } = file.value
    const id = `c-${2000 + customers.length}${randomInt(10, 100)}`
    return [...customers.map((one) => one.id), ...(file.value.leaving ?? [])].includes(id) ? freeId() : id
  }
}
