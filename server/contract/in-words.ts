/** « 1 ticket », « 3 tickets »: in French, none is one. */
export const counted = (n: number, one: string, several: string): string => `${n} ${n < 2 ? one : several}`

/** What begins a sentence, put inside one; names keep their capitals. */
export const within = (sentence: string): string => sentence.charAt(0).toLowerCase() + sentence.slice(1)
