/**
 * What the desk line says, in French. The waiting and the closed message are annex VII-C-1 and VII-C-2 of the specification,
 * word for word, with the limit, the hours and the desk's name in their places; the others follow their tone.
 */
import type { WaitRange } from './wait.ts'

export type Wording = {
  readonly name: string
  /** « de 8 heures 30 à 16 heures 30 » */
  readonly hours: string
  readonly limitMinutes: number
}
export type Spoken = { readonly name: string; readonly language: 'fr' | 'en'; readonly text: string }

/** Bounds, in minutes, between which a wait is announced. */
export const waitBounds = [0, 1, 2, 3, 5, 8, 10, 15, 20, 30] as const
const spokenPositions = 20

const minutes = (n: number) => (n === 1 ? 'une minute' : `${n} minutes`)
const ordinal = (n: number) => (n === 1 ? 'première' : n === 2 ? 'deuxième' : `${n}ème`)

/** Every sentence that must exist as a sound before the line opens. */
export function spokenAnnouncements({ name, hours, limitMinutes }: Wording): readonly Spoken[] {
  const form = `Vous pouvez nous signaler votre demande via le formulaire accessible à la rubrique Service « ${name} » de l’Intranet.`
  const callBack =
    'Vous pouvez aussi nous laisser un court message (en commençant par votre numéro de téléphone) et nous vous rappellerons bien sûr dans les meilleurs délais. Merci et à très bientôt.'
  const fr = (sound: string, text: string): Spoken => ({ name: sound, language: 'fr', text })
  return [
    fr(
      'waiting',
      `Bonjour. Toutes nos lignes sont occupées ; nous essayons de limiter nos communications à ${limitMinutes} minutes. ${form} ${callBack}`,
    ),
    fr('closed', `Bonjour. Le Service « ${name} » est ouvert tous les jours (hors week-end et fériés) ${hours}. ${form} ${callBack}`),
    fr('key-for-message', 'Pour laisser un message, appuyez sur la touche 1.'),
    fr('after-the-tone', 'Parlez après le bip sonore. Pour terminer, raccrochez ou appuyez sur la touche dièse.'),
    fr('message-kept', 'Votre message est enregistré. Nous vous rappellerons dans les meilleurs délais. Au revoir.'),
    fr('message-empty', 'Nous n’avons rien entendu. Au revoir.'),
    fr(
      'limit-reached',
      `Nous avons atteint la limite de ${limitMinutes} minutes. Votre demande reste ouverte et nous vous rappellerons. Au revoir.`,
    ),
    fr('limit-soon', 'Il reste moins d’une minute de communication.'),
    fr('wait-longer', 'L’attente est plus longue que prévu ; nous vous prions de nous en excuser.'),
    fr('wait-many', `Vous êtes au-delà de la ${ordinal(spokenPositions)} position.`),
    fr(
      'apology',
      'Nous rencontrons une difficulté technique et vous prions de nous en excuser. Laissez-nous un message après le bip sonore, en commençant par votre numéro de téléphone ; nous vous rappellerons.',
    ),
    ...Array.from({ length: spokenPositions }, (_, i) => fr(`position-${i + 1}`, `Vous êtes en ${ordinal(i + 1)} position.`)),
    ...waitBounds.flatMap((low, i) =>
      waitBounds
        .slice(i + 1)
        .map((high) =>
          fr(
            waitSound(low, high),
            low === 0
              ? `L’attente est estimée à moins ${high === 1 ? 'd’une minute' : `de ${minutes(high)}`}.`
              : `L’attente est estimée entre ${low === 1 ? 'une' : low} et ${minutes(high)}.`,
          ),
        ),
    ),
  ]
}

const waitSound = (low: number, high: number) => `wait-${low}-${high}`

export const sound = (name: string): string => `sound:guichet/${name}`
export const positionSound = (position: number): string => sound(position <= spokenPositions ? `position-${position}` : 'wait-many')

/** Round a range outwards to the spoken bounds. @returns null beyond the longest bound: better silent than wrong. */
export function spokenWait(range: WaitRange): { readonly sound: string; readonly highMs: number } | null {
  const high = waitBounds.find((b) => b * 60_000 >= range.highMs && b > 0)
  const low = waitBounds.findLast((b) => b * 60_000 <= range.lowMs)
  if (high === undefined || low === undefined || low >= high) return null
  return { sound: sound(waitSound(low, high)), highMs: high * 60_000 }
}
