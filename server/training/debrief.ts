import type { Expected, Scene, Script, TrainingDay } from './model.ts'

/** What is on record of one of the day's calls. */
export type Recorded = {
  readonly callId: string
  readonly operator: string | null
  readonly answered: boolean
  readonly waitMs: number | null
  readonly talkMs: number | null
  /** What became of it, the first one first; `opened` and `attached` with the ticket. */
  readonly endings: readonly {
    readonly kind: 'opened' | 'attached' | 'refused' | 'nothing'
    readonly ticket: number | null
    readonly sentTo: string | null
  }[]
  readonly ticket: RecordedTicket | null
  /** The answer owed to whoever was not answered; null: none. */
  readonly owed: { readonly settled: boolean; readonly reached: boolean } | null
}
export type RecordedTicket = {
  readonly number: number
  readonly title: string
  readonly summary: string
  readonly personId: string | null
  /** From the root down to its own. */
  readonly categories: readonly string[]
  readonly settled: boolean
  readonly groupId: string | null
  /** Attached to a disruption. */
  readonly light: boolean
  /** Was there before the call. */
  readonly before: boolean
}

const checkNames = ['answered', 'wait', 'called-back', 'written', 'ending', 'requester', 'title', 'category', 'closing'] as const
type CheckName = (typeof checkNames)[number]
type Check = { readonly name: CheckName; readonly good: boolean }
type Judged = { readonly scene: Scene; readonly recorded: Recorded | null; readonly who: string; readonly checks: readonly Check[] }

export type Debrief = {
  readonly calls: number
  readonly answered: number
  readonly longestWaitMs: number
  readonly meanTalkMs: number
  /** Conversations of which nothing is written. */
  readonly unwritten: number
  /** Callers who are still owed a call. */
  readonly forgotten: number
  readonly good: number
  readonly of: number
  readonly judged: readonly Judged[]
}

/** The desk's own promise to whoever waits. */
const goodWaitMs = 120_000
/** A title says what is wrong, not that something is. */
const fewestLetters = 12
const saysNothing =
  /^(appel|problème|probleme|panne|test|bug|demande|incident|question|souci)\b[\s.!?]*(informatique|de|d’|d'|avec|pc|mail)?[\s.!?]*$/i

const isTitle = (title: string): boolean =>
  title.trim().length >= fewestLetters &&
  /\p{L}+\s+\p{L}+/u.test(title) &&
  !saysNothing.test(title.trim()) &&
  !/^appel de /i.test(title.trim())

/** What was done of a day, held against its script. Of a day cut short, only what was played is judged. */
export function debriefOf(script: Script, day: TrainingDay, records: readonly Recorded[]): Debrief {
  const judged = day.played.flatMap(({ scene: id, callId, personId, who }): Judged[] => {
    const scene = script.scenes.find((one) => one.id === id)
    const recorded = records.find((one) => one.callId === callId) ?? null
    return scene === undefined ? [] : [{ scene, recorded, who, checks: checksOf(scene.expected, personId, recorded) }]
  })
  const known = judged.flatMap(({ recorded }) => (recorded === null ? [] : [recorded]))
  const talks = known.flatMap(({ talkMs, answered }) => (answered && talkMs !== null ? [talkMs] : []))
  const checks = judged.flatMap((one) => one.checks)
  return {
    calls: judged.length,
    answered: known.filter(({ answered }) => answered).length,
    longestWaitMs: Math.max(0, ...known.map(({ waitMs }) => waitMs ?? 0)),
    meanTalkMs: talks.length === 0 ? 0 : talks.reduce((sum, ms) => sum + ms, 0) / talks.length,
    unwritten: known.filter(({ answered, endings }) => answered && endings.length === 0).length,
    forgotten: known.filter(({ owed }) => owed !== null && !owed.settled).length,
    good: checks.filter(({ good }) => good).length,
    of: checks.length,
    judged,
  }
}

function checksOf(expected: Expected, personId: string | null, recorded: Recorded | null): readonly Check[] {
  const check = (name: CheckName, good: boolean): Check => ({ name, good })
  if (recorded === null) return [check('answered', false)]
  const { answered, waitMs, owed, endings, ticket } = recorded
  const reached = answered || owed?.reached === true
  const first = answered
    ? [check('answered', true), check('wait', (waitMs ?? 0) <= goodWaitMs)]
    : [check('called-back', owed?.settled === true)]
  if (!reached) return first
  const written = check('written', endings.length > 0)
  if (endings.length === 0) return [...first, written]
  return [...first, written, ...endingChecks(expected, personId, endings, ticket).map(([name, good]) => check(name, good))]
}

function endingChecks(
  expected: Expected,
  personId: string | null,
  endings: Recorded['endings'],
  ticket: RecordedTicket | null,
): readonly (readonly [CheckName, boolean])[] {
  const requester = (): readonly [CheckName, boolean] => [
    'requester',
    ticket !== null && (personId === null || ticket.personId === personId),
  ]
  switch (expected.kind) {
    case 'refused': {
      const refusal = endings.find(({ kind }) => kind === 'refused')
      return [
        ['ending', refusal !== undefined],
        ['closing', refusal !== undefined && refusal.sentTo !== null],
      ]
    }
    case 'attached':
      return [['ending', endings.some(({ kind }) => kind === 'attached') && ticket?.before === true], requester()]
    case 'joined':
      return [['ending', ticket?.light === true], requester()]
    case 'solved':
    case 'handed': {
      if (ticket === null || ticket.light || ticket.before) return [['ending', false]]
      const closing = expected.kind === 'solved' ? ticket.settled : ticket.groupId !== null && expected.groups.includes(ticket.groupId)
      return [
        ['ending', true],
        requester(),
        ['title', isTitle(ticket.title)],
        ['category', ticket.categories.some((id) => expected.categories.includes(id))],
        ['closing', closing],
      ]
    }
    default:
      return expected satisfies never
  }
}
