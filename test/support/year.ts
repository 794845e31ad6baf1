/** A year at the desk, made up by chance: calls as the facts that tell them, tickets as rows. The same seed, the same year. */
import { Temporal } from 'temporal-polyfill'
import type { Fact } from '../../server/calls/facts.ts'
import { seeded } from './seeded.ts'

type Random = () => number
/** A fact without its moment. */
type Bare = Fact extends infer F ? (F extends { readonly at: number } ? Omit<F, 'at'> : never) : never

export const yearZone = 'Europe/Paris'
export const operatorIds = ['alice', 'bruno', 'chloe'] as const
const quiet = { playback: '', sounds: [] }
const minute = 60_000

export const pick = <T>(all: readonly T[], random: Random): T => {
  const chosen = all[Math.floor(random() * all.length)]
  if (chosen === undefined) throw new Error('nothing to choose from')
  return chosen
}
const lasting = (meanMs: number, random: Random): number => Math.round(-Math.log(1 - random()) * meanMs)

/** A moment of a working day from Monday to Friday; `open`: between 8:30 and 16:30, otherwise in the evening. */
function momentOf(year: number, open: boolean, random: Random): number {
  const day = Temporal.PlainDate.from({ year, month: 1, day: 1 }).add({ days: Math.floor(random() * 365) })
  const working = day.dayOfWeek > 5 ? day.subtract({ days: 2 }) : day
  const minutes = open ? 510 + Math.floor(random() * 480) : 1_050 + Math.floor(random() * 300)
  const start = working.toZonedDateTime({ timeZone: yearZone, plainTime: '00:00' }).epochMilliseconds
  return start + minutes * minute + Math.floor(random() * minute)
}

/** One call's facts, in order. */
export type CallStory = readonly Fact[]
class Story {
  readonly facts: Fact[] = []
  #at: number
  constructor(at: number) {
    this.#at = at
  }
  then(fact: Bare, afterMs = 0): this {
    this.#at += afterMs
    this.facts.push({ at: this.#at, ...fact })
    return this
  }
}

function talk(story: Story, callId: string, operatorId: string, random: Random): void {
  const chance = random()
  if (chance < 0.15)
    story.then({ type: 'caller-held', callId }, lasting(minute, random)).then({ type: 'caller-resumed', callId }, lasting(30_000, random))
  if (chance > 0.97) story.then({ type: 'limit-extended', callId, operatorId, reason: 'x', capAt: 0 }, minute)
  if (chance > 0.2 && chance < 0.26) {
    const target = { kind: 'number', number: '+33561556611', name: 'DTSI' } as const
    story.then({ type: 'call-transferred', callId, operatorId, target, leg: '', bridge: '', capAt: 0 }, lasting(2 * minute, random))
  }
  if (chance > 0.3 && chance < 0.31) story.then({ type: 'farewell-started', callId, announcement: quiet, reason: 'capped' }, 15 * minute)
  const reason = chance > 0.3 && chance < 0.31 ? 'capped' : 'completed'
  story.then({ type: 'call-ended', callId, reason, by: 'caller' }, lasting(4 * minute, random))
}

function answered(story: Story, callId: string, afterMs: number, random: Random): void {
  const operatorId = pick(operatorIds, random)
  story
    .then({ type: 'offer-made', callId, operatorId, leg: '' }, afterMs)
    .then({ type: 'call-answered', callId, operatorId, leg: '', bridge: '', capAt: 0 }, 2_000 + Math.floor(random() * 8_000))
  talk(story, callId, operatorId, random)
}

/** What became of a call, told to its end. */
function tell(story: Story, callId: string, open: boolean, random: Random): void {
  const chance = random()
  if (!open) {
    story.then({ type: 'closed-message-started', callId, announcement: quiet })
    if (chance < 0.4)
      story
        .then({ type: 'message-invited', callId, recording: '', announcement: quiet }, 20_000)
        .then({ type: 'message-left', callId, recording: '', durationMs: 30_000 }, 40_000)
    story.then({ type: 'call-ended', callId, reason: chance < 0.4 ? 'message' : 'closed', by: 'caller' }, 5_000)
    return
  }
  if (chance < 0.5) return answered(story, callId, 0, random)
  if (chance < 0.56) {
    const operatorId = pick(operatorIds, random)
    story
      .then({ type: 'offer-made', callId, operatorId, leg: '' })
      .then({ type: 'offer-ended', callId, operatorId, reason: 'no-answer', restUntil: 0 }, 20_000)
    return answered(story, callId, 0, random)
  }
  story.then({ type: 'call-queued', callId, announcement: quiet })
  const wait = lasting(4 * minute, random)
  if (wait > 15 * minute) story.then({ type: 'wait-alarm', callId }, 15 * minute)
  const rest = wait > 15 * minute ? wait - 15 * minute : wait
  if (chance < 0.82) return answered(story, callId, rest, random)
  if (chance < 0.95) {
    story.then({ type: 'call-ended', callId, reason: 'abandoned', by: 'caller' }, rest)
    return
  }
  story.then({ type: 'place-kept', callId, number: '+33561551234', announcement: quiet }, rest)
  if (chance < 0.99) return answered(story, callId, 10 * minute, random)
  story.then({ type: 'call-ended', callId, reason: 'unanswered', by: 'desk' }, 30 * minute)
}

/** So many calls of a year, in no order. */
export function yearOfCalls(year: number, calls: number, seed: number): readonly CallStory[] {
  const random = seeded(seed)
  return Array.from({ length: calls }, (_, i) => {
    const open = random() < 0.88
    const callId = `y${seed}-${i}`
    const story = new Story(momentOf(year, open, random)).then({ type: 'call-arrived', callId, number: null, people: [] })
    tell(story, callId, open, random)
    return story.facts
  })
}

export type YearTicket = {
  readonly id: string
  readonly number: number
  readonly title: string
  readonly summary: string
  readonly status: 'new' | 'closed'
  readonly medium: string
  readonly urgency: string
  readonly nature: string | null
  readonly requester_name: string
  readonly opened_by: string
  readonly opened_at: string
  readonly closed_at: string | null
  /** Columns that a later schema asks for. */
  readonly owner_id: string | null
  readonly owner_name: string | null
  readonly closed_how: string | null
  readonly status_since: string
  readonly touched_at: string
  readonly group_id: string | null
  readonly category_id: string | null
  /** Moves between groups and the desk, in order; what the journal holds. */
  readonly moves: readonly ('redirected' | 'given-back' | 'reopened' | 'undone')[]
  /** Closed before it was opened again, which the journal alone tells. */
  readonly closedBefore: { readonly at: string; readonly reopenedAt: string; readonly how: 'user' | 'level2' } | null
  /** Closed as not for this desk; `undone`: that was taken back. */
  readonly refusal: { readonly target: string | null; readonly undone: boolean } | null
  readonly delays: readonly {
    readonly name: 'take-up' | 'level1' | 'level2'
    /** The group that had the ticket, or the desk. */
    readonly whose: string
    readonly held: boolean
    readonly bound: boolean
  }[]
}
/** What the groups of a year of tickets are called; they are to be there. */
export const yearGroups = ['reseau', 'dtsi', 'dsrt'] as const
const paths: readonly YearTicket['moves'][] = [
  [],
  ['redirected'],
  ['redirected'],
  ['redirected', 'given-back', 'redirected'],
  ['redirected', 'redirected'],
  ['redirected', 'undone'],
]

/** Whom people are sent on to; null: nobody. */
export const yearTargets = ['Scolarité centrale', 'Bibliothèque', null] as const

const natures = ['Messagerie', 'Mot de passe', 'Réseau', 'Poste de travail', 'Impression', null]

export function yearOfTickets(year: number, tickets: number, seed: number): readonly YearTicket[] {
  const [random, chance, other, stays] = [seeded(seed), seeded(seed + 1_000), seeded(seed + 2_000), seeded(seed + 3_000)]
  return Array.from({ length: tickets }, (_, i) => {
    const opened = momentOf(year, true, random)
    const atOnce = random() < 0.4
    const closed = atOnce || random() < 0.9 ? opened + (atOnce ? 0 : lasting(3 * 86_400_000, random)) : null
    const third = new Date(opened + ((closed ?? opened) - opened) / 3)
    const life = livesOf(atOnce, closed !== null, chance, stays)
    return {
      id: `00000000-0000-4000-8000-${String(seed * 1_000_000 + i).padStart(12, '0')}`,
      number: 1_000_000 + i,
      title: 'Un ticket',
      summary: '',
      status: closed === null ? 'new' : 'closed',
      medium: pick(['phone', 'phone', 'walk-in', 'form'], random),
      urgency: pick(['low', 'normal', 'high'], random),
      nature: pick(natures, random),
      requester_name: 'Quelqu’un',
      opened_by: 'alice',
      opened_at: new Date(opened).toISOString(),
      closed_at: closed === null ? null : new Date(closed).toISOString(),
      owner_id: closed === null ? null : 'alice',
      owner_name: closed === null ? null : 'Alice',
      closed_how: closed === null ? null : 'level1',
      status_since: new Date(closed ?? opened).toISOString(),
      touched_at: new Date(closed ?? opened).toISOString(),
      ...life,
      closedBefore: life.moves.includes('reopened')
        ? {
            at: third.toISOString(),
            reopenedAt: new Date(2 * third.getTime() - opened).toISOString(),
            how: i % 2 === 0 ? 'user' : 'level2',
          }
        : null,
      refusal: closed !== null && other() < 0.08 ? { target: pick(yearTargets, other), undone: other() < 0.1 } : null,
    }
  })
}

/** By chances of their own, so that the rest of a year stays what it was. */
function livesOf(
  atOnce: boolean,
  closed: boolean,
  random: Random,
  stays: Random,
): Pick<YearTicket, 'group_id' | 'category_id' | 'moves' | 'delays'> {
  const path = atOnce ? [] : pick(paths, random)
  const reopened = closed && random() < 0.05
  const held = () => random() < 0.9
  return {
    group_id: closed && path.includes('redirected') ? pick(yearGroups, random) : null,
    category_id: pick(['poste', 'wifi', null], random),
    moves: [...path, ...(reopened ? (['reopened'] as const) : [])],
    delays: [
      { name: 'take-up', whose: 'level1', held: held(), bound: true },
      ...(atOnce ? [] : [{ name: 'level1', whose: 'level1', held: held(), bound: true } as const]),
      ...(path.includes('redirected')
        ? [{ name: 'take-up', whose: pick(yearGroups, stays), held: stays() < 0.7, bound: stays() < 0.9 } as const]
        : []),
      ...(path.length > 0 ? [{ name: 'level2', whose: pick(yearGroups, stays), held: held(), bound: random() < 0.8 } as const] : []),
      ...(path.filter((move) => move === 'redirected').length > 1
        ? [{ name: 'level2', whose: pick(yearGroups, stays), held: stays() < 0.8, bound: stays() < 0.9 } as const]
        : []),
    ],
  }
}
