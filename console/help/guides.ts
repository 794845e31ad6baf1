/** Whom a guide is for, as its address says. */
export const guides = ['operateur', 'niveau-2'] as const
export type Guide = (typeof guides)[number]
export type GuideSearch = { readonly pour?: Guide }
