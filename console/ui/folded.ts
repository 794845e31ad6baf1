/** Text as it is compared while somebody types: neither accents nor capitals, and apostrophes and joined letters as keyboards have them. */
export const folded = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('’', "'").replaceAll('œ', 'oe').replaceAll('æ', 'ae')
