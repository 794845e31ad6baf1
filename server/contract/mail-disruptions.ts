const lines = (...all: readonly string[]) => all.join('\n')
const about = ['title', 'place', 'concerned', 'workaround', 'start', 'deadline', 'link', 'leave'] as const
const foot = {
  fr: ['Toutes les perturbations : {lien}', 'Ne plus recevoir ces messages : {désabonnement}', 'Cordialement.'],
  en: ['All disruptions: {link}', 'Receive these messages no more: {unsubscribe}', 'Kind regards.'],
}
const says = {
  fr: [
    '{titre}',
    'Lieu : {lieu}',
    'Qui est concerné : {concernés}',
    'Début : {début}',
    'Fin prévue : {échéance}',
    'En attendant : {contournement}',
    ...foot.fr,
  ],
  en: [
    '{title}',
    'Place: {place}',
    'Who is concerned: {concerned}',
    'Since: {start}',
    'Expected end: {deadline}',
    'In the meantime: {workaround}',
    ...foot.en,
  ],
}

/** What is written to those who subscribed to disruptions. */
export const disruptionMails = {
  'disruption-opened': {
    subject: { fr: 'perturbation : {titre}', en: 'disruption: {title}' },
    text: {
      fr: lines('Bonjour,', 'Une perturbation est annoncée :', ...says.fr),
      en: lines('Hello,', 'A disruption is announced:', ...says.en),
    },
    needed: ['title', 'leave'],
    allowed: about,
  },
  'disruption-updated': {
    subject: { fr: 'perturbation, du nouveau : {titre}', en: 'disruption, news: {title}' },
    text: {
      fr: lines('Bonjour,', 'Il y a du nouveau sur une perturbation :', ...says.fr),
      en: lines('Hello,', 'There is news of a disruption:', ...says.en),
    },
    needed: ['title', 'leave'],
    allowed: about,
  },
  'disruption-over': {
    subject: { fr: 'fin de perturbation : {titre}', en: 'disruption over: {title}' },
    text: {
      fr: lines(
        'Bonjour,',
        'Cette perturbation est terminée : {titre}',
        'Lieu : {lieu}',
        'Ce qui a été fait : {réponse}',
        'Ce n’est pas réglé chez vous ? Dites-le-nous par le formulaire ou en nous appelant.',
        ...foot.fr,
      ),
      en: lines(
        'Hello,',
        'This disruption is over: {title}',
        'Place: {place}',
        'What was done: {answer}',
        'Not over where you are? Tell us by the form, or call us.',
        ...foot.en,
      ),
    },
    needed: ['title', 'leave'],
    allowed: [...about, 'solution'],
  },
  'disruption-called-off': {
    subject: { fr: 'annulé : {titre}', en: 'called off: {title}' },
    text: {
      fr: lines(
        'Bonjour,',
        'Ce qui était annoncé n’aura pas lieu : {titre}',
        'Lieu : {lieu}',
        'C’était prévu le : {début}',
        'Pourquoi : {réponse}',
        ...foot.fr,
      ),
      en: lines(
        'Hello,',
        'What was announced will not take place: {title}',
        'Place: {place}',
        'It was planned for: {start}',
        'Why: {answer}',
        ...foot.en,
      ),
    },
    needed: ['title', 'leave'],
    allowed: [...about, 'solution'],
  },
  'disruption-subscribe': {
    subject: { fr: 'confirmez votre abonnement aux perturbations', en: 'confirm your subscription to disruptions' },
    text: {
      fr: lines(
        'Bonjour,',
        'Pour être averti des perturbations par courriel, confirmez votre adresse : {confirmer}',
        'Si vous n’avez rien demandé, ignorez ce message : rien d’autre ne vous sera envoyé.',
        'Cordialement.',
      ),
      en: lines(
        'Hello,',
        'To be told of disruptions by mail, confirm your address: {confirm}',
        'If you asked for nothing, ignore this message: nothing else will be sent to you.',
        'Kind regards.',
      ),
    },
    needed: ['confirm'],
    allowed: ['confirm', 'link'],
  },
} as const
