/**
 * The life of a disruption: announced, updated, ended; what was ended by mistake goes on again. Who changes it names the version that was
 * read, so that two who work on it at once do not undo each other.
 */
import type { DisruptionContent } from '../contract/disruptions.ts'
import type { Changed, DisruptionState, Refused } from './model.ts'

const refused = (code: Refused['code'], detail: string): Refused => ({ kind: 'refused', code, detail })

/** What a schema cannot see. @returns the field, or null */
function unusable({ title, kind, startsAt, expectedEndAt }: DisruptionContent): string | null {
  if (title === '') return 'title'
  if (expectedEndAt !== null && Date.parse(expectedEndAt) <= Date.parse(startsAt)) return 'expectedEndAt'
  return kind === 'planned' && expectedEndAt === null ? 'expectedEndAt' : null
}

const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim()
const tidy = (content: DisruptionContent): DisruptionContent => ({
  ...content,
  title: oneLine(content.title),
  place: oneLine(content.place),
  touched: oneLine(content.touched),
  workaround: content.workaround.trim(),
  spoken: content.spoken === null ? null : { fr: oneLine(content.spoken.fr), en: oneLine(content.spoken.en) },
})

export function announce(id: string, given: DisruptionContent): Changed | Refused {
  const content = tidy(given)
  const wrong = unusable(content)
  if (wrong !== null) return refused('invalid_body', wrong)
  return { kind: 'changed', what: 'announced', state: { ...content, id, version: 1, endedAt: null, resolution: '' } }
}

/** @param read the version that whoever asks has seen */
const mayChange = ({ version }: DisruptionState, read: number): Refused | null =>
  version === read ? null : refused('conflict', `modifiée entre-temps (version ${version})`)

export function update(state: DisruptionState, read: number, given: DisruptionContent): Changed | Refused {
  const refusal = mayChange(state, read)
  if (refusal !== null) return refusal
  if (state.endedAt !== null) return refused('conflict', 'cette perturbation est terminée')
  const content = tidy(given)
  const wrong = unusable(content)
  if (wrong !== null) return refused('invalid_body', wrong)
  return { kind: 'changed', what: 'updated', state: { ...state, ...content, version: state.version + 1 } }
}

/** @param now ISO 8601 */
export function end(state: DisruptionState, read: number, resolution: string, now: string): Changed | Refused {
  const refusal = mayChange(state, read)
  if (refusal !== null) return refusal
  if (state.endedAt !== null) return refused('conflict', 'cette perturbation est déjà terminée')
  return {
    kind: 'changed',
    what: 'ended',
    state: { ...state, endedAt: now, resolution: resolution.trim(), version: state.version + 1 },
  }
}

/** It was not over after all. */
export function goOn(state: DisruptionState, read: number): Changed | Refused {
  const refusal = mayChange(state, read)
  if (refusal !== null) return refusal
  if (state.endedAt === null) return refused('conflict', 'cette perturbation n’est pas terminée')
  return { kind: 'changed', what: 'resumed', state: { ...state, endedAt: null, resolution: '', version: state.version + 1 } }
}
