import { setImmediate as immediately } from 'node:timers/promises'
import type { Logger } from 'pino'
import { Temporal } from 'temporal-polyfill'
import type { Disruption, DisruptionContent } from '../contract/disruptions.ts'
import type { Part } from '../contract/http.ts'
import type { CalendarTrial, CalendarTrialled, SharedCalendarSettings, SharedCalendarState } from '../contract/shared-calendar.ts'
import { calendarTrial } from '../contract/shared-calendar.ts'
import type { DisruptionStore, StoredDisruption } from '../database/disruption-store.ts'
import type { RotaStore } from '../database/rota-store.ts'
import { calendarActor, type CalendarLine, type SharedCalendarStore } from '../database/shared-calendar-store.ts'
import { daysBetween } from '../calendar/ahead.ts'
import { rotaDays } from '../calendar/rota.ts'
import type { HoursSettings } from '../contract/settings.ts'
import { absencesOf } from './absences.ts'
import { CalendarAway, dav, type Dav } from './dav.ts'
import { occurrencesOf, type Occurrence } from './events.ts'
import { merged, noticeOf } from './notices.ts'
import { writeShifts } from './shifts-out.ts'

type Ports = {
  readonly settings: () => SharedCalendarSettings
  readonly hours: () => HoursSettings
  readonly store: SharedCalendarStore
  readonly rota: Pick<RotaStore, 'between'>
  readonly disruptions: Pick<DisruptionStore, 'announce' | 'update' | 'end' | 'find'>
  readonly sealing: { readonly seal: (bytes: Uint8Array) => string; readonly open: (sealed: string) => Uint8Array | null }
  readonly publicUrl: string
  readonly timeZone: string
  readonly onAbsences: () => void
  readonly onDisruptions: () => void
  readonly log: Logger
  readonly now: () => number
  readonly everyMs?: number
}
type Secret = { readonly origin: string; readonly login: string; readonly password: string }

const usualMs = 120_000
const soonMs = 1_500
const firstRetryMs = 30_000
const longestRetryMs = 900_000
const dayMs = 86_400_000
/** Shifts of this week and half a year; absences likewise; notices of the coming weeks. */
const shiftDays = { before: 7, after: 182 }
const noticeDays = 21

/**
 * The shared calendar, asked in the background: shifts go out, absences and notices come in. A server that is slow or away holds nothing up
 * and loses nothing, for what is owed is worked out anew each time from what stands on both sides.
 */
export class SharedCalendar {
  readonly #ports: Ports
  #timer: NodeJS.Timeout | null = null
  #running: Promise<void> | null = null
  #again = false
  #stopped = true
  #failures = 0
  #doneAt: number | null = null
  #nextAt: number | null = null
  #failure: { readonly at: number; readonly says: string } | null = null
  #pending = 0
  #unread = 0
  #unmatched: SharedCalendarState['unmatched'] = []
  #since: number
  /** What was read last of a collection, by its own mark: the same again need not be read. */
  readonly #marks = new Map<string, string>()

  constructor(ports: Ports) {
    this.#ports = ports
    this.#since = ports.now()
  }

  /** Once the database is there. */
  start(): void {
    this.#stopped = false
    this.wake(0)
  }

  async stop(): Promise<void> {
    this.#stopped = true
    if (this.#timer !== null) clearTimeout(this.#timer)
    await this.#running
  }

  /** The rota or the settings have changed: soon, and not again for each change of many. */
  wake(inMs = soonMs): void {
    if (this.#stopped || !this.#isSet()) return
    if (this.#running !== null) this.#again = true
    else this.#arm(inMs)
  }

  /** Whatever was read counts no more: it was read by other rules. */
  settingsChanged(): void {
    this.#marks.clear()
    this.#unmatched = []
    this.#failure = null
    this.#failures = 0
    this.#doneAt = null
    this.#pending = 0
    this.wake(0)
  }

  /** Now. Resolves when it is done, or has failed; never rejects. */
  async synchronise(): Promise<void> {
    if (this.#running !== null) await this.#running
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#running = this.#run().finally(() => {
      this.#running = null
      const again = this.#again
      this.#again = false
      this.#arm(
        again
          ? soonMs
          : this.#failures === 0
            ? (this.#ports.everyMs ?? usualMs)
            : Math.min(longestRetryMs, firstRetryMs * 2 ** (this.#failures - 1)),
      )
    })
    await this.#running
  }

  async state(): Promise<SharedCalendarState> {
    const { store, now, timeZone } = this.#ports
    const today = Temporal.Instant.fromEpochMilliseconds(now()).toZonedDateTimeISO(timeZone).toPlainDate().toString()
    const [counts, log, passwordKept] = await Promise.all([
      store.counts(today),
      store.latest(),
      this.#password().then((found) => found !== null),
    ])
    const iso = (ms: number) => new Date(ms).toISOString()
    return {
      state: !this.#isSet()
        ? 'unset'
        : !passwordKept
          ? 'no-password'
          : this.#failure !== null
            ? 'failing'
            : this.#doneAt === null
              ? 'waiting'
              : 'well',
      passwordKept,
      doneAt: this.#doneAt === null ? null : iso(this.#doneAt),
      failure: this.#failure === null ? null : { at: iso(this.#failure.at), says: this.#failure.says },
      nextAt: this.#nextAt === null || !this.#isSet() ? null : iso(this.#nextAt),
      running: this.#running !== null,
      ...counts,
      pending: this.#pending,
      unmatched: this.#unmatched.slice(0, 20),
      unread: this.#unread,
      log,
    }
  }

  /** For `/api/health`; null: no calendar is shared. */
  part(): Part | null {
    if (!this.#isSet()) return null
    const part = { name: 'calendar', since: new Date(this.#since).toISOString(), version: null }
    if (this.#failure === null) return { ...part, state: this.#doneAt === null ? 'starting' : 'up', detail: null }
    const owed = this.#pending === 0 ? '' : ` ; ${this.#pending} présences à écrire`
    return { ...part, state: 'down', detail: `${this.#failure.says}${owed}` }
  }

  /** @param password null: it is forgotten */
  async keepPassword(password: string | null, address: string, login: string, by: string): Promise<void> {
    const secret: Secret = { origin: new URL(address).origin, login, password: password ?? '' }
    await this.#ports.store.keepSecret(password === null ? null : this.#ports.sealing.seal(Buffer.from(JSON.stringify(secret))), by)
    this.settingsChanged()
  }

  /** Ask the server as it would be asked. Writes an event in the calendar of shifts, and takes it away. Never rejects for what the server does. */
  async trial(given: CalendarTrial): Promise<CalendarTrialled> {
    const { address, login, password, ...rest } = calendarTrial.parse(given)
    const none = { calendars: [], shifts: null, absences: null, notices: null }
    if (address === null) return { ok: false, says: 'Indiquez l’adresse du serveur d’agendas.', ...none }
    const kept = await this.#password(address, login)
    const secret = password ?? kept
    if (secret === null)
      return { ok: false, says: 'Saisissez le mot de passe de ce compte : aucun n’est gardé pour ce serveur et cet identifiant.', ...none }
    const server = dav({ address, login, password: secret })
    const found = await server.calendars().catch((error: unknown) => awayOf(error))
    if (found instanceof CalendarAway) return { ok: false, says: `Pas de connexion : ${found.message}.`, ...none }
    const tried = async (collection: string | null, work: (url: string) => Promise<string>) => {
      if (collection === null) return null
      try {
        return { ok: true, says: await work(collection) }
      } catch (error) {
        return { ok: false, says: `${awayOf(error).message}.` }
      }
    }
    const shifts = await tried(rest.shifts, async (url) => {
      const href = new URL(`guichet-essai-${this.#ports.now()}.ics`, url.endsWith('/') ? url : `${url}/`).pathname
      const put = await server.put(href, trialIcs(this.#ports.now()), null)
      if (put === 'changed') throw new CalendarAway('le serveur refuse un nouvel événement')
      await server.remove(href, put.etag)
      return 'Un événement d’essai a été écrit puis retiré.'
    })
    const absences = await tried(rest.absences, async (url) => {
      const { occurrences } = await this.#read(server, url, shiftDays.before, shiftDays.after)
      const { absences: theirs, unmatched } = absencesOf(
        occurrences,
        await this.#ports.store.colleagues(),
        rest.present,
        this.#ports.timeZone,
      )
      return `${theirs.length} absences reconnues, ${unmatched.length} dont on ne sait pas de qui elles sont.`
    })
    const notices = await tried(rest.notices, async (url) => {
      const { occurrences } = await this.#read(server, url, 1, noticeDays)
      return `${occurrences.length} avis dans les trois semaines.`
    })
    const ok = [shifts, absences, notices].every((one) => one === null || one.ok)
    return { ok, says: `Connexion établie : ${found.length} agendas trouvés.`, calendars: found, shifts, absences, notices }
  }

  #isSet(): boolean {
    const { address, shifts, absences, notices } = this.#ports.settings()
    return address !== null && (shifts !== null || absences !== null || notices !== null)
  }

  #arm(inMs: number): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    if (this.#stopped) return
    this.#nextAt = this.#ports.now() + inMs
    this.#timer = setTimeout(() => void this.synchronise(), inMs)
    this.#timer.unref()
  }

  /** The password for this server and this login alone: an address changed by mistake, or in malice, is not sent it. */
  async #password(address = this.#ports.settings().address, login = this.#ports.settings().login): Promise<string | null> {
    const sealed = await this.#ports.store.secret()
    const opened = sealed === null || address === null ? null : this.#ports.sealing.open(sealed)
    if (opened === null || address === null) return null
    const secret = JSON.parse(Buffer.from(opened).toString('utf8')) as Secret
    return secret.origin === new URL(address).origin && secret.login === login ? secret.password : null
  }

  async #run(): Promise<void> {
    if (!this.#isSet()) return
    const { settings, log, now } = this.#ports
    const { address, login, shifts, absences, notices } = settings()
    try {
      const password = await this.#password()
      if (address === null || password === null) throw new CalendarAway('le mot de passe de ce compte n’est pas gardé : saisissez-le')
      const server = dav({ address, login, password })
      const failed: CalendarAway[] = []
      // What comes in first: a shift of somebody who is away is written as such at once. One that fails holds no other up.
      for (const part of [
        absences === null ? null : () => this.#absencesIn(server, absences),
        notices === null ? null : () => this.#noticesIn(server, notices),
        shifts === null ? null : () => this.#shiftsOut(server, shifts),
      ])
        await part?.().catch((error: unknown) => failed.push(awayOf(error)))
      const [first] = failed
      if (first !== undefined) throw first
      if (this.#failure !== null || this.#doneAt === null) this.#since = now()
      this.#failure = null
      this.#failures = 0
      this.#doneAt = now()
    } catch (error) {
      if (this.#failure === null) this.#since = now()
      this.#failures += 1
      this.#failure = { at: now(), says: awayOf(error).message }
      log.warn({ reason: this.#failure.says }, 'The shared calendar could not be synchronised; tried again later, nothing is lost')
    }
  }

  async #shiftsOut(server: Dav, collection: string): Promise<void> {
    const { rota, store, hours, publicUrl, timeZone } = this.#ports
    const [from, to] = this.#days(shiftDays.before, shiftDays.after)
    const { shifts, absences, hours: away } = await rota.between(from, to)
    const days = rotaDays(daysBetween(hours(), from, to), shifts, absences, away)
    await writeShifts(
      days.flatMap((day) => day.shifts),
      await store.shifts(),
      { server, collection, publicUrl, timeZone, store },
      (left) => {
        this.#pending = left
      },
    )
  }

  async #absencesIn(server: Dav, collection: string): Promise<void> {
    const { store, settings, timeZone, onAbsences } = this.#ports
    const [from, to] = this.#days(shiftDays.before, shiftDays.after)
    const mark = `${(await server.markOf(collection)) ?? `${this.#ports.now()}`} ${from}`
    if (this.#marks.get(`absences ${collection}`) === mark) return
    const { occurrences, unread } = await this.#read(server, collection, shiftDays.before, shiftDays.after)
    const colleagues = await store.colleagues()
    const { absences, unmatched } = absencesOf(occurrences, colleagues, settings().present, timeZone)
    const nameOf = new Map(colleagues.map(({ id, name }) => [id, name]))
    const { added, removed } = await store.replaceAbsences(absences, from, to)
    this.#unmatched = [...unmatched]
    this.#unread = unread
    await store.log([
      ...added.map(
        ({ accountId, from: day, to: last, hours }): CalendarLine => ({
          kind: 'absence-added',
          subject: nameOf.get(accountId) ?? accountId,
          detail: hours === null ? (day === last ? day : `${day} – ${last}`) : `${day}, ${hours.from} – ${hours.to}`,
        }),
      ),
      ...(removed === 0 ? [] : [{ kind: 'absence-removed' as const, subject: String(removed) }]),
    ])
    if (unread === 0) this.#marks.set(`absences ${collection}`, mark)
    if (added.length > 0 || removed > 0) onAbsences()
  }

  async #noticesIn(server: Dav, collection: string): Promise<void> {
    const { store, disruptions, settings, now, onDisruptions } = this.#ports
    const { occurrences } = await this.#read(server, collection, 1, noticeDays)
    const known = new Map((await store.notices()).map((notice) => [notice.key, notice]))
    const seen = new Set<string>()
    const at = now()
    let changed = false
    for (const event of occurrences) {
      const says = noticeOf(event, settings().noticesFor)
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
      changed = (await this.#follow(notice, says, event)) || changed
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
    if (changed) onDisruptions()
  }

  /** @returns whether anything changed */
  async #follow(
    { key, disruptionId, said }: { readonly key: string; readonly disruptionId: string; readonly said: DisruptionContent },
    says: DisruptionContent,
    event: Occurrence,
  ): Promise<boolean> {
    const { store, disruptions, now } = this.#ports
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

  /** Events that cannot be read are left out and counted; the others stay. */
  async #read(
    server: Dav,
    collection: string,
    before: number,
    after: number,
  ): Promise<{ readonly occurrences: Occurrence[]; readonly unread: number }> {
    const [fromMs, toMs] = [this.#ports.now() - before * dayMs, this.#ports.now() + after * dayMs]
    const objects = await server.read(collection, fromMs, toMs)
    let unread = 0
    const occurrences: Occurrence[] = []
    for (const { href, text } of objects) {
      // Calls come between two events of a large calendar.
      await immediately()
      try {
        occurrences.push(...occurrencesOf(text, { fromMs, toMs, timeZone: this.#ports.timeZone }))
      } catch (error) {
        unread += 1
        this.#ports.log.warn({ href, reason: (error as Error).message }, 'An event of the shared calendar could not be read')
      }
    }
    return { occurrences, unread }
  }

  #days(before: number, after: number): readonly [string, string] {
    const today = Temporal.Instant.fromEpochMilliseconds(this.#ports.now()).toZonedDateTimeISO(this.#ports.timeZone).toPlainDate()
    return [today.subtract({ days: before }).toString(), today.add({ days: after }).toString()]
  }
}

const awayOf = (error: unknown): CalendarAway =>
  error instanceof CalendarAway ? error : new CalendarAway(error instanceof Error ? error.message : String(error))

const contentOf = (stored: StoredDisruption | Disruption): DisruptionContent => {
  const { kind, title, place, placeId, categoryId, touched, workaround, audience, startsAt, expectedEndAt, spoken } = stored
  return { kind, title, place, placeId, categoryId, touched, workaround, audience, startsAt, expectedEndAt, spoken }
}
const isUntouched = (stands: StoredDisruption, said: DisruptionContent): boolean =>
  stands.expectedEndAt === said.expectedEndAt && stands.ticket === null

const trialIcs = (now: number): string => {
  const at = `${new Date(now).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`
  return `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//guichet-unique//essai//FR\r\nBEGIN:VEVENT\r\nUID:essai-${now}@guichet\r\nDTSTAMP:${at}\r\nDTSTART:${at}\r\nDTEND:${at}\r\nSUMMARY:Essai du guichet\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`
}
