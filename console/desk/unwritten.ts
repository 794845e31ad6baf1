import { nameOrNumber } from '../ui/caller.ts'
import { useQuery } from '@tanstack/react-query'
import type { CallWithoutTicket } from '../../server/contract/dispositions.ts'
import { withoutTicketQuery } from '../api/after-calls.ts'
import type { Desk } from '../live/desk.ts'
import { useLive } from '../live/use-live.ts'
import { owed, type Kept } from './drafts.ts'

/** A conversation that has ended and waits for its ticket. */
export type Unwritten = {
  readonly callId: string
  readonly who: string
  readonly since: string
  /** The colleague who answered; null when it was me. */
  readonly by: string | null
  /** What the server says of it; null while only this computer knows. */
  readonly call: CallWithoutTicket | null
}

/** Somebody who has just hung up is writing it at this moment. */
const beingWritten = (call: CallWithoutTicket, desk: Desk | null): boolean =>
  desk?.operators.some((o) => o.id === call.operatorId && o.id !== desk.me && o.state === 'wrap-up' && o.callId === call.id) === true

/** The desk's list, and what this computer holds that the server has not heard of: mine first, then the oldest. */
function unwrittenOf(listed: readonly CallWithoutTicket[], kept: Kept, desk: Desk | null, me: string): readonly Unwritten[] {
  const known = listed
    .filter((call) => !beingWritten(call, desk) && !kept.saved.some((s) => s.callId === call.id))
    .map((call): Unwritten => {
      const mine = call.operatorId === me
      return { callId: call.id, who: nameOrNumber(call), since: call.answeredAt, by: mine ? null : call.operator, call }
    })
  const ownOnly = owed(kept)
    .filter((draft) => !listed.some((call) => call.id === draft.callId))
    .map(
      (draft): Unwritten => ({
        callId: draft.key,
        who: draft.name || draft.phone,
        since: draft.startedAt,
        by: null,
        call: null,
      }),
    )
  return [...known, ...ownOnly].toSorted((a, b) => Number(a.by !== null) - Number(b.by !== null) || (a.since < b.since ? -1 : 1))
}

/** @param enabled false for those who may not see the list */
export function useUnwritten(kept: Kept, me: string, enabled = true): readonly Unwritten[] {
  const { desk } = useLive()
  const listed = useQuery({ ...withoutTicketQuery, enabled }).data?.calls ?? none
  return unwrittenOf(listed, kept, desk, me)
}
const none: readonly CallWithoutTicket[] = []
