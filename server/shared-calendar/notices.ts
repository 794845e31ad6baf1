import { disruptionContent, type Audience, type DisruptionContent } from '../contract/disruptions.ts'
import type { Occurrence } from './events.ts'

/*
 * Notices of level 2, read from the calendar. Both sides may change one: what the calendar said last is kept, so that each field follows
 * whoever changed it, and where both did, what was written here holds.
 */

const cut = (text: string, most: number): string => (text.length <= most ? text : `${text.slice(0, most - 1)}…`)
const broken = /panne|incident|coupure non|indisponib/i

/** @returns null when it says nothing that could be shown */
export function noticeOf(event: Occurrence, audience: Audience): DisruptionContent | null {
  const title = event.title.replace(/\s+/g, ' ').trim()
  if (title === '') return null
  const kind = [title, ...event.categories].some((words) => broken.test(words)) ? 'incident' : 'planned'
  // What is planned has an end: a moment alone is an hour, as calendar programs draw it.
  const endMs = event.endMs > event.startMs ? event.endMs : kind === 'planned' ? event.startMs + 3_600_000 : null
  return disruptionContent.parse({
    kind,
    title: cut(title, 120),
    place: cut(event.place.replace(/\s+/g, ' '), 120),
    workaround: cut(event.text, 1_000),
    audience,
    startsAt: new Date(event.startMs).toISOString(),
    expectedEndAt: endMs === null ? null : new Date(endMs).toISOString(),
  })
}

const followed = ['kind', 'title', 'place', 'workaround', 'startsAt', 'expectedEndAt'] as const
export type NoticeField = (typeof followed)[number]

/**
 * Three ways into one.
 * @param said what the calendar said before @param says what it says now @param stands what stands here
 * @returns what is to stand, and the fields in which the calendar's change gave way to one made here
 */
export function merged(
  said: DisruptionContent,
  says: DisruptionContent,
  stands: DisruptionContent,
): { readonly content: DisruptionContent; readonly changed: boolean; readonly kept: readonly NoticeField[] } {
  const moved = followed.filter((field) => said[field] !== says[field])
  const kept = moved.filter((field) => stands[field] !== said[field] && stands[field] !== says[field])
  const taken = moved.filter((field) => !kept.includes(field) && stands[field] !== says[field])
  const content = { ...stands, ...Object.fromEntries(taken.map((field) => [field, says[field]])) }
  // Its two ends were moved on different sides, and no longer agree: they stay as they are here.
  const ends = content.expectedEndAt
  if (ends !== null && Date.parse(ends) <= Date.parse(content.startsAt))
    return {
      content: { ...content, startsAt: stands.startsAt, expectedEndAt: stands.expectedEndAt },
      changed: taken.some((field) => field !== 'startsAt' && field !== 'expectedEndAt'),
      kept: [...new Set<NoticeField>([...kept, 'startsAt', 'expectedEndAt'])],
    }
  return { content, changed: taken.length > 0, kept }
}
