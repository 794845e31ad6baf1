/** The words that may stand in an address, apart from the schemas that check them: the console reads addresses before it needs a schema. */
export const urgencies = ['low', 'normal', 'high'] as const
/** `level2`: somebody of a group was asked directly, past the desk, by whatever way. */
export const media = ['phone', 'form', 'walk-in', 'level2', 'mail', 'message'] as const
/** By which somebody may have come whose ticket is begun by hand; a call brings its own. */
export const handMedia = ['walk-in', 'level2', 'mail'] as const satisfies readonly (typeof media)[number][]
export type HandMedium = (typeof handMedia)[number]
/** Whoever stands there or is on the line hears whom to turn to for what is not for this desk, and is not written to. */
export const isToldInPerson = (medium: (typeof media)[number]): boolean => medium === 'walk-in' || medium === 'phone'
export const ticketViews = ['to-take-up', 'to-confirm', 'mine', 'groups', 'watched', 'stuck'] as const
export const ticketSorts = ['newest', 'due', 'priority'] as const
/** 1 is served first. */
export const priorities = [1, 2, 3, 4, 5] as const
export const dues = ['late', 'today'] as const
export const articleStates = ['draft', 'staff', 'public'] as const

/** Telephone keys in one request; here, as the first view carries no schemas. */
export const mostKeys = 32

/** The word of a list that this value is, or nothing. */
export const wordOf = <T extends string>(words: readonly T[], value: unknown): T | undefined => words.find((one) => one === value)
