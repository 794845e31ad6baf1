/** Text as it is compared while somebody types: neither accents nor capitals. */
export const folded = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
