import type { followUpFr } from './follow-up-fr.ts'

export const followUpEn: typeof followUpFr = {
  callers: 'Callers',
  tellTicket: 'Tell those who call again where their request stands',
  tellTicketSays:
    'While they wait, after the message: the state and the day of the next step, never what it is about. Nothing is said when the number is withheld or belongs to several people.',
  addedMessages: 'Voice messages added by the requester',
}
