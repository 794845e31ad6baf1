import type { Ticket } from '../contract/entities.ts'
import type { MailLanguage, MailSettings, MailTemplate, MailTemplateName } from '../contract/mail-templates.ts'
import type { RunningClock } from '../contract/clocks.ts'
import type { Visit } from '../contract/visits.ts'
import { clockMail } from './clock-mail.ts'
import { mentionedMail, observedMail, ruleProposedMail, watchedMail, closedStaffMail, refusedStaffMail } from './staff-mails.ts'
import { visitMails } from './visit-mails.ts'
import { handedOverMail } from './hand-over.ts'
import {
  closedMail,
  confirmFollowingMail,
  confirmMail,
  joinedMail,
  passedOnMail,
  putAsideMail,
  overMail,
  progressMail,
  redirectedMail,
  registeredMail,
  reminderMail,
  reopenedMail,
  solutionMail,
  takenUpMail,
} from './mails.ts'
import { mailText } from './mail-text.ts'
import type { TicketContext, TicketPolicy } from './model.ts'

type About = {
  readonly now: string
  readonly publicUrl: string
  readonly policy: TicketPolicy
  readonly answerUrl: TicketContext['answerUrl']
}

/** What a mail is shown with while there is no ticket to choose: the annex's own example. */
export const sampleTicket: Ticket = {
  id: '00000000-0000-0000-0000-000000000000',
  number: 10421,
  title: 'Accès à Moodle',
  summary: 'Trois vacataires ne voient pas le cours.',
  status: 'in-progress',
  medium: 'phone',
  urgency: 'normal',
  impact: 'low',
  priority: 4,
  nature: null,
  categoryId: null,
  placeId: null,
  requester: { personId: null, name: 'Claire Dubois', email: 'claire.dubois@univ.example', phone: '05 61 55 12 34' },
  callId: null,
  solution: null,
  openedBy: 'Alice Martin',
  openedAt: '2026-11-23T09:00:00.000Z',
  closedAt: null,
  owner: { id: 'alice', name: 'Alice Martin' },
  groupId: null,
  waiting: null,
  proposal: null,
  closedHow: null,
  statusSince: '2026-11-23T09:00:00.000Z',
  touchedAt: '2026-11-23T09:00:00.000Z',
  unconfirmed: false,
  asked: null,
  clock: null,
}

const somebody = 'personne@univ.example'
const sampleVisit: Visit = {
  id: '00000000-0000-4000-8000-000000000000',
  startsAt: '2026-11-24T09:00:00.000Z',
  endsAt: '2026-11-24T10:00:00.000Z',
  place: 'Bât. 4R3, bureau 12',
  note: 'Laissez le poste allumé.',
  visitor: { id: 'nadia', name: 'Nadia Roussel' },
  state: 'planned',
  sequence: 0,
  answer: null,
}
const sampleClock: RunningClock = {
  name: 'level1',
  whose: 'level1',
  startedAt: '2026-11-23T09:00:00.000Z',
  usedMs: 0,
  since: null,
  allowedMs: null,
  dueAt: null,
  warnAt: null,
  step: 'running',
}
const daysLater = (iso: string, days: number) => new Date(Date.parse(iso) + days * 86_400_000).toISOString()

/** A template being edited, filled in as it would be; what the ticket does not hold yet is made up. */
export function previewMail(
  name: MailTemplateName,
  template: MailTemplate,
  written: Pick<MailSettings, 'languages' | 'mark'>,
  ticket: Ticket,
  { now, publicUrl, policy, answerUrl }: About,
): { readonly subject: string; readonly text: string } {
  const mails: MailSettings = { ...policy.mails, ...written, [name]: template }
  const shown: Ticket = {
    ...ticket,
    medium: name === 'registered-mail' ? 'mail' : name === 'registered' ? 'form' : ticket.medium,
    solution: ticket.solution ?? 'Les comptes ont été ajoutés au cours.',
    requester: { ...ticket.requester, email: somebody },
  }
  const context: TicketContext = {
    now,
    by: 'preview',
    operatorName: ticket.owner?.name ?? 'Alice Martin',
    side: 'level1',
    portalUrl: `${publicUrl}/demande`,
    policy: { ...policy, mails },
    answerUrl,
    // Whoever looks at a text is given no way into a request.
    followUrl: ({ number }) => `${publicUrl}/demandes/${number}`,
    confirmUrl: ({ number }) => `${publicUrl}/demandes/${number}/confirmer`,
    ticketUrl: ({ number }) => `${publicUrl}/console/tickets/${number}`,
    groupUrl: ({ number }) => `${publicUrl}/groupe/${number}`,
  }
  const proposal = shown.proposal ?? { at: now, remindAt: null, closesAt: daysLater(now, 7) }
  const mail = (() => {
    switch (name) {
      case 'registered':
      case 'registered-mail':
        return registeredMail(shown, context)[0]
      case 'confirm':
        return confirmMail(shown, context)[0]
      case 'confirm-follow':
        return confirmFollowingMail(shown, context)[0]
      case 'taken-up':
        return takenUpMail(shown, context)[0]
      case 'progress':
        return progressMail(shown, 'Le cours est de nouveau ouvert ; reste à vérifier les droits.', ['droits.pdf'], context)[0]
      case 'passed-on':
        return passedOnMail(shown, context)[0]
      case 'put-aside':
        return putAsideMail(shown, { for: 'date', until: daysLater(now, 7) }, context)[0]
      case 'closed':
        return closedMail(shown, shown.solution ?? '', context)[0]
      case 'solution':
        return solutionMail(shown, proposal, context)[0]
      case 'reminder':
        return reminderMail(shown, proposal, context)[0]
      case 'reopened':
        return reopenedMail(shown, 'Le cours a de nouveau disparu.', context)[0]
      case 'joined':
        return joinedMail(shown, context)[0]
      case 'over':
      case 'called-off':
      case 'parent-solved':
        return overMail(name, shown, proposal, context)[0]
      case 'redirected':
        return redirectedMail(shown, { id: 'dsrt', name: 'dSRT', mail: somebody }, 'Vu avec l’usager ce matin.', context)[0]
      case 'visit':
      case 'visit-cancelled':
      case 'visit-staff':
        return visitMails(
          shown,
          { ...sampleVisit, state: name === 'visit-cancelled' ? 'cancelled' : 'planned' },
          { visitorMail: somebody },
          context,
        ).find((mail) => mail.kind === name)
      case 'delay-near':
      case 'delay-over':
        return clockMail(shown, { ...sampleClock, dueAt: now }, name === 'delay-near' ? 'warned' : 'late', somebody, context)[0]
      case 'mentioned':
        return mentionedMail(shown, '@Nadia Roussel : la prise est-elle brassée ?', somebody, context)[0]
      case 'observed':
        return observedMail(shown, () => 'Le cours est de nouveau ouvert.', somebody, context)[0]
      case 'closed-staff':
        return closedStaffMail(shown, somebody, context)[0]
      case 'refused-staff':
        return refusedStaffMail(shown, 'Le cours reste fermé pour deux étudiants.', somebody, context)[0]
      case 'watched':
        return watchedMail(shown, () => 'Sauvegarde relue, le cours y est.', somebody, context)[0]
      case 'rule-proposed':
        return ruleProposedMail(
          shown,
          { group: 'dSRT', reason: 'C’est un mot de passe.', rule: 'Compte, mot de passe → dSIG', link: `${publicUrl}/console/reglages` },
          somebody,
          context,
        )[0]
      case 'handed-over':
        return handedOverMail(shown, { to: somebody, target: 'le standard', by: context.operatorName, publicUrl, mails })
      case 'late':
        return { ...mailText(template, written, null, late(publicUrl)) }
      case 'list-check':
        return mailText(template, written, null, () => ({
          group: 'dSRT',
          list: '- Nadia Roussel',
          right: `${publicUrl}/listes/…`,
          wrong: `${publicUrl}/listes/…?reponse=non`,
          link: `${publicUrl}/console/groupes`,
        }))
      case 'disruption-opened':
      case 'disruption-updated':
      case 'disruption-over':
      case 'disruption-called-off':
      case 'disruption-subscribe':
        return mailText(template, written, null, () => ({
          title: 'Wi-Fi en panne',
          place: 'Bâtiment A',
          concerned: 'Tout le campus',
          workaround: 'Utilisez une prise réseau.',
          start: '23/11/2026 09:50',
          deadline: '23/11/2026 12:00',
          solution: 'Une borne a été changée.',
          link: `${publicUrl}/perturbations`,
          leave: `${publicUrl}/perturbations/abonnement/…/quitter`,
          confirm: `${publicUrl}/perturbations/abonnement/…/confirmer`,
        }))
      case 'article-review':
        return mailText(template, written, null, () => ({
          number: '7',
          title: 'Configurer le VPN',
          link: `${publicUrl}/console/connaissances/7`,
        }))
      case 'callback-missed':
      case 'callback-attempted':
        return mailText(template, written, null, (language) => ({
          call: language === 'fr' ? 'mardi 24 novembre à 10\u00a0h' : 'Tuesday 24 November at 10\u00a0a.m.',
          phone: '05 61 55 12 34',
          form: `${publicUrl}/demande`,
        }))
      case 'callback-booked':
      case 'callback-shut':
      case 'callback-cancelled':
        return mailText(template, written, null, (language) => ({
          callback:
            language === 'fr'
              ? 'mardi 24 novembre, entre 10\u00a0h et 10\u00a0h\u00a030'
              : 'Tuesday 24 November, between 10\u00a0a.m. and 10:30\u00a0a.m.',
          phone: '05 61 55 12 34',
          title: 'Imprimante du secrétariat',
          link: `${publicUrl}/rappel/…`,
          form: `${publicUrl}/rappel`,
        }))
      default:
        return name satisfies never
    }
  })()
  return { subject: mail?.subject ?? '', text: mail?.text ?? '' }
}

const late = (publicUrl: string) => (language: MailLanguage) => ({
  list:
    language === 'fr'
      ? '- Claire Dubois (05 61 55 12 34) : réponse attendue le lundi 23 novembre à 10 heures'
      : '- Claire Dubois (05 61 55 12 34): answer due Monday 23 November at 10:00',
  count: language === 'fr' ? 'Une réponse est en retard' : 'One answer is late',
  link: `${publicUrl}/console/a-rappeler`,
})
