import type { Operator } from './model.ts'

/** Whether this operator's phone can be rung, as far as is known: a browser that is not there is not rung in vain. */
export const isReachable = ({ phone, browserHere }: Pick<Operator, 'phone' | 'browserHere'>): boolean =>
  phone !== 'browser' || browserHere === true
