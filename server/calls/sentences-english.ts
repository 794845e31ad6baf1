/** What the desk line says to a caller who pressed 2 for English; sentence by sentence what it says in French. */
import { spokenPositions, type Spoken, waitBounds, waitSound, type Wording } from './announcements.ts'
import { ticketSentences } from './sentences-ticket.ts'

const minutes = (n: number) => (n === 1 ? 'one minute' : `${n} minutes`)

export function englishSentences({ name, hours, limitMinutes }: Wording): readonly Spoken[] {
  const form = `You can tell us what you need with the form on the Intranet, under « ${name} ».`
  const callBack =
    'You can also leave us a short message, beginning with your telephone number, and we shall of course call you back as soon as we can. Thank you, and talk to you very soon.'
  const en = (sound: string, text: string): Spoken => ({ name: sound, language: 'en', text })
  return [
    en('waiting', `Hello. All our lines are busy; we try to keep our conversations to ${limitMinutes} minutes. ${form} ${callBack}`),
    en(
      'closed',
      `Hello. The service « ${name} » is open every day, ${hours.en}, except at weekends and on public holidays. ${form} ${callBack}`,
    ),
    en('closed-otherwise', `${form} ${callBack}`),
    { name: 'other-language', language: 'en', voice: 'fr', text: 'Pour le français, appuyez sur la touche 2.' },
    en('key-for-message', 'To leave a message, press 1.'),
    en('offer-callback', 'To keep your place and be called back, press 3.'),
    en('place-number', 'We can call you back on this number.'),
    en('place-confirm', 'To confirm, press 1. To give another number, press 2. To stay on the line, press star.'),
    en('place-key-number', 'Key in the number to call you back on, then press hash. To stay on the line, press star.'),
    en('place-refused', 'We cannot call this number.'),
    en('place-kept', 'Your place is kept. We shall call you when it is your turn; you may hang up. Goodbye.'),
    en('message-key-number', 'Key in the number to call you back on, then press hash. To go straight to the message, press star.'),
    en('message-confirm', 'To confirm, press 1. To give another number, press 2. To go on to the message without this number, press star.'),
    en('message-other-number', 'To be called back on another number, press 3.'),
    en('after-the-tone', 'Speak after the tone. When you have finished, hang up or press the hash key.'),
    en('message-kept', 'Your message has been kept. We shall call you back as soon as we can. Goodbye.'),
    en('message-empty', 'We have heard nothing. Goodbye.'),
    en(
      'limit-reached',
      `We have reached the limit of ${limitMinutes} minutes. Your request stays open and we shall call you back. Goodbye.`,
    ),
    en('talk-lost', 'The connection to the person you were talking to was lost. Please stay on the line, we are taking you back.'),
    en('transfer-failed', 'There was no answer. We are taking you back.'),
    en('survey', 'Before you hang up: were you well helped? Press a key, from 1, not at all, to 5, entirely. You may also just hang up.'),
    en('survey-thanks', 'Thank you for your answer. Goodbye.'),
    en('recorded', 'This conversation is being recorded.'),
    en('limit-soon', 'Less than one minute of conversation is left.'),
    en('wait-longer', 'The wait is longer than we expected; we apologise.'),
    en('wait-many', `You are beyond position ${spokenPositions}.`),
    en(
      'apology',
      'We have a technical difficulty and apologise for it. Leave us a message after the tone, beginning with your telephone number; we shall call you back.',
    ),
    en(
      'disruption-key',
      'If this is why you are calling, press 4: your call is attached to it, and you will be kept informed without waiting any longer.',
    ),
    en('disruption-reminder', 'To be attached to the present disruption, press 4.'),
    en('disruption-joined', 'Your call is attached to this disruption. Thank you for telling us. Goodbye.'),
    en(
      'disruption-joined-mail',
      'Your call is attached to this disruption, and we shall write to you as soon as it is over. Thank you, and goodbye.',
    ),
    en('disruption-number', 'Key in your telephone number, then press hash. To stay on the line, press star.'),
    en('number-unreadable', 'We have not understood this number.'),
    ...ticketSentences('en'),
    ...Array.from({ length: spokenPositions }, (_, i) =>
      en(`position-${i + 1}`, i === 0 ? 'You are the next in line.' : `You are number ${i + 1} in line.`),
    ),
    ...waitBounds.flatMap((low, i) =>
      waitBounds
        .slice(i + 1)
        .map((high) =>
          en(
            waitSound(low, high),
            low === 0 ? `The wait should be less than ${minutes(high)}.` : `The wait should be between ${low} and ${minutes(high)}.`,
          ),
        ),
    ),
  ]
}
