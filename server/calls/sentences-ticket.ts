/** What somebody who calls again hears of their open ticket: where it stands and when its next step is, never what it is about. */
import type { Language, Spoken } from './announcements.ts'
import { type NextDay, nextDays, type TicketNews } from './model.ts'

export const nextDaySound = (day: NextDay): string => `ticket-next-${day}`

/** The names of what says where a ticket stands. */
export const newsSounds = ({ state, next, several }: TicketNews): readonly string[] => [
  ...(several ? ['ticket-several'] : []),
  `ticket-${state}`,
  ...(next === null ? [] : [nextDaySound(next)]),
]

/** The same on the closed side, with the key by which a message joins it. */
export const closedNews = (news: TicketNews): readonly string[] => [...newsSounds(news), 'ticket-key-closed']

type Both = Readonly<Record<Language, string>>

const sentences: Readonly<Record<string, Both>> = {
  'ticket-several': {
    fr: 'Vous avez plusieurs demandes ouvertes ; voici la plus récente.',
    en: 'Several of your requests are open; here is the latest.',
  },
  'ticket-received': {
    fr: 'Votre demande est enregistrée et attend d’être prise en charge.',
    en: 'Your request is registered and waits to be taken up.',
  },
  'ticket-in-hand': { fr: 'Votre demande est en cours de traitement.', en: 'Your request is being dealt with.' },
  'ticket-with-team': {
    fr: 'Votre demande est confiée à l’équipe qui peut y répondre.',
    en: 'Your request is with the team that can answer it.',
  },
  'ticket-waits': { fr: 'Votre demande est en attente.', en: 'Your request is on hold.' },
  'ticket-waits-for-you': { fr: 'Votre demande attend une réponse de votre part.', en: 'Your request waits for an answer from you.' },
  'ticket-proposed': {
    fr: 'Une solution vous a été proposée ; elle attend votre réponse.',
    en: 'A solution has been proposed to you; it waits for your answer.',
  },
  'ticket-key': {
    fr: 'Pour y ajouter un message, appuyez sur la touche 1. Pour parler à un opérateur, restez en ligne.',
    en: 'To add a message to it, press 1. To speak to an operator, stay on the line.',
  },
  'ticket-key-closed': {
    fr: 'Pour y ajouter un message, appuyez sur la touche 1. Pour une autre demande, restez en ligne.',
    en: 'To add a message to it, press 1. For another request, stay on the line.',
  },
}

const days: Readonly<Record<Exclude<NextDay, 'late'>, Both>> = {
  today: { fr: 'aujourd’hui', en: 'today' },
  tomorrow: { fr: 'demain', en: 'tomorrow' },
  monday: { fr: 'lundi', en: 'on Monday' },
  tuesday: { fr: 'mardi', en: 'on Tuesday' },
  wednesday: { fr: 'mercredi', en: 'on Wednesday' },
  thursday: { fr: 'jeudi', en: 'on Thursday' },
  friday: { fr: 'vendredi', en: 'on Friday' },
  saturday: { fr: 'samedi', en: 'on Saturday' },
  sunday: { fr: 'dimanche', en: 'on Sunday' },
  later: { fr: 'dans plus d’une semaine', en: 'in more than a week' },
}

function nextDay(day: NextDay, language: Language): string {
  if (day !== 'late') return language === 'fr' ? `La suite est prévue ${days[day].fr}.` : `The next step is due ${days[day].en}.`
  return language === 'fr'
    ? 'Elle a pris du retard, et nous vous prions de nous en excuser.'
    : 'It has fallen behind, and we apologise for that.'
}

export const ticketSentences = (language: Language): readonly Spoken[] => [
  ...Object.entries(sentences).map(([name, text]) => ({ name, language, text: text[language] })),
  ...nextDays.map((day) => ({ name: nextDaySound(day), language, text: nextDay(day, language) })),
]
