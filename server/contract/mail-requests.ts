/** The texts of mails to those who ask, as the service brings them; those of the annex VII-C are word for word, in French, the desk's name in its place. */
const lines = (...all: readonly string[]) => all.join('\n')
const followed = {
  fr: 'Vous pouvez vérifier son état d\'avancement à l\'adresse : Helpdesk du Service "{guichet}" <{lien}>',
  en: 'You can see how it is progressing at: {desk} <{link}>',
}
/** The same, where the annex forces no words. */
const goesOn = { fr: 'Vous pouvez suivre son avancement à l’adresse : {guichet} <{lien}>', en: followed.en }
const asked = {
  fr: [
    'Résumé de votre demande : {résumé}',
    'Solution proposée : {réponse}',
    'Dites-nous si elle vous convient, ou pourquoi elle ne suffit pas : {avis}',
    'Sans réponse de votre part, la demande sera close le {échéance}.',
    'Cordialement.',
  ],
  en: [
    'Your request: {summary}',
    'Proposed solution: {answer}',
    'Please tell us whether it suits you, or why it does not: {opinion}',
    'Without an answer from you, the request will be closed on {deadline}.',
    'Kind regards.',
  ],
}
const ofRequest = ['number', 'title', 'summary', 'link', 'form', 'desk'] as const

export const requestMails = {
  registered: {
    subject: { fr: 'enregistrement : {titre}', en: 'registered: {title}' },
    text: {
      fr: lines(
        'Bonjour,',
        'Votre demande n°{numéro} a bien été enregistrée.',
        'Résumé de votre demande : {résumé}',
        "Cette demande va être prise en charge par l'équipe d'assistance.",
        followed.fr,
        'Cordialement.',
      ),
      en: lines(
        'Hello,',
        'Your request no. {number} has been registered.',
        'Your request: {summary}',
        'The support team will take it up.',
        followed.en,
        'Kind regards.',
      ),
    },
    needed: ['number'],
    allowed: ofRequest,
  },
  'registered-mail': {
    subject: { fr: 'enregistrement : {titre}', en: 'registered: {title}' },
    text: {
      fr: lines(
        'Bonjour,',
        'Votre demande n°{numéro} a bien été enregistrée.',
        'Résumé de votre demande : {résumé}',
        "Cette demande va être prise en charge par l'équipe d'assistance.",
        followed.fr,
        'La prochaine fois, le formulaire nous dit tout de suite ce qu’il faut pour vous répondre plus vite : <{formulaire}>',
        'Cordialement.',
      ),
      en: lines(
        'Hello,',
        'Your request no. {number} has been registered.',
        'Your request: {summary}',
        'The support team will take it up.',
        followed.en,
        'Next time, the form tells us at once what we need to answer you faster: <{form}>',
        'Kind regards.',
      ),
    },
    needed: ['number', 'form'],
    allowed: ofRequest,
  },
  // To an address that nobody has confirmed: of what was written the title alone, which may go to a stranger.
  confirm: {
    subject: { fr: 'à confirmer : {titre}', en: 'please confirm: {title}' },
    text: {
      fr: lines(
        'Bonjour,',
        'Votre demande n°{numéro} a bien été enregistrée.',
        'Pour que l’équipe d’assistance la prenne en charge, confirmez qu’elle vient de vous : {confirmer}',
        'Si vous n’avez rien demandé, ignorez ce message : rien d’autre ne vous sera envoyé.',
        'Cordialement.',
      ),
      en: lines(
        'Hello,',
        'Your request no. {number} has been registered.',
        'For the support team to take it up, confirm that it comes from you: {confirm}',
        'If you asked for nothing, ignore this message: nothing else will be sent to you.',
        'Kind regards.',
      ),
    },
    needed: ['number', 'confirm'],
    allowed: [...ofRequest, 'confirm'],
  },
  // To an address that nobody has confirmed: the disruption is public, and nothing of what was written goes to a stranger.
  'confirm-follow': {
    subject: { fr: 'suivi à confirmer : {titre}', en: 'please confirm that you follow: {title}' },
    text: {
      fr: lines(
        'Bonjour,',
        'Confirmez que vous voulez suivre la perturbation « {titre} » : {confirmer}',
        'Nous vous écrirons alors quand elle sera terminée. Votre demande porte le n° {numéro}.',
        'Si vous n’avez rien demandé, ignorez ce message : rien d’autre ne vous sera envoyé.',
        'Cordialement.',
      ),
      en: lines(
        'Hello,',
        'Confirm that you want to follow the disruption “{title}”: {confirm}',
        'We shall then write to you when it is over. Your request has the number {number}.',
        'If you asked for nothing, ignore this message: nothing else will be sent to you.',
        'Kind regards.',
      ),
    },
    needed: ['number', 'confirm'],
    allowed: [...ofRequest, 'confirm'],
  },
  'taken-up': {
    subject: { fr: 'prise en charge : {titre}', en: 'taken up: {title}' },
    text: {
      fr: lines(
        'Bonjour,',
        'Votre demande n° {numéro} est en cours de traitement.',
        'Résumé de votre demande : {résumé}',
        'Elle est suivie par {opérateur}.',
        followed.fr,
        'Cordialement.',
      ),
      en: lines(
        'Hello,',
        'Your request no. {number} is being dealt with.',
        'Your request: {summary}',
        'It is followed by {operator}.',
        followed.en,
        'Kind regards.',
      ),
    },
    needed: ['number', 'operator'],
    allowed: [...ofRequest, 'operator'],
  },
  progress: {
    subject: { fr: 'suivi : {titre}', en: 'news: {title}' },
    text: {
      fr: lines(
        'Bonjour,',
        'Votre demande n° {numéro} progresse.',
        'Résumé de votre demande : {résumé}',
        'Message de {opérateur} : {message}',
        'Fichiers, à voir sur la page de suivi : {fichiers}',
        goesOn.fr,
        'Cordialement.',
      ),
      en: lines(
        'Hello,',
        'There is news of your request no. {number}.',
        'Your request: {summary}',
        'Message from {operator}: {message}',
        'Files, to be seen on the page below: {files}',
        goesOn.en,
        'Kind regards.',
      ),
    },
    needed: ['number', 'message'],
    allowed: [...ofRequest, 'operator', 'message', 'files'],
  },
  'passed-on': {
    subject: { fr: 'transmise : {titre}', en: 'passed on: {title}' },
    text: {
      fr: lines(
        'Bonjour,',
        'Votre demande n° {numéro} est transmise à une équipe spécialisée, qui va la prendre en charge.',
        'Résumé de votre demande : {résumé}',
        goesOn.fr,
        'Cordialement.',
      ),
      en: lines(
        'Hello,',
        'Your request no. {number} has been passed on to a specialised team, which will take it up.',
        'Your request: {summary}',
        goesOn.en,
        'Kind regards.',
      ),
    },
    needed: ['number'],
    allowed: [...ofRequest, 'operator'],
  },
  'put-aside': {
    subject: { fr: 'en attente : {titre}', en: 'on hold: {title}' },
    text: {
      fr: lines(
        'Bonjour,',
        'Votre demande n° {numéro} est mise en attente.',
        'Résumé de votre demande : {résumé}',
        '{motif}',
        goesOn.fr,
        'Cordialement.',
      ),
      en: lines(
        'Hello,',
        'Your request no. {number} has been put on hold.',
        'Your request: {summary}',
        '{reason}',
        goesOn.en,
        'Kind regards.',
      ),
    },
    needed: ['number'],
    allowed: [...ofRequest, 'operator', 'reason'],
  },
  closed: {
    subject: { fr: 'clôture : {titre}', en: 'closed: {title}' },
    text: {
      fr: lines(
        'Bonjour,',
        'Votre demande n°{numéro} est maintenant clôturée.',
        'Résumé de votre demande : {résumé}',
        'Réponse : {réponse}',
        followed.fr,
        'Cordialement.',
        '{opérateur}',
      ),
      en: lines(
        'Hello,',
        'Your request no. {number} is now closed.',
        'Your request: {summary}',
        'Answer: {answer}',
        followed.en,
        'Kind regards.',
        '{operator}',
      ),
    },
    needed: ['number', 'solution'],
    allowed: [...ofRequest, 'operator', 'solution'],
  },
  solution: {
    subject: { fr: 'une solution vous est proposée : {titre}', en: 'a solution for you: {title}' },
    text: {
      fr: lines('Bonjour,', '{opérateur} propose une solution à votre demande n° {numéro}.', ...asked.fr),
      en: lines('Hello,', '{operator} proposes a solution to your request no. {number}.', ...asked.en),
    },
    needed: ['number', 'solution', 'opinion'],
    allowed: [...ofRequest, 'operator', 'solution', 'opinion', 'deadline'],
  },
  reminder: {
    subject: { fr: 'votre avis est attendu : {titre}', en: 'we await your opinion: {title}' },
    text: {
      fr: lines('Bonjour,', 'Votre demande n° {numéro} attend votre avis.', ...asked.fr),
      en: lines('Hello,', 'Your request no. {number} awaits your opinion.', ...asked.en),
    },
    needed: ['number', 'solution', 'opinion'],
    allowed: [...ofRequest, 'operator', 'solution', 'opinion', 'deadline'],
  },
  reopened: {
    subject: { fr: 'réouverture : {titre}', en: 'reopened: {title}' },
    text: {
      fr: lines(
        'Bonjour,',
        'Votre demande n° {numéro} est rouverte.',
        'Résumé de votre demande : {résumé}',
        'Motif : {motif}',
        goesOn.fr,
        'Cordialement.',
      ),
      en: lines(
        'Hello,',
        'Your request no. {number} is open again.',
        'Your request: {summary}',
        'Reason: {reason}',
        goesOn.en,
        'Kind regards.',
      ),
    },
    needed: ['number'],
    allowed: [...ofRequest, 'operator', 'reason'],
  },
  joined: {
    subject: { fr: 'perturbation signalée : {titre}', en: 'disruption noted: {title}' },
    text: {
      fr: lines(
        'Bonjour,',
        'Votre demande n° {numéro} est rattachée à une perturbation déjà connue : {titre}.',
        'Nous y travaillons et vous écrirons dès qu’elle sera terminée. Vous n’avez rien d’autre à faire.',
        goesOn.fr,
        'Cordialement.',
      ),
      en: lines(
        'Hello,',
        'Your request no. {number} is attached to a disruption that we know of: {title}.',
        'We are working on it and shall write to you as soon as it is over. There is nothing else for you to do.',
        goesOn.en,
        'Kind regards.',
      ),
    },
    needed: ['number'],
    allowed: ofRequest,
  },
  over: {
    subject: { fr: 'perturbation terminée : {titre}', en: 'disruption over: {title}' },
    text: {
      fr: lines(
        'Bonjour,',
        'La perturbation à laquelle votre demande n° {numéro} est rattachée est terminée.',
        '{réponse}',
        'Si ce n’est pas réglé pour vous, dites-le-nous : {avis}',
        'Sans nouvelles de votre part, la demande sera close le {échéance}.',
        'Cordialement.',
      ),
      en: lines(
        'Hello,',
        'The disruption to which your request no. {number} is attached is over.',
        '{answer}',
        'If it is not over for you, please tell us: {opinion}',
        'If we do not hear from you, the request will be closed on {deadline}.',
        'Kind regards.',
      ),
    },
    needed: ['number', 'opinion'],
    allowed: [...ofRequest, 'solution', 'opinion', 'deadline'],
  },
  'called-off': {
    subject: { fr: 'annulé : {titre}', en: 'called off: {title}' },
    text: {
      fr: lines(
        'Bonjour,',
        'La perturbation à laquelle votre demande n° {numéro} est rattachée est annulée avant d’avoir commencé.',
        '{réponse}',
        'S’il vous reste quelque chose à régler, dites-le-nous : {avis}',
        'Sans nouvelles de votre part, la demande sera close le {échéance}.',
        'Cordialement.',
      ),
      en: lines(
        'Hello,',
        'The disruption to which your request no. {number} is attached was called off before it began.',
        '{answer}',
        'If there is anything left to settle for you, please tell us: {opinion}',
        'If we do not hear from you, the request will be closed on {deadline}.',
        'Kind regards.',
      ),
    },
    needed: ['number', 'opinion'],
    allowed: [...ofRequest, 'solution', 'opinion', 'deadline'],
  },
  'parent-solved': {
    subject: { fr: 'résolu : {titre}', en: 'solved: {title}' },
    text: {
      fr: lines(
        'Bonjour,',
        'Votre demande n° {numéro} était suivie avec d’autres, sur le même sujet. Une solution est donnée.',
        '{réponse}',
        'Si ce n’est pas réglé pour vous, dites-le-nous : {avis}',
        'Sans nouvelles de votre part, la demande sera close le {échéance}.',
        'Cordialement.',
      ),
      en: lines(
        'Hello,',
        'Your request no. {number} was followed together with others, about the same matter. A solution is given.',
        '{answer}',
        'If it is not solved for you, please tell us: {opinion}',
        'If we do not hear from you, the request will be closed on {deadline}.',
        'Kind regards.',
      ),
    },
    needed: ['number', 'opinion'],
    allowed: [...ofRequest, 'solution', 'opinion', 'deadline'],
  },
} as const
