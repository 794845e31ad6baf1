import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { NextThing } from '../../server/contract/next.ts'
import { withoutTicketQuery } from '../api/after-calls.ts'
import { putAway } from '../api/next.ts'
import { owedQuery } from '../api/owed.ts'
import { ticketQuery } from '../api/queries.ts'
import { talksQuery } from '../api/talks.ts'

/** Whether what was given is still mine to do, as the lists say it; undefined while they have not been read. */
function useStillMine(thing: NextThing | null): boolean | undefined {
  const kind = thing?.kind
  const owed = useQuery({ ...owedQuery('open'), enabled: kind === 'callback' }).data
  const unwritten = useQuery({ ...withoutTicketQuery, enabled: kind === 'unwritten' }).data
  const ticket = useQuery({ ...ticketQuery(thing?.kind === 'ticket' ? thing.number : 0), enabled: kind === 'ticket' }).data
  const talks = useQuery({ ...talksQuery, enabled: kind === 'talk' }).data
  switch (thing?.kind) {
    case 'callback':
      return owed?.entries.some((entry) => entry.id === thing.entryId && entry.takenBy !== null)
    case 'unwritten':
      return unwritten?.calls.some((call) => call.id === thing.callId)
    case 'talk':
      return talks?.talks.some((talk) => talk.number === thing.number)
    case 'ticket':
      return ticket === undefined ? undefined : ticket.status === 'pre-ticket' || ticket.status === 'new'
    default:
      return undefined
  }
}

/** Puts « Suivant » away once what it gave is done: it was mine, and is no more. */
export function usePutAwayWhenDone(thing: NextThing | null): void {
  const key = thing?.key ?? null
  const still = useStillMine(thing)
  const seen = useRef<string | null>(null)
  useEffect(() => {
    if (still === true) seen.current = key
    if (still === false && seen.current === key) putAway()
  }, [still, key])
}
