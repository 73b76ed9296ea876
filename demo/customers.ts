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

export function openCustomers(folder: string) {
  const file = kept(join(folder, 'customers.json'), { customers: regulars })
  return {
    /** The regulars, and whoever signed up last: enough to choose from. */
    some: () => [...file.value.customers.slice(0, regulars.length), ...file.value.customers.slice(regulars.length).slice(-4)],
    find: (id: string) => file.value.customers.find((customer) => customer.id === id),
    signUp(name: string): Customer {
      const customer = { id: `c-${2000 + file.value.customers.length}${randomInt(10, 100)}`, name }
      file.value.customers.push(customer)
      file.save()
      return customer
    },
  }
}
