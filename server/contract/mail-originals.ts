/** The texts of mails to those who work on a ticket, and of visits, as the service brings them. */
const lines = (...all: readonly string[]) => all.join('\n')

export const workMails = {
  visit: {
    subject: { fr: 'visite : {titre}', en: 'visit: {title}' },
    text: {
      fr: lines(
        'Bonjour,',
        'Pour votre demande n° {numéro}, {intervenant} passera {visite}.',
        'Lieu : {lieu}',
        'Message : {message}',
        'Si ce moment ne vous convient pas, répondez à ce courriel ou appelez le guichet.',
        'Suivi de la demande : <{lien}>',
        'Cordialement.',
      ),
      en: lines(
        'Hello,',
        'For your request no. {number}, {visitor} will come {visit}.',
        'Place: {place}',
        'Message: {message}',
        'If this time does not suit you, answer this mail or call the desk.',
        'Your request: <{link}>',
        'Kind regards.',
      ),
    },
    needed: ['number', 'visit'],
    allowed: ['number', 'title', 'summary', 'link', 'form', 'operator', 'visit', 'place', 'visitor', 'message'],
  },
  'visit-cancelled': {
    subject: { fr: 'visite annulée : {titre}', en: 'visit cancelled: {title}' },
    text: {
      fr: lines(
        'Bonjour,',
        'La visite prévue {visite} pour votre demande n° {numéro} n’aura pas lieu.',
        'Message : {message}',
        'Suivi de la demande : <{lien}>',
        'Cordialement.',
      ),
      en: lines(
        'Hello,',
        'The visit planned {visit} for your request no. {number} will not take place.',
        'Message: {message}',
        'Your request: <{link}>',
        'Kind regards.',
      ),
    },
    needed: ['number', 'visit'],
    allowed: ['number', 'title', 'summary', 'link', 'form', 'operator', 'visit', 'place', 'visitor', 'message'],
  },
  'visit-staff': {
    subject: { fr: 'visite, {visite} : {titre}', en: 'visit, {visit}: {title}' },
    text: {
      fr: lines(
        'Bonjour,',
        'Visite pour la demande n° {numéro} : {visite}.',
        'Usager : {usager}',
        'Lieu : {lieu}',
        'Résumé : {résumé}',
        'Message : {message}',
        'Le ticket : {lien}',
        'Cordialement.',
      ),
      en: lines(
        'Hello,',
        'Visit for request no. {number}: {visit}.',
        'Requester: {requester}',
        'Place: {place}',
        'Summary: {summary}',
        'Message: {message}',
        'The ticket: {link}',
        'Kind regards.',
      ),
    },
    needed: ['number', 'visit'],
    allowed: ['number', 'title', 'summary', 'operator', 'visit', 'place', 'visitor', 'requester', 'message', 'link'],
  },
  'delay-near': {
    subject: { fr: 'délai bientôt écoulé : {titre}', en: 'delay nearly over: {title}' },
    text: {
      fr: lines(
        'Bonjour,',
        'Le délai prévu pour {délai} de la demande n° {numéro} s’achève le {échéance}.',
        'Titre : {titre}',
        'Usager : {usager}',
        'Suivi par : {suivi}',
        'Le ticket : {lien}',
        'Cordialement.',
      ),
      en: lines(
        'Hello,',
        'The delay for {delay} of request no. {number} is over on {deadline}.',
        'Title: {title}',
        'Requester: {requester}',
        'Followed by: {owner}',
        'The ticket: {link}',
        'Kind regards.',
      ),
    },
    needed: ['number', 'deadline'],
    allowed: ['number', 'title', 'summary', 'delay', 'deadline', 'requester', 'owner', 'link'],
  },
  'delay-over': {
    subject: { fr: 'délai dépassé : {titre}', en: 'delay over: {title}' },
    text: {
      fr: lines(
        'Bonjour,',
        'Le délai prévu pour {délai} de la demande n° {numéro} est dépassé depuis le {échéance}.',
        'Titre : {titre}',
        'Usager : {usager}',
        'Suivi par : {suivi}',
        'Le ticket : {lien}',
        'Cordialement.',
      ),
      en: lines(
        'Hello,',
        'The delay for {delay} of request no. {number} has been over since {deadline}.',
        'Title: {title}',
        'Requester: {requester}',
        'Followed by: {owner}',
        'The ticket: {link}',
        'Kind regards.',
      ),
    },
    needed: ['number', 'deadline'],
    allowed: ['number', 'title', 'summary', 'delay', 'deadline', 'requester', 'owner', 'link'],
  },
  mentioned: {
    subject: { fr: '{opérateur} vous mentionne : {titre}', en: '{operator} mentions you: {title}' },
    text: {
      fr: lines(
        'Bonjour,',
        '{opérateur} vous mentionne dans la demande n° {numéro} :',
        '{message}',
        'Titre : {titre}',
        'Usager : {usager}',
        'Le ticket : {lien}',
        'Cordialement.',
      ),
      en: lines(
        'Hello,',
        '{operator} mentions you in request no. {number}:',
        '{message}',
        'Title: {title}',
        'Requester: {requester}',
        'The ticket: {link}',
        'Kind regards.',
      ),
    },
    needed: ['number', 'message'],
    allowed: ['number', 'title', 'summary', 'operator', 'requester', 'message', 'link'],
  },
  observed: {
    subject: { fr: 'en copie : {titre}', en: 'in copy: {title}' },
    text: {
      fr: lines('Bonjour,', 'Vous êtes en copie de la demande n° {numéro} de {usager}.', 'Titre : {titre}', '{message}', 'Cordialement.'),
      en: lines('Hello,', 'You are in copy of request no. {number} of {requester}.', 'Title: {title}', '{message}', 'Kind regards.'),
    },
    needed: ['number', 'message'],
    allowed: ['number', 'title', 'summary', 'operator', 'requester', 'message'],
  },
  watched: {
    subject: { fr: 'du nouveau : {titre}', en: 'news: {title}' },
    text: {
      fr: lines(
        'Bonjour,',
        'Vous suivez la demande n° {numéro} de {usager}. {opérateur} a écrit :',
        '{message}',
        'Titre : {titre}',
        'Le ticket : {lien}',
        'Cordialement.',
      ),
      en: lines(
        'Hello,',
        'You follow request no. {number} of {requester}. {operator} wrote:',
        '{message}',
        'Title: {title}',
        'The ticket: {link}',
        'Kind regards.',
      ),
    },
    needed: ['number', 'message'],
    allowed: ['number', 'title', 'summary', 'operator', 'requester', 'message', 'link'],
  },
  'rule-proposed': {
    subject: { fr: 'règle à revoir : {groupe}', en: 'a rule to look at: {group}' },
    text: {
      fr: lines(
        'Bonjour,',
        'La demande n° {numéro} « {titre} » n’était pas pour {groupe}.',
        'Motif : {motif}',
        'Une autre règle de redirection est proposée : {règle}',
        'Voyez ce qu’elle aurait changé sur 90 jours, puis retenez-la ou non : {lien}',
        'Cordialement.',
      ),
      en: lines(
        'Hello,',
        'Request no. {number} “{title}” was not for {group}.',
        'Reason: {reason}',
        'Another redirection rule is proposed: {rule}',
        'See what it would have changed over 90 days, then take it or leave it: {link}',
        'Kind regards.',
      ),
    },
    needed: ['number', 'link'],
    allowed: ['number', 'title', 'summary', 'operator', 'group', 'reason', 'rule', 'link'],
  },
} as const

/** What is written to those who work here, and not to requesters. */
export const staffMails = [
  'visit-staff',
  'delay-near',
  'delay-over',
  'mentioned',
  'observed',
  'watched',
  'rule-proposed',
] as const satisfies readonly (keyof typeof workMails)[]
