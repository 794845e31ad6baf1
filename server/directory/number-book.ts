import type { DeskState } from '../calls/model.ts'
import type { NumberIndex } from './number-index.ts'
import type { NumberBook } from './ports.ts'

type Parts = {
  readonly index: NumberIndex
  readonly state: () => Pick<DeskState, 'english'>
  /** Whoever is behind this number has changed. */
  readonly changed: (number: string) => void
}

/** Numbers as the desk learns them: the index first, so that the next call and the one under way both know. */
export const numberBook = ({ index, state, changed }: Parts): NumberBook => ({
  attached(personId, number) {
    index.attach(personId, number)
    changed(number)
  },
  detached(personId, number) {
    index.detach(personId, number)
    changed(number)
  },
  languageOf: (number) => (state().english[number] !== undefined ? 'en' : null),
})
