import type { ClockName, ClockStep, RunningClock } from '../contract/clocks.ts'
import type { Ticket } from '../contract/entities.ts'
import { withFirst } from '../contract/first-of-month.ts'
import type { MailLanguage } from '../contract/mail-templates.ts'
import { mailTo, ofTicket } from './mails.ts'
import type { TicketContext, TicketMail } from './model.ts'

const delays: Readonly<Record<ClockName, Readonly<Record<MailLanguage, string>>>> = {
  'take-up': { fr: 'la prise en charge', en: 'taking up' },
  level1: { fr: 'le traitement au niveau 1', en: 'the work of level 1' },
  level2: { fr: 'le traitement par le groupe', en: 'the work of the group' },
}
const nobody = { fr: 'personne pour l’instant', en: 'nobody for now' } as const
const unknown = { fr: 'inconnu', en: 'unknown' } as const
const locales = { fr: 'fr-FR', en: 'en-GB' } as const

/** To whoever has the ticket, or whom it is taken to: a delay that is nearly over, or is. */
export function clockMail(
  ticket: Ticket,
  { name, dueAt }: RunningClock,
  step: ClockStep,
  address: string | null,
  context: Pick<TicketContext, 'portalUrl' | 'followUrl' | 'ticketUrl' | 'policy'>,
): readonly TicketMail[] {
  if (dueAt === null) return []
  const { policy } = context
  const moment = (language: MailLanguage) => {
    const { timeZone } = policy.calendar
    const said = new Intl.DateTimeFormat(locales[language], { dateStyle: 'full', timeStyle: 'short', timeZone }).format(new Date(dueAt))
    return language === 'fr' ? withFirst(said) : said
  }
  return mailTo(address, step === 'warned' ? 'delay-near' : 'delay-over', ticket, policy.mails, (language) => ({
    ...ofTicket(ticket, context),
    delay: delays[name][language],
    deadline: moment(language),
    requester: ticket.requester.name || unknown[language],
    owner: ticket.owner?.name ?? nobody[language],
    link: context.ticketUrl(ticket),
  }))
}
