/** What stands between braces in a canned answer, and is filled in where it is inserted. */
export const phraseWords = ['nom', 'numéro', 'titre', 'opérateur', 'guichet'] as const
export type PhraseWord = (typeof phraseWords)[number]

const folded = (word: string) => word.normalize('NFD').replace(/\p{M}/gu, '').trim().toLowerCase()
const wordNamed = (name: string): PhraseWord | undefined => phraseWords.find((word) => folded(word) === folded(name))
const braces = /\{([^{}]{1,40})\}/g

/** The first word between braces that stands for nothing; null: there is none. */
export const unknownWord = (text: string): string | null =>
  [...text.matchAll(braces)].map(([, name = '']) => name).find((name) => wordNamed(name) === undefined) ?? null

/** A text with its words filled in; what is not known here stays between braces, to be seen. */
export const filledIn = (text: string, values: Partial<Readonly<Record<PhraseWord, string>>>): string =>
  text.replace(braces, (whole: string, name: string) => {
    const word = wordNamed(name)
    const value = word === undefined ? undefined : values[word]
    return value === undefined || value === '' ? whole : value
  })
