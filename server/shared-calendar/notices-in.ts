import type { Disruption, DisruptionContent } from '../contract/disruptions.ts'
import type { SharedCalendarSettings } from '../contract/shared-calendar.ts'
import type { DisruptionStore, StoredDisruption } from '../database/disruption-store.ts'
import { calendarActor, type SharedCalendarStore } from '../database/shared-calendar-store.ts'
import type { Occurrence } from './events.ts'
import { merged, noticeOf } from './notices.ts'
import { noticeDays } from './reading.ts'

export type NoticedDisruptions = Pick<DisruptionStore, 'announce' | 'update' | 'end' | 'find'>

const dayMs = 86_400_000

type Ports = {
  readonly store: Pick<SharedCalendarStore, 'notices' | 'noticed' | 'log'>
  readonly disruptions: NoticedDisruptions
  readonly now: () => number
}

/**
 * Notices of level 2 in the shared calendar become disruptions, follow it, and end with it; what somebody here has changed since stays theirs.
 * One that cannot be taken in, or that somebody changes at this instant, holds no other up.
 * @param unread UIDs of events that are there and cannot be read: they end nothing before its time
 * @returns whether anything changed, and what was wrong with the first that could not be taken in; null: with none
 */
export async function noticesIn(
  occurrences: readonly Occurrence[],
  noticesFor: SharedCalendarSettings['noticesFor'],
  ports: Ports,
  unread: readonly string[] = [],
): Promise<{ readonly changed: boolean; readonly wrong: unknown }> {
  const { store, disruptions, now } = ports
  const known = new Map((await store.notices()).map((notice) => [notice.key, notice]))
  const seen = new Set<string>()
  const at = now()
  let changed = false
  let wrong: unknown = null
  const each = async (work: () => Promise<boolean>) => {
    try {
      changed = (await work()) || changed
    } catch (error) {
      wrong ??= error
    }
  }

  async function takeIn(event: Occurrence, says: DisruptionContent): Promise<boolean> {
    const notice = known.get(event.key)
    const untilMs = says.expectedEndAt === null ? event.endMs : Date.parse(says.expectedEndAt)
    // Put back, or put off beyond what is read: what the calendar alone had ended, the calendar may begin again.
    if (notice === undefined || (notice.isOver && notice.byCalendar && untilMs > at)) {
      // What was over before it was ever read is nobody's news.
      if (says.expectedEndAt !== null && untilMs <= at) return false
      const made = await disruptions.announce(says, null, calendarActor)
      await store.noticed(event.key, made.id, says)
      await store.log([{ kind: 'notice-announced', subject: says.title }])
      return true
    }
    return notice.isOver ? false : follow(notice, says, ports)
  }

  for (const event of occurrences) {
    const says = noticeOf(event, noticesFor)
    if (says === null || event.cancelled) continue
    seen.add(event.key)
    await each(() => takeIn(event, says))
  }
  for (const { key, disruptionId, said, isOver } of known.values()) {
    if (isOver || seen.has(key)) continue
    await each(async () => {
      const stands = await disruptions.find(disruptionId)
      // Its time is over, or it was taken out before it began, or while it went on.
      const past = said.expectedEndAt !== null && Date.parse(said.expectedEndAt) <= at
      // Without an end it is read no more a day after it began, whether or not it is still there: somebody here ends it.
      const tooOld = said.expectedEndAt === null && Date.parse(said.startsAt) <= at - noticeDays.before * dayMs
      if (past ? !isUntouched(stands, said) : tooOld || unread.some((uid) => key.startsWith(`${uid}|`))) return false
      const why = past ? 'Fin prévue dans l’agenda partagé.' : 'Retirée de l’agenda partagé.'
      await disruptions.end(disruptionId, stands.version, why, calendarActor)
      await store.log([{ kind: 'notice-ended', subject: stands.title, detail: why }])
      return true
    })
  }
  return { changed, wrong }
}

/** @returns whether anything changed */
async function follow(
  { key, disruptionId, said }: { readonly key: string; readonly disruptionId: string; readonly said: DisruptionContent },
  says: DisruptionContent,
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
  if (says.expectedEndAt !== null && Date.parse(says.expectedEndAt) <= now() && isUntouched(stands, said)) {
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
