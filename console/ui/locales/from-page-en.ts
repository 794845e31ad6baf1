import type { fromPageFr } from './from-page-fr.ts'

/** Of a call from the desk's own page, in English. */
export const fromPageEn: typeof fromPageFr = {
  unknown: 'No account: ask who is calling',
  signedIn: 'From the page, signed in',
  here: 'Where the call comes from',
  about: 'From the page of request',
}
