import { onlyOne } from '../contract/only-one.ts'
import type { Person } from '../contract/entities.ts'
import type { OpenTicket } from './model.ts'

type Left = { readonly callId: string; readonly seconds: number; readonly numberShown: string; readonly people: readonly Person[] }

function lasting(seconds: number): string {
  const whole = Math.max(1, Math.round(seconds))
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`
}

/** What the journal says of a message that joins a ticket: its voice is known by its number alone. */
export const addedMessage = (seconds: number): string =>
  `Message vocal de ${lasting(seconds)}, laissé depuis le numéro du demandeur ; à écouter.`

/** The same of one that was left before the conversation that the ticket is about. */
export const joinedMessage = (seconds: number): string => `Message vocal de ${lasting(seconds)}, laissé avant cet échange ; à écouter ici.`

/** What a voice message asks, as a pre-ticket: an operator listens and completes it. */
export function ticketOfMessage({ callId, seconds, numberShown, people }: Left): OpenTicket & { readonly callId: string } {
  const only = onlyOne(people)
  return {
    title: `Message vocal, ${only?.name ?? numberShown}`,
    summary: `Message vocal de ${lasting(seconds)}, à écouter.`,
    medium: 'message',
    urgency: 'normal',
    impact: 'low',
    categoryId: null,
    placeId: null,
    nature: null,
    solution: null,
    callId,
    requester: { personId: only?.id ?? null, name: only?.name ?? '', email: only?.email ?? null, phone: numberShown },
  }
}
