// What is fetched once somebody means to do something, in one piece: the amount form, and the verbs.
export * from './acts.ts'
export { css, Form as Part } from './Form.tsx'
