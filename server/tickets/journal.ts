import type { Ticket } from '../contract/entities.ts'
import type { JournalKind } from '../contract/ticket-states.ts'
import { wound } from './clocks.ts'
import type { Accepted, TemplatedMail, SignedEntry, TicketContext, TicketMail } from './model.ts'

type Besides = Partial<Pick<SignedEntry, 'visibility' | 'detail' | 'cites'>>

/** A line in the name of whoever acts. */
export const signed = (
  context: Pick<TicketContext, 'now' | 'by' | 'operatorName'>,
  kind: JournalKind,
  text: string,
  besides: Besides = {},
): SignedEntry => ({
  at: context.now,
  by: context.operatorName,
  byId: context.by,
  kind,
  text,
  visibility: 'internal',
  detail: null,
  cites: null,
  ...besides,
})

/** What the journal says of a card that whoever signs has seen: sure of who asks. */
export const cardSeen = 'Identité vérifiée : carte vue sur place.'

const mailNames: Readonly<Record<TemplatedMail, string>> = {
  registered: 'Accusé de réception',
  'registered-mail': 'Accusé de réception',
  confirm: 'Accusé de réception, avec le lien pour confirmer,',
  'taken-up': 'Courriel de prise en charge',
  closed: 'Courriel de clôture',
  progress: 'Courriel de suivi',
  redirected: 'Courriel de redirection',
  solution: 'Courriel de solution à confirmer',
  reminder: 'Courriel de rappel',
  reopened: 'Courriel de réouverture',
  'delay-near': 'Courriel de délai bientôt écoulé',
  'delay-over': 'Courriel de délai dépassé',
  visit: 'Invitation à la visite',
  'visit-cancelled': 'Annulation de la visite',
  'visit-staff': 'Courriel de visite',
  mentioned: 'Courriel de mention',
  observed: 'Courriel en copie',
  watched: 'Courriel de suivi en interne',
  'closed-staff': 'Courriel de clôture, en interne,',
  'refused-staff': 'Courriel de retour, en interne,',
  'rule-proposed': 'Proposition de règle',
  'passed-on': 'Courriel de transmission',
  'put-aside': 'Courriel de mise en attente',
  'confirm-follow': 'Demande de confirmation du suivi',
  joined: 'Courriel de rattachement',
  over: 'Courriel de fin de perturbation',
  'called-off': 'Courriel d’annulation de la perturbation',
  'parent-solved': 'Courriel de solution',
}

/** That mails are owed, and to whom. */
export const mailLines = (
  mails: readonly TicketMail[],
  context: Pick<TicketContext, 'now' | 'by' | 'operatorName'>,
): readonly SignedEntry[] => mails.map((mail) => signed(context, 'mail', `${mailNames[mail.kind]} à ${mail.to}`))

/** What was done, with its mails written in the journal after it, and the clocks set by it. */
export const accepted = (
  ticket: Ticket,
  context: TicketContext,
  entries: readonly SignedEntry[],
  mails: readonly TicketMail[] = [],
): Accepted => {
  const { clock, ends } = wound(ticket, context)
  return {
    kind: 'accepted',
    ticket: { ...ticket, clock },
    journal: [...entries, ...mailLines(mails, context)],
    mails,
    ends,
  }
}
