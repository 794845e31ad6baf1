import type { Logger } from 'pino'
import { yearFrom } from '../calendar/ahead.ts'
import type { OpeningCalendar } from '../calendar/calendar.ts'
import { addWorking } from '../calendar/hours.ts'
import { clockSentence, dateSentence } from '../calendar/sentences.ts'
import type { Person } from '../contract/entities.ts'
import type { MailLanguage, MailSettings } from '../contract/mail-templates.ts'
import type { FollowUpSettings } from '../contract/settings.ts'
import type { OwedStore } from '../database/owed-store.ts'
import { lateMail } from '../owed/escalation.ts'

type WatchPorts = {
  readonly owed: Pick<OwedStore, 'escalate'>
  readonly settings: () => FollowUpSettings
  readonly mails: () => MailSettings
  readonly calendar: () => OpeningCalendar
  readonly peopleOf: (number: string) => readonly Person[]
  readonly publicUrl: string
  readonly mailDomain: string
  readonly log: Logger
  readonly onLate: () => void
}

const everyMs = 20_000
const english = (timeZone: string) => new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'short', timeZone })

/** Looks at the answers owed: what is late is taken further within twenty seconds. PostgreSQL away, it looks again. */
export class OwedWatch {
  readonly #ports: WatchPorts
  #timer: NodeJS.Timeout | null = null
  #looking: Promise<void> | null = null

  constructor(ports: WatchPorts) {
    this.#ports = ports
  }

  /** PostgreSQL is there. */
  start(): void {
    if (this.#timer !== null) return
    this.#timer = setInterval(() => this.look(), everyMs)
    this.#timer.unref()
    this.look()
  }

  /** Look now: what may be late has changed. */
  look(): void {
    if (this.#timer === null) return
    this.#looking ??= this.#look().finally(() => {
      this.#looking = null
    })
  }

  async stop(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer)
    this.#timer = null
    await this.#looking
  }

  async #look(): Promise<void> {
    const { log, onLate } = this.#ports
    try {
      if (await this.#escalate()) onLate()
    } catch (error) {
      log.warn({ reason: (error as Error).message }, 'Late answers cannot be looked for now')
    }
  }

  async #escalate(): Promise<boolean> {
    const { owed, settings, mails, calendar, peopleOf, publicUrl, mailDomain } = this.#ports
    const { escalate, escalationMailMinutes, escalationMailTo: mailTo } = settings()
    if (!escalate) return false
    const hours = calendar()
    const afterMs = escalationMailMinutes * 60_000
    const mailAt = mailTo.length === 0 ? null : (dueAt: number) => addWorking(hours, dueAt, afterMs) ?? dueAt + afterMs
    const words = {
      link: `${publicUrl}/console/a-rappeler`,
      nameOf: (number: string) => {
        const [only, another] = peopleOf(number)
        return only === undefined || another !== undefined ? null : only.name
      },
      mails: mails(),
      when: (ms: number, language: MailLanguage) => {
        if (language === 'en') return english(hours.timeZone).format(ms)
        const { today: day } = yearFrom(hours.timeZone, ms)
        return `${dateSentence(day, day, 'fr')} à ${clockSentence(hours, ms, ms)}`
      },
    }
    return owed.escalate({ mailAt, mailTo }, (late) => lateMail(late, words), mailDomain)
  }
}
