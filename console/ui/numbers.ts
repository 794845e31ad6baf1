import { i18n } from './i18n.ts'

const locale = () => (i18n.language === 'en' ? 'en-GB' : 'fr-FR')

/** « 0,18 ». */
export const decimal = (n: number, digits: number) =>
  new Intl.NumberFormat(locale(), { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(n)

/** « 1,1 % ». */
export const percent = (share: number) =>
  new Intl.NumberFormat(locale(), { style: 'percent', maximumFractionDigits: share < 0.1 ? 1 : 0 }).format(share)
