import type { Logger } from 'pino'
import { yearFrom } from '../calendar/ahead.ts'
import type { OpeningCalendar } from '../calendar/calendar.ts'
import { addWorking } from '../calendar/hours.ts'
import { clockSentence, dateSentence } from '../calendar/sentences.ts'
import type { OpeningOrder, Person } from '../contract/entities.ts'
import type { MailLanguage, MailSettings } from '../contract/mail-templates.ts'
import type { FollowUpSettings } from '../contract/settings.ts'
import type { OwedStore } from '../database/owed-store.ts'
import { onlyOne } from '../contract/only-one.ts'
import { lateMail } from '../owed/escalation.ts'
import { owingHours } from '../owed/model.ts'
import { tellingMail } from '../owed/telling.ts'
import { mailable } from '../tickets/text.ts'
import { Rounds } from './rounds.ts'

type WatchPorts = {
  readonly owed: Pick<OwedStore, 'keepDues' | 'escalate' | 'tell'>
  readonly settings: () => FollowUpSettings
  readonly mails: () => MailSettings
  readonly calendar: () => OpeningCalendar
  /** What somebody ordered by hand; null: the hours hold. */
  readonly order: () => OpeningOrder | null
  /** In ms. */
  readonly now: () => number
  readonly peopleOf: (number: string) => readonly Person[]
  readonly publicUrl: string
  readonly mailDomain: string
  readonly log: Logger
  readonly onChanged: () => void
}

const everyMs = 20_000
const english = (timeZone: string) => new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'short', timeZone })

/**
 * Looks at the answers owed: within twenty seconds, what falls into a closure is due after it, those whom they are owed to are written to, and
 * what is late is taken further.
 */
export const owedWatch = (ports: WatchPorts): Rounds =>
  new Rounds({
    everyMs,
    log: ports.log,
    failing: 'Late answers cannot be looked for now',
    async look() {
      const moved = await keepTimes(ports)
      const told = await tellPeople(ports)
      if ((await takeFurther(ports)) || told || moved) ports.onChanged()
    },
  })

function keepTimes({ owed, calendar, order, now }: WatchPorts): Promise<boolean> {
  const [by, nowMs] = [order(), now()]
  const closed = by && { open: by.open, until: by.until === null ? null : Date.parse(by.until) }
  return owed.keepDues(owingHours(calendar(), closed, nowMs))
}

/** One person alone is written to: a number of several is nobody's in particular. */
async function tellPeople({ owed, settings, mails, calendar, peopleOf, publicUrl, mailDomain }: WatchPorts): Promise<boolean> {
  if (!settings().tellMissed) return false
  const words = { mails: mails(), form: `${publicUrl}/demande`, timeZone: calendar().timeZone }
  return owed.tell((about, of) => {
    const to = mailable(onlyOne(peopleOf(of.number))?.email ?? null)
    return to === null ? null : { to, ...tellingMail(about, of, words) }
  }, mailDomain)
}

async function takeFurther({ owed, settings, mails, calendar, peopleOf, publicUrl, mailDomain }: WatchPorts): Promise<boolean> {
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
