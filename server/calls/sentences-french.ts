/**
 * What the desk line says, in French. The waiting and the closed message are annex VII-C-1 and VII-C-2 of the specification,
 * word for word, with the limit, the hours and the desk's name in their places; the others follow their tone.
 */
import { spokenPositions, type Spoken, waitBounds, waitSound, type Wording } from './announcements.ts'
import { ticketSentences } from './sentences-ticket.ts'

const minutes = (n: number) => (n === 1 ? 'une minute' : `${n} minutes`)
const ordinal = (n: number) => (n === 1 ? 'première' : n === 2 ? 'deuxième' : `${n}ème`)

export function frenchSentences({ name, hours, limitMinutes }: Wording): readonly Spoken[] {
  const form = `Vous pouvez nous signaler votre demande via le formulaire accessible à la rubrique Service « ${name} » de l’Intranet.`
  const callBack =
    'Vous pouvez aussi nous laisser un court message (en commençant par votre numéro de téléphone) et nous vous rappellerons bien sûr dans les meilleurs délais. Merci et à très bientôt.'
  const fr = (sound: string, text: string): Spoken => ({ name: sound, language: 'fr', text })
  return [
    fr(
      'waiting',
      `Bonjour. Toutes nos lignes sont occupées ; nous essayons de limiter nos communications à ${limitMinutes} minutes. ${form} ${callBack}`,
    ),
    fr('closed', `Bonjour. Le Service « ${name} » est ouvert tous les jours (hors week-end et fériés) ${hours.fr}. ${form} ${callBack}`),
    fr('closed-otherwise', `${form} ${callBack}`),
    // For those whom the rest would not reach: said in their language.
    { name: 'other-language', language: 'fr', voice: 'en', text: 'For English, press 2.' },
    fr('key-for-message', 'Pour laisser un message, appuyez sur la touche 1.'),
    fr('offer-callback', 'Pour garder votre place et être rappelé, appuyez sur la touche 3.'),
    fr('place-number', 'Nous pouvons vous rappeler à ce numéro.'),
    fr(
      'place-confirm',
      'Pour confirmer, appuyez sur 1. Pour indiquer un autre numéro, appuyez sur 2. Pour rester en ligne, appuyez sur étoile.',
    ),
    fr('place-key-number', 'Composez le numéro auquel vous rappeler, puis appuyez sur dièse. Pour rester en ligne, appuyez sur étoile.'),
    fr('place-refused', 'Nous ne pouvons pas appeler ce numéro.'),
    fr('place-kept', 'Votre place est gardée. Nous vous appellerons quand ce sera votre tour ; vous pouvez raccrocher. À bientôt.'),
    fr(
      'message-key-number',
      'Composez le numéro auquel vous rappeler, puis appuyez sur dièse. Pour passer directement au message, appuyez sur étoile.',
    ),
    fr(
      'message-confirm',
      'Pour confirmer, appuyez sur 1. Pour indiquer un autre numéro, appuyez sur 2. Pour passer au message sans ce numéro, appuyez sur étoile.',
    ),
    fr('message-other-number', 'Pour être rappelé à un autre numéro, appuyez sur la touche 3.'),
    fr('after-the-tone', 'Parlez après le bip sonore. Pour terminer, raccrochez ou appuyez sur la touche dièse.'),
    fr('message-kept', 'Votre message est enregistré. Nous vous rappellerons dans les meilleurs délais. Au revoir.'),
    fr('message-empty', 'Nous n’avons rien entendu. Au revoir.'),
    fr(
      'limit-reached',
      `Nous avons atteint la limite de ${limitMinutes} minutes. Votre demande reste ouverte et nous vous rappellerons. Au revoir.`,
    ),
    fr('talk-lost', 'La communication avec votre interlocuteur s’est interrompue. Restez en ligne, nous vous reprenons.'),
    fr('transfer-failed', 'Votre correspondant n’a pas répondu. Nous vous reprenons.'),
    fr(
      'survey',
      'Avant de raccrocher : avez-vous été bien aidé ? Appuyez sur une touche, de 1, pas du tout, à 5, tout à fait. Vous pouvez aussi raccrocher.',
    ),
    fr('survey-thanks', 'Merci de votre réponse. Au revoir.'),
    fr('recorded', 'Cette conversation est enregistrée.'),
    fr('limit-soon', 'Il reste moins d’une minute de communication.'),
    fr('wait-longer', 'L’attente est plus longue que prévu ; nous vous prions de nous en excuser.'),
    fr('wait-many', `Vous êtes au-delà de la ${ordinal(spokenPositions)} position.`),
    fr(
      'apology',
      'Nous rencontrons une difficulté technique et vous prions de nous en excuser. Laissez-nous un message après le bip sonore, en commençant par votre numéro de téléphone ; nous vous rappellerons.',
    ),
    fr(
      'disruption-key',
      'Si vous appelez pour cela, appuyez sur la touche 4 : votre appel y est rattaché, et vous serez informé sans attendre davantage.',
    ),
    fr('disruption-reminder', 'Pour être rattaché à la perturbation en cours, appuyez sur la touche 4.'),
    fr('disruption-joined', 'Votre appel est rattaché à cette perturbation. Merci de nous l’avoir signalée. Au revoir.'),
    fr(
      'disruption-joined-mail',
      'Votre appel est rattaché à cette perturbation, et nous vous écrirons dès qu’elle sera terminée. Merci, et au revoir.',
    ),
    fr('disruption-number', 'Composez votre numéro de téléphone, puis appuyez sur dièse. Pour rester en ligne, appuyez sur étoile.'),
    fr('number-unreadable', 'Nous n’avons pas compris ce numéro.'),
    ...ticketSentences('fr'),
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
