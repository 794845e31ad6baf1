import type { followUpFr } from './follow-up-fr.ts'

export const followUpEn: typeof followUpFr = {
  callers: 'Callers',
  tellTicket: 'Tell those who call again where their request stands',
  tellTicketSays:
    'While they wait, after the message: the state and the day of the next step, never what it is about. Nothing is said when the number is withheld or belongs to several people.',
  late: 'Late answers',
  escalate: 'Raise an alarm when somebody should have been called back',
  escalateSays: 'Supervisors see it on all their pages from the due time on; once the person has been called back, the alarm goes',
  mailAfter: 'Then write after',
  mailAfterSays: 'Counted in opening hours, once for each delay',
  mailTo: 'To these addresses',
  mailToSays: 'One a line; none: no mail',
  addressWrong: 'One of these addresses cannot receive mail.',
  told: 'Who was told of the delay',
  steps: { supervisors: 'late: supervisors told', mail: 'late: mail to {{to}}' },
  alarm_one: '{{count}} answer is late:',
  alarm_other: '{{count}} answers are late:',
  others_one: 'and one other person',
  others_other: 'and {{count}} other people',
  see: 'See the list',
  targetMail: 'Address, for the ticket’s link',
  targetMailOf: 'Address of destination {{n}}',
  addedMessages: 'Voice messages added by the requester',
}
