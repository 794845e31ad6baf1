import { onlyOne } from '../../server/contract/only-one.ts'
import type { CallView, JournalEntry, Ticket } from '../../server/contract/entities.ts'
import type { Confidence, IdentityCheck } from '../../server/contract/people.ts'

/** How sure one may be of who calls. @param personId whom the operator writes for; null: nobody chosen @param check the latest of this call */
export function confidenceOf(call: CallView, personId: string | null, check: IdentityCheck | null): Confidence {
  const id = personId ?? onlyOne(call.people)?.id ?? null
  if (id === null) return 'unknown'
  if (check?.state === 'verified' && check.personId === id) return 'verified'
  if (!call.people.some((person) => person.id === id)) return 'declared'
  return call.page?.signedIn === true ? 'signed-in' : 'presumed'
}

type Asked = Pick<Ticket, 'requester' | 'medium'> & { readonly journal: readonly Pick<JournalEntry, 'kind' | 'detail'>[] }

/** How sure one may be of whose ticket it is. @param check the latest about it */
export function confidenceOfTicket({ requester, medium, journal }: Asked, check: IdentityCheck | null): Confidence {
  if (requester.personId === null) return 'declared'
  if (check?.state === 'verified' && check.personId === requester.personId) return 'verified'
  // Whoever was put down by hand, for what a guest wrote, is spoken for neither by an account nor by a number.
  if (journal.some(({ kind, detail }) => kind === 'completed' && detail?.before?.['personId'] !== undefined)) return 'declared'
  return medium === 'form' ? 'signed-in' : medium === 'phone' || medium === 'message' ? 'presumed' : 'declared'
}
