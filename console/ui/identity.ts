import { onlyOne } from '../../server/contract/only-one.ts'
import type { CallView } from '../../server/contract/entities.ts'
import type { Confidence, IdentityCheck } from '../../server/contract/people.ts'

/** How sure one may be of who calls. @param personId whom the operator writes for; null: nobody chosen @param check the latest of this call */
export function confidenceOf(call: CallView, personId: string | null, check: IdentityCheck | null): Confidence {
  const id = personId ?? onlyOne(call.people)?.id ?? null
  if (id === null) return 'unknown'
  if (check?.state === 'verified' && check.personId === id) return 'verified'
  if (!call.people.some((person) => person.id === id)) return 'declared'
  return call.page?.signedIn === true ? 'signed-in' : 'presumed'
}
