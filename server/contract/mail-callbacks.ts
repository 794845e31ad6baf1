const lines = (...all: readonly string[]) => all.join('\n')

/** What is written to whoever chose to be called back at a half hour. */
export const callbackMails = {
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
