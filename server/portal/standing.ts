import type { JournalEntry, Ticket } from '../contract/entities.ts'

/** Where a request stands, as its author understands it. */
export type Standing = Ticket['status'] | 'unconfirmed' | 'waiting-user'

export function standingOf({ status, unconfirmed, waiting }: Pick<Ticket, 'status' | 'unconfirmed' | 'waiting'>): Standing {
  if (unconfirmed && status !== 'closed') return 'unconfirmed'
  return status === 'waiting' && waiting?.what.for === 'user' ? 'waiting-user' : status
}

const told = [
  'opened',
  'confirmed',
  'taken-up',
  'contribution',
  'redirected',
  'waiting',
  'resumed',
  'proposed',
  'refused',
  'closed',
  'reopened',
  'missing',
  'visit',
  'shared',
  'remote',
] as const
type Told =
  | Exclude<(typeof told)[number], 'visit' | 'remote'>
  | 'remoteStarted'
  | 'remoteEnded'
  | 'recorded'
  | 'waitingUser'
  | 'visitPlanned'
  | 'visitMoved'
  | 'visitCancelled'
  | 'visitAccepted'
  | 'visitTentative'
  | 'visitDeclined'

/** A line of what happened, for its author: `by` null where no name is told, `text` empty where none is theirs to read. */
export type PublicLine = {
  readonly id: number
  readonly at: string
  readonly kind: Told
  readonly by: string | null
  readonly mine: boolean
  readonly text: string
  /** When the visit is that the line is about. */
  readonly visit: string | null
}

const visitSteps = {
  planned: 'visitPlanned',
  moved: 'visitMoved',
  cancelled: 'visitCancelled',
  accepted: 'visitAccepted',
  tentative: 'visitTentative',
  declined: 'visitDeclined',
} as const
const isTold = (kind: JournalEntry['kind']): kind is (typeof told)[number] => told.some((one) => one === kind)
/** Lines that are internal and whose fact alone is told: neither who, nor to whom, nor why. */
const factsAlone: readonly JournalEntry['kind'][] = ['redirected', 'waiting', 'resumed']

/**
 * What the author of a request reads of its journal. Of internal lines nothing, but that it went on to others, waits or resumes. Names are
 * those that mails tell too. @param writers ids by which the author signs
 */
export function publicLines(journal: readonly JournalEntry[], requesterName: string): readonly PublicLine[] {
  return journal.flatMap(({ id, at, by, kind, text, visibility, detail }): PublicLine[] => {
    if (!isTold(kind)) return []
    if (factsAlone.includes(kind)) {
      const awaited = kind === 'waiting' && detail?.waiting?.for === 'user'
      return [
        {
          id,
          at,
          kind: awaited ? 'waitingUser' : kind === 'visit' || kind === 'remote' ? 'waiting' : kind,
          by: null,
          mine: false,
          text: '',
          visit: null,
        },
      ]
    }
    if (visibility !== 'public') return []
    const mine = by === requesterName
    if (kind === 'visit') {
      const { visit } = detail ?? {}
      return visit === undefined ? [] : [{ id, at, kind: visitSteps[visit.step], by: null, mine, text, visit: visit.startsAt }]
    }
    if (kind === 'remote')
      return [{ id, at, kind: detail?.remote?.step === 'ended' ? 'remoteEnded' : 'remoteStarted', by, mine, text: '', visit: null }]
    // Whoever telephoned did not write it.
    const shown = kind === 'opened' && !mine ? 'recorded' : kind
    return [{ id, at, kind: shown, by: kind === 'confirmed' || kind === 'closed' ? null : by, mine, text, visit: null }]
  })
}
