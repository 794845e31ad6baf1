const lines = (...all: readonly string[]) => all.join('\n')

/** What is written to whoever is called back, at a half hour of their choice or as soon as can be. */
export const callbackMails = {
  'callback-missed': {
    subject: { fr: 'nous avons manqué votre appel', en: 'we missed your call' },
    text: {
      fr: lines(
        'Bonjour,',
        'Vous nous avez appelés {appel} et personne n’a pu vous répondre. Veuillez nous en excuser.',
        'Nous vous rappelons au {téléphone}.',
        'Vous pouvez aussi nous écrire, à toute heure : <{formulaire}>',
        'Cordialement.',
      ),
      en: lines(
        'Hello,',
        'You called us on {call} and nobody could answer you. We are sorry.',
        'We shall call you back at {phone}.',
        'You may also write to us, at any hour: <{form}>',
        'Kind regards.',
      ),
    },
    needed: ['call'],
    allowed: ['call', 'phone', 'form'],
  },
  'callback-attempted': {
    subject: { fr: 'nous avons essayé de vous rappeler', en: 'we tried to call you back' },
    text: {
      fr: lines(
        'Bonjour,',
        'Nous vous avons appelé {appel}, au {téléphone}, sans pouvoir vous joindre.',
        'Nous essaierons encore. Vous pouvez aussi nous rappeler, ou nous écrire : <{formulaire}>',
        'Cordialement.',
      ),
      en: lines(
        'Hello,',
        'We called you on {call}, at {phone}, and could not reach you.',
        'We shall try again. You may also call us, or write to us: <{form}>',
        'Kind regards.',
      ),
    },
    needed: ['call'],
    allowed: ['call', 'phone', 'form'],
  },
  'callback-booked': {
    subject: { fr: 'nous vous rappelons {rappel}', en: 'we call you back {callback}' },
    text: {
      fr: lines(
        'Bonjour,',
        'Nous vous appelons {rappel}, au {téléphone}.',
        'Sujet : {titre}',
        'Pour annuler, ou choisir un autre moment : <{lien}>',
        'Si vous n’avez rien demandé, annulez à cette même adresse.',
        'Cordialement.',
      ),
      en: lines(
        'Hello,',
        'We call you {callback}, at {phone}.',
        'About: {title}',
        'To cancel, or choose another time: <{link}>',
        'If you asked for nothing, cancel at this same address.',
        'Kind regards.',
      ),
    },
    needed: ['callback', 'link'],
    allowed: ['callback', 'phone', 'title', 'link', 'form'],
  },
  'callback-shut': {
    subject: { fr: 'le guichet sera fermé {rappel}', en: 'the desk will be closed {callback}' },
    text: {
      fr: lines(
        'Bonjour,',
        'Nous devions vous appeler {rappel}, au {téléphone}, mais le guichet sera fermé à ce moment-là.',
        'Sujet : {titre}',
        'Pour choisir un autre moment : <{formulaire}>',
        'Sinon, nous vous appelons à la réouverture. Pour ne plus être appelé : <{lien}>',
        'Veuillez nous excuser. Cordialement.',
      ),
      en: lines(
        'Hello,',
        'We were to call you {callback}, at {phone}, but the desk will be closed at that time.',
        'About: {title}',
        'To choose another time: <{form}>',
        'Otherwise, we call you when we reopen. Not to be called any more: <{link}>',
        'We are sorry. Kind regards.',
      ),
    },
    needed: ['callback', 'form'],
    allowed: ['callback', 'phone', 'title', 'link', 'form'],
  },
  'callback-cancelled': {
    subject: { fr: 'rappel annulé : {rappel}', en: 'call back cancelled: {callback}' },
    text: {
      fr: lines(
        'Bonjour,',
        'Le rappel prévu {rappel}, au {téléphone}, est annulé.',
        'Sujet : {titre}',
        'Pour en choisir un autre : <{formulaire}>',
        'Cordialement.',
      ),
      en: lines(
        'Hello,',
        'The call back planned {callback}, at {phone}, is cancelled.',
        'About: {title}',
        'To choose another: <{form}>',
        'Kind regards.',
      ),
    },
    needed: ['callback'],
    allowed: ['callback', 'phone', 'title', 'link', 'form'],
  },
} as const
