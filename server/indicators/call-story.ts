/** What happened to a call, second by second, from its facts alone. */
import type { Fact } from '../calls/facts.ts'
import { showNumber } from '../calls/number.ts'
import type { CallStory } from '../contract/call-story.ts'

type Line = CallStory['facts'][number]
type Told = Pick<Line, 'other' | 'how' | 'ms'>
const nothing: Told = { other: null, how: null, ms: null }

/** What nobody needs to read: bookkeeping between two facts that say the same. */
const silent: ReadonlySet<Fact['type']> = new Set(['announcement-ended'])

/**
 * @param facts of one call, in order
 * @param nameOf an account's name; its id when nobody has it any more
 * @returns null when its beginning is not known
 */
export function storyOf(facts: readonly Fact[], nameOf: (accountId: string) => string): Omit<CallStory, 'tickets'> | null {
  const first = facts.find((f) => f.type === 'call-arrived' || f.type === 'call-placed')
  if (first === undefined || (first.type !== 'call-arrived' && first.type !== 'call-placed')) return null
  const people = new Set(first.people.map((p) => p.name))
  for (const f of facts) if (f.type === 'caller-identified') for (const p of f.people) people.add(p.name)
  return {
    id: first.callId,
    number: first.number === null ? null : showNumber(first.number),
    people: [...people],
    direction: first.type === 'call-arrived' ? 'in' : 'out',
    page: pageOf(first),
    arrivedAt: iso(first.at),
    ended: facts.some((f) => f.type === 'call-ended'),
    facts: facts
      .filter((f) => !silent.has(f.type))
      .map((f) => ({ at: iso(f.at), afterMs: Math.round(f.at - first.at), type: f.type, who: whoIn(f, nameOf), ...told(f) })),
  }
}

function pageOf(first: Fact): CallStory['page'] {
  if (first.type !== 'call-arrived' || first.page === undefined) return null
  const { signedIn, ticket } = first.page
  return { signedIn, ticket }
}

const iso = (ms: number) => new Date(ms).toISOString()

function whoIn(fact: Fact, nameOf: (accountId: string) => string): string | null {
  if ('supervisorId' in fact) return nameOf(fact.supervisorId)
  return 'operatorId' in fact && fact.operatorId !== null ? nameOf(fact.operatorId) : null
}

function told(fact: Fact): Told {
  switch (fact.type) {
    case 'call-placed':
      return { ...nothing, how: fact.serial === undefined ? null : 'found' }
    case 'call-arrived':
      if (fact.serial !== undefined) return { ...nothing, how: 'found' }
      return fact.page === undefined ? nothing : { ...nothing, how: fact.page.signedIn ? 'page-signed-in' : 'page' }
    case 'offer-made':
      return { ...nothing, how: fact.why?.kind ?? null }
    case 'announcement-started':
      return {
        ...nothing,
        how: fact.told == null ? null : String(fact.told.position),
        ms: fact.told == null ? null : Math.round(fact.told.highMs),
      }
    case 'message-left':
      return { ...nothing, ms: Math.round(fact.durationMs) }
    case 'message-numbered':
      return { ...nothing, other: fact.number === null ? null : showNumber(fact.number) }
    case 'place-kept':
      return { ...nothing, other: showNumber(fact.number) }
    case 'call-answered':
      return { ...nothing, ms: Math.max(0, Math.round(fact.capAt - fact.at)) }
    case 'limit-extended':
      return { ...nothing, how: fact.reason, ms: Math.max(0, Math.round(fact.capAt - fact.at)) }
    case 'limit-warned':
      return { ...nothing, how: fact.how }
    case 'language-chosen':
      return { ...nothing, how: fact.language }
    case 'consult-started':
    case 'transfer-started':
    case 'target-passed':
    case 'call-transferred':
      return { ...nothing, other: fact.target.name, how: 'reason' in fact ? fact.reason : null }
    case 'watch-started':
    case 'watch-changed':
      return { ...nothing, how: fact.mode }
    case 'operator-rung-again':
      return { ...nothing, how: fact.leg === null ? 'in-vain' : null }
    case 'operator-muted':
    case 'recording-paused':
      return { ...nothing, how: fact.on ? 'on' : 'off' }
    case 'survey-answered':
      return { ...nothing, how: String(fact.rating) }
    case 'ticket-found':
      return { ...nothing, other: String(fact.ticket.number) }
    case 'call-ended':
      return { ...nothing, how: `${fact.reason}, ${fact.by}` }
    default:
      return 'reason' in fact ? { ...nothing, how: fact.reason } : nothing
  }
}
