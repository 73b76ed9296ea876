// Every body and every code on the wire, as schemas that validate, document and type at once.
// The widget imports the types of this file and nothing else of the server's.
export * from './contract/activities.ts'
export * from './contract/asks.ts'
export * from './contract/catalogue.ts'
export * from './contract/orders.ts'
export * from './contract/refusals.ts'
export * from './contract/report.ts'
export * from './contract/shop.ts'
export * from './contract/values.ts'
export * from './contract/wallet.ts'
