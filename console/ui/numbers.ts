import { numberFormat } from './format.ts'

/** « 0,18 ». */
export const decimal = (n: number, digits: number) =>
  numberFormat({ minimumFractionDigits: digits, maximumFractionDigits: digits }).format(n)

/** « 1,1 % ». */
export const percent = (share: number) => numberFormat({ style: 'percent', maximumFractionDigits: share < 0.1 ? 1 : 0 }).format(share)
