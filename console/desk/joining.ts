import type { Joining } from '../../server/contract/disruptions.ts'
import { allArrived } from '../ui/use-files.ts'
import { creationOf, saidIn } from './draft.ts'
import { draftsOf } from './drafts.ts'
import { filePlaceOf } from './form-files.tsx'

/**
 * Whose ticket is being written, as they are attached to a disruption, with all that was written and brought: once the files on their way
 * have arrived. The mail is left out while it is half typed. @returns null when a file could not come, or the ticket has served meanwhile
 */
export async function joiningOf(key: string, me: string): Promise<Joining | null> {
  const find = () =>
    draftsOf(me)
      .get()
      .drafts.find((draft) => draft.key === key)
  const begun = find()
  if (begun === undefined || !(await allArrived(filePlaceOf(begun, me).id))) return null
  const draft = find()
  if (draft === undefined) return null
  const { requester, callId, observers, attachments } = creationOf(draft)
  const email = /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(requester.email ?? '') ? requester.email : null
  const came = draft.medium === 'phone' ? {} : { medium: draft.medium }
  return { requester: { ...requester, email }, text: saidIn(draft), callId, ...came, observers, attachments }
}
