import { wordsOf } from './words.ts'

export type Told = { readonly title: string; readonly summary: string; readonly place: string }
export type Known = { readonly id: string; readonly title: string; readonly place: string; readonly touched: string }

/** Where every request is: it tells no place from another. */
const everywhere = new Set('bat batiment salle bureau etage porte campus site aile'.split(' '))
const placeWords = (place: string) => {
  const found = place.normalize('NFC').match(/[\p{L}\p{N}]+/gu) ?? []
  return found.map((word) => wordsOf(word, true)[0] ?? word).filter((word) => !everywhere.has(word))
}

/** A word without what plurals and conjugations add; enough to compare two of them. */
const stem = (word: string) => (word.length <= 4 ? word.replace(/[sx]$/, '') : word.replace(/(?:ions?|ees?|ements?|es|er|e|s|x)$/, ''))

/** Whether one letter at most is wrong, missing, too many, or two are exchanged. */
export function nearly(a: string, b: string): boolean {
  if (a === b) return true
  if (Math.min(a.length, b.length) < 5 || Math.abs(a.length - b.length) > 1) return false
  let i = 0
  while (i < a.length && a[i] === b[i]) i += 1
  const [restA, restB] = [a.slice(i), b.slice(i)]
  if (restA.length === restB.length)
    return restA.slice(1) === restB.slice(1) || (restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2))
  return restA.length > restB.length ? restA.slice(1) === restB : restA === restB.slice(1)
}

const holds = (words: readonly string[], wanted: string) => words.some((word) => nearly(stem(word), stem(wanted)))

/** How much of what a disruption is called must be told. */
const leastTold = 0.4

/**
 * Known disruptions that what somebody tells looks like: enough of a disruption's words are told, and a place that is told is not another.
 */
export function alike<D extends Known>({ title, summary, place }: Told, known: readonly D[]): readonly D[] {
  const told = [...wordsOf(title), ...wordsOf(summary)]
  const where = placeWords(place)
  return known.filter((one) => {
    const called = wordsOf(one.title)
    const found = called.filter((word) => holds(told, word))
    if (found.length === 0 || found.length / called.length < leastTold) return false
    const there = placeWords(one.place)
    const said = [...where, ...placeWords(`${title} ${summary}`)]
    return there.length === 0 || where.length === 0 || there.some((word) => said.includes(word))
  })
}

/**
 * Those whose titles say much the same, the nearest first: half of the words told, and not by chance a single one of many.
 * @param known the newest first
 */
export function alikeTitles<T extends { readonly title: string }>(title: string, known: readonly T[], most: number): readonly T[] {
  const told = wordsOf(title).map(stem)
  if (told.length === 0) return []
  return known
    .map((one) => {
      const called = wordsOf(one.title).map(stem)
      const shared = told.filter((word) => called.some((other) => nearly(other, word))).length
      const enough = shared >= 2 || (shared === 1 && told.length === 1)
      return { one, near: enough && shared / told.length >= 0.5 ? shared / (told.length + called.length - shared) : 0 }
    })
    .filter(({ near }) => near >= 0.25)
    .toSorted((a, b) => b.near - a.near)
    .slice(0, most)
    .map(({ one }) => one)
}
