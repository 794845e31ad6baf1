import type { Disruption, DisruptionContent } from '../contract/disruptions.ts'
import type { SharedCalendarSettings } from '../contract/shared-calendar.ts'
import type { DisruptionStore, StoredDisruption } from '../database/disruption-store.ts'
import { calendarActor, type SharedCalendarStore } from '../database/shared-calendar-store.ts'
import type { Occurrence } from './events.ts'
import { merged, noticeOf } from './notices.ts'

export type NoticedDisruptions = Pick<DisruptionStore, 'announce' | 'update' | 'end' | 'find'>

type Ports = {
  readonly store: Pick<SharedCalendarStore, 'notices' | 'noticed' | 'log'>
  readonly disruptions: NoticedDisruptions
  readonly now: () => number
}

/**
 * Notices of level 2 in the shared calendar become disruptions, follow it, and end with it; what somebody here has changed since stays theirs.
 * @returns whether anything changed
 */
export async function noticesIn(
  occurrences: readonly Occurrence[],
  noticesFor: SharedCalendarSettings['noticesFor'],
  ports: Ports,
): Promise<boolean> {
  const { store, disruptions, now } = ports
  const known = new Map((await store.notices()).map((notice) => [notice.key, notice]))
  const seen = new Set<string>()
  const at = now()
  let changed = false
  for (const event of occurrences) {
    const says = noticeOf(event, noticesFor)
    if (says === null) continue
    const notice = known.get(event.key)
    if (!event.cancelled) seen.add(event.key)
    if (event.cancelled) continue
    // Put back, or put off beyond what is read: what the calendar alone had ended, the calendar may begin again.
    if (notice === undefined || (notice.isOver && notice.byCalendar && event.endMs > at)) {
      // What was over before it was ever read is nobody's news.
      if (event.endMs <= at && event.endMs > event.startMs) continue
      const made = await disruptions.announce(says, null, calendarActor)
      await store.noticed(event.key, made.id, says)
      await store.log([{ kind: 'notice-announced', subject: says.title }])
      changed = true
      continue
    }
    if (notice.isOver) continue
    changed = (await follow(notice, says, event, ports)) || changed
  }
  for (const { key, disruptionId, said, isOver } of known.values()) {
    if (isOver || seen.has(key)) continue
    const stands = await disruptions.find(disruptionId)
    // Its time is over, or it was taken out before it began, or while it went on.
    const past = said.expectedEndAt !== null && Date.parse(said.expectedEndAt) <= at
    if (past && !isUntouched(stands, said)) continue
    const why = past ? 'Fin prévue dans l’agenda partagé.' : 'Retirée de l’agenda partagé.'
    await disruptions.end(disruptionId, stands.version, why, calendarActor)
    await store.log([{ kind: 'notice-ended', subject: stands.title, detail: why }])
    changed = true
  }
  return changed
}

/** @returns whether anything changed */
async function follow(
  { key, disruptionId, said }: { readonly key: string; readonly disruptionId: string; readonly said: DisruptionContent },
  says: DisruptionContent,
  event: Occurrence,
  { store, disruptions, now }: Ports,
): Promise<boolean> {
  const stands = await disruptions.find(disruptionId)
  const { content, changed, kept } = merged(said, says, contentOf(stands))
  if (kept.length > 0)
    await store.log([
      { kind: 'notice-kept', subject: stands.title, detail: kept.map((field) => `${field} : ${String(says[field])}`).join(' ; ') },
    ])
  if (changed) {
    await disruptions.update(disruptionId, stands.version, content, stands.ticket, calendarActor)
    await store.log([{ kind: 'notice-updated', subject: content.title }])
  }
  await store.noticed(key, disruptionId, says)
  // Nobody here made it theirs: it is over when the calendar says so.
  if (event.endMs <= now() && event.endMs > event.startMs && isUntouched(stands, said)) {
    const { version } = await disruptions.find(disruptionId)
    await disruptions.end(disruptionId, version, 'Fin prévue dans l’agenda partagé.', calendarActor)
    await store.log([{ kind: 'notice-ended', subject: content.title, detail: 'Fin prévue dans l’agenda partagé.' }])
    return true
  }
  return changed
}

const contentOf = (stored: StoredDisruption | Disruption): DisruptionContent => {
  const { kind, title, place, placeId, categoryId, touched, workaround, audience, startsAt, expectedEndAt, spoken } = stored
  return { kind, title, place, placeId, categoryId, touched, workaround, audience, startsAt, expectedEndAt, spoken }
}
const isUntouched = (stands: StoredDisruption, said: DisruptionContent): boolean =>
  stands.expectedEndAt === said.expectedEndAt && stands.ticket === null
