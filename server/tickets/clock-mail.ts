import type { ClockName, ClockStep, RunningClock } from '../contract/clocks.ts'
import type { Ticket } from '../contract/entities.ts'
import type { TicketContext, TicketMail } from './model.ts'
import { mailable, oneLine } from './text.ts'

const delays: Readonly<Record<ClockName, string>> = {
  'take-up': 'la prise en charge',
  level1: 'le traitement au niveau 1',
  level2: 'le traitement par le groupe',
}

/** To whoever has the ticket, or whom it is taken to: a delay that is nearly over, or is. */
export function clockMail(
  ticket: Ticket,
  { name, dueAt }: RunningClock,
  step: ClockStep,
  address: string | null,
  { portalUrl, policy }: Pick<TicketContext, 'portalUrl' | 'policy'>,
): readonly TicketMail[] {
  const to = mailable(address)
  if (to === null || dueAt === null) return []
  const when = new Intl.DateTimeFormat('fr-FR', { dateStyle: 'full', timeStyle: 'short', timeZone: policy.calendar.timeZone }).format(
    new Date(dueAt),
  )
  const near = step === 'warned'
  const text = [
    'Bonjour,',
    near
      ? `Le délai prévu pour ${delays[name]} de la demande n° ${ticket.number} s’achève le ${when}.`
      : `Le délai prévu pour ${delays[name]} de la demande n° ${ticket.number} est dépassé depuis le ${when}.`,
    `Titre : ${oneLine(ticket.title)}`,
    `Usager : ${oneLine(ticket.requester.name) || 'inconnu'}`,
    `Suivi par : ${ticket.owner === null ? 'personne pour l’instant' : oneLine(ticket.owner.name)}`,
    `Le ticket : ${consoleUrl(portalUrl)}/console/tickets/${ticket.number}`,
    'Cordialement.',
  ].join('\n')
  return [
    {
      kind: 'clock',
      to,
      subject: `[Guichet unique n°${ticket.number}] ${near ? 'délai bientôt écoulé' : 'délai dépassé'} : ${oneLine(ticket.title)}`,
      text,
    },
  ]
}

/** The console is at the portal's address. */
const consoleUrl = (portalUrl: string) => portalUrl.replace(/\/demande$/, '')
