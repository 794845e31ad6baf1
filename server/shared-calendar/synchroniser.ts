import type { Logger } from 'pino'
import { Temporal } from 'temporal-polyfill'
import type { Part } from '../contract/http.ts'
import type { CalendarTrial, CalendarTrialled, SharedCalendarSettings, SharedCalendarState } from '../contract/shared-calendar.ts'
import type { RotaStore } from '../database/rota-store.ts'
import type { CalendarLine, SharedCalendarStore } from '../database/shared-calendar-store.ts'
import { daysBetween } from '../calendar/ahead.ts'
import { rotaDays } from '../calendar/rota.ts'
import type { HoursSettings } from '../contract/settings.ts'
import { NeighbourRounds } from '../neighbours/rounds.ts'
import { absencesOf } from './absences.ts'
import { awayOf, CalendarAway, dav, type Dav } from './dav.ts'
import { type NoticedDisruptions, noticesIn } from './notices-in.ts'
import { type Around, noticeDays, readCalendar, shiftDays } from './reading.ts'
import { writeShifts } from './shifts-out.ts'
import { tryCalendar } from './trial.ts'

type Ports = {
  readonly settings: () => SharedCalendarSettings
  readonly hours: () => HoursSettings
  readonly store: SharedCalendarStore
  readonly rota: Pick<RotaStore, 'between'>
  readonly disruptions: NoticedDisruptions
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

/**
 * The shared calendar, asked in the background: shifts go out, absences and notices come in. A server that is slow or away holds nothing up
 * and loses nothing, for what is owed is worked out anew each time from what stands on both sides.
 */
export class SharedCalendar {
  readonly #ports: Ports
  readonly #rounds: NeighbourRounds
  #pending = 0
  #unread = 0
  #unmatched: SharedCalendarState['unmatched'] = []
  /** What was read last of a collection, by its own mark: the same again need not be read. */
  readonly #marks = new Map<string, string>()

  constructor(ports: Ports) {
    const { now, log, everyMs = usualMs } = ports
    this.#ports = ports
    this.#rounds = new NeighbourRounds({
      name: 'calendar',
      isOn: () => this.#isSet(),
      run: () => this.#run(),
      everyMs: () => everyMs,
      soonMs: 1_500,
      firstRetryMs: 30_000,
      saying: (error) => awayOf(error).message,
      now,
      log,
    })
  }

  /** Once the database is there. */
  start(): void {
    this.#rounds.start()
  }

  stop(): Promise<void> {
    return this.#rounds.stop()
  }

  /** The rota or the settings have changed: soon, and not again for each change of many. */
  wake(): void {
    this.#rounds.wake()
  }

  /** Whatever was read counts no more: it was read by other rules. */
  settingsChanged(): void {
    this.#marks.clear()
    this.#unmatched = []
    this.#pending = 0
    this.#rounds.reset()
  }

  /** Now. Resolves when it is done, or has failed; never rejects. */
  synchronise(): Promise<void> {
    return this.#rounds.round()
  }

  async state(): Promise<SharedCalendarState> {
    const { store, now, timeZone } = this.#ports
    const { running, doneAt, nextAt, failure } = this.#rounds
    const today = Temporal.Instant.fromEpochMilliseconds(now()).toZonedDateTimeISO(timeZone).toPlainDate().toString()
    const [counts, log, passwordKept] = await Promise.all([
      store.counts(today),
      store.latest(),
      this.#password().then((found) => found !== null),
    ])
    const iso = (ms: number) => new Date(ms).toISOString()
    return {
      state: !this.#isSet() ? 'unset' : !passwordKept ? 'no-password' : failure !== null ? 'failing' : doneAt === null ? 'waiting' : 'well',
      passwordKept,
      doneAt: doneAt === null ? null : iso(doneAt),
      failure: failure === null ? null : { at: iso(failure.at), says: failure.says },
      nextAt: nextAt === null || !this.#isSet() ? null : iso(nextAt),
      running,
      ...counts,
      pending: this.#pending,
      unmatched: this.#unmatched.slice(0, 20),
      unread: this.#unread,
      log,
    }
  }

  /** For `/api/health`; null: no calendar is shared. */
  part(): Part | null {
    return this.#rounds.part(this.#rounds.failure === null || this.#pending === 0 ? null : `${this.#pending} présences à écrire`)
  }

  /** @param password null: it is forgotten */
  async keepPassword(password: string | null, address: string, login: string, by: string): Promise<void> {
    const secret: Secret = { origin: new URL(address).origin, login, password: password ?? '' }
    await this.#ports.store.keepSecret(password === null ? null : this.#ports.sealing.seal(Buffer.from(JSON.stringify(secret))), by)
    this.settingsChanged()
  }

  /** Ask the server as it would be asked, with the password that is kept for it where none is given. */
  trial(given: CalendarTrial): Promise<CalendarTrialled> {
    const { store, timeZone, log, now } = this.#ports
    return tryCalendar(given, { passwordFor: (address, login) => this.#password(address, login), store, timeZone, log, now })
  }

  #isSet(): boolean {
    const { address, shifts, absences, notices } = this.#ports.settings()
    return address !== null && (shifts !== null || absences !== null || notices !== null)
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
    const { address, login, shifts, absences, notices } = this.#ports.settings()
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
  }

  async #shiftsOut(server: Dav, collection: string): Promise<void> {
    const { rota, store, hours, publicUrl, timeZone } = this.#ports
    const [from, to] = this.#days(shiftDays)
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
    const [from, to] = this.#days(shiftDays)
    const mark = `${(await server.markOf(collection)) ?? `${this.#ports.now()}`} ${from}`
    if (this.#marks.get(`absences ${collection}`) === mark) return
    const { occurrences, unread } = await this.#read(server, collection, shiftDays)
    const colleagues = await store.colleagues()
    const { absences, unmatched } = absencesOf(occurrences, colleagues, settings().present, timeZone)
    const nameOf = new Map(colleagues.map(({ id, name }) => [id, name]))
    const { added, removed } = await store.replaceAbsences(absences, from, to, unread)
    this.#unmatched = [...unmatched]
    this.#unread = unread.length
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
    if (unread.length === 0) this.#marks.set(`absences ${collection}`, mark)
    if (added.length > 0 || removed > 0) onAbsences()
  }

  async #noticesIn(server: Dav, collection: string): Promise<void> {
    const { store, disruptions, settings, now, onDisruptions } = this.#ports
    const { occurrences, unread } = await this.#read(server, collection, noticeDays)
    const { changed, wrong } = await noticesIn(occurrences, settings().noticesFor, { store, disruptions, now }, unread)
    if (changed) onDisruptions()
    if (wrong !== null) throw awayOf(wrong)
  }

  #read(server: Dav, collection: string, days: Around) {
    const { timeZone, log, now } = this.#ports
    return readCalendar(server, collection, days, { timeZone, log, now })
  }

  #days({ before, after }: Around): readonly [string, string] {
    const today = Temporal.Instant.fromEpochMilliseconds(this.#ports.now()).toZonedDateTimeISO(this.#ports.timeZone).toPlainDate()
    return [today.subtract({ days: before }).toString(), today.add({ days: after }).toString()]
  }
}
