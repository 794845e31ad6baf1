/**
 * How a ticket's journal says what was done, in French: on its page in the console, and in what is handed over to whom it is about. What
 * stands between double braces is filled in.
 */
export const journalFr = {
  kinds: {
    entity: 'passe la demande de « {{from}} » à « {{to}} »',
    undone: 'annule le geste précédent, fait sur plusieurs tickets',
    opened: 'a ouvert le ticket',
    confirmed: 'a confirmé la demande',
    completed: 'a complété le ticket',
    'taken-up': 'a pris le ticket en charge',
    contribution: 'a écrit',
    redirected: 'a redirigé vers {{group}}',
    'given-back': 'a rendu le ticket : pas pour {{group}}',
    waiting: 'a mis en attente : {{what}}',
    resumed: 'a repris le ticket',
    proposed: 'a proposé une solution',
    reminded: 'a rappelé à l’usager que son avis est attendu',
    refused: 'n’est pas satisfait de la solution',
    refusedByPhone: 'a noté au téléphone que la solution ne convient pas',
    reopened: 'a rouvert le ticket',
    mail: 'courriel',
  },
  unverified: ', sans l’identité vérifiée que sa nature demande',
  givenBackFor: 'a rendu le ticket : pas pour {{group}}, plutôt pour {{suggested}}',
  closed: {
    user: 'a confirmé la solution : ticket clos',
    level1: 'a clos le ticket (niveau 1)',
    level2: 'a clos le ticket (niveau 2)',
    expired: 'a clos le ticket : pas de réponse',
    phone: 'a noté au téléphone que la solution convient : ticket clos',
    outOfScope: 'a clos le ticket\u00a0: pas de notre ressort ({{reason}}){{given}}',
    given: ', orienté vers {{name}}, {{number}}',
  },
  missing: {
    askedUser: 'a demandé à l’usager ce qui manque',
    askedDesk: 'a demandé au guichet ce qui manque',
  },
  waits: {
    user: 'Attend une réponse de l’usager',
    remind: ', à relancer {{when}}',
    level3: 'Attend {{name}}, réf. {{reference}}',
    instance: 'Attend la décision de {{name}}',
    date: 'Attend jusqu’au {{when}}',
    by: ', pour le {{when}}',
  },
  waitsForParent: 'Attend la fin du ticket n°\u00a0{{number}}',
  linked: {
    'child-of': { outward: 'a rattaché ce ticket au n°\u00a0{{number}}', inward: 'a rattaché le n°\u00a0{{number}}' },
    'same-cause': { outward: 'a noté la même cause que le n°\u00a0{{number}}', inward: 'a noté la même cause que le n°\u00a0{{number}}' },
    'duplicate-of': { outward: 'a noté un doublon du n°\u00a0{{number}}', inward: 'a noté le n°\u00a0{{number}} comme doublon' },
    follows: { outward: 'a noté la suite du n°\u00a0{{number}}', inward: 'a noté le n°\u00a0{{number}} comme suite' },
  },
  unlinked: {
    'child-of': { outward: 'a détaché ce ticket du n°\u00a0{{number}}', inward: 'a détaché le n°\u00a0{{number}}' },
    'same-cause': { outward: 'a retiré le lien avec le n°\u00a0{{number}}', inward: 'a retiré le lien avec le n°\u00a0{{number}}' },
    'duplicate-of': { outward: 'a retiré le lien avec le n°\u00a0{{number}}', inward: 'a retiré le lien avec le n°\u00a0{{number}}' },
    follows: { outward: 'a retiré le lien avec le n°\u00a0{{number}}', inward: 'a retiré le lien avec le n°\u00a0{{number}}' },
  },
  shared: 'a écrit, sur le n°\u00a0{{number}},',
  observers: {
    added: 'a mis {{name}} en copie',
    removed: 'a retiré {{name}} des personnes en copie',
    ownAdded: 'suit ce ticket',
    ownRemoved: 'ne suit plus ce ticket',
  },
  somebody: 'une personne',
  whole: 'Tout l’établissement',
  visits: {
    planned: 'a prévu une visite de {{who}}, {{when}}',
    moved: 'a déplacé la visite de {{who}} : {{when}}',
    cancelled: 'a annulé la visite de {{who}}, prévue {{when}}',
    accepted: 'accepte la visite prévue {{when}}',
    declined: 'décline la visite prévue {{when}}',
    tentative: 'sera peut-être là pour la visite prévue {{when}}',
  },
  page: {
    text: 'écrit sur la page partagée',
    spelled: 'épelle sur la page partagée',
    confidential: 'épelle un texte confidentiel, qui n’est pas gardé',
    step: 'indique une étape sur la page partagée',
    remote: 'propose la prise en main à distance',
    started: 'ouvre la prise en main à distance',
    done: 'a fait une étape de la page partagée',
  },
  remote: {
    started: 'a pris la main à distance{{machine}}',
    ended: 'a terminé la prise en main{{machine}}, après {{minutes}} min',
  },
  clockNames: {
    'take-up': 'Prise en charge',
    level1: 'Niveau 1',
    level2: 'Groupe',
  },
  clock: {
    running: '',
    warned: 'rappelle que le délai s’achève le {{when}} ({{name}})',
    late: 'constate que le délai est dépassé depuis le {{when}} ({{name}})',
    escalated: 'prévient {{to}} : délai dépassé depuis le {{when}} ({{name}})',
    unreached: '; sans adresse connue, à l’écran seulement : {{who}}',
  },
}

/** What came of a code that was to prove an identity, in French. */
export const checkStatesFr = { pending: 'code envoyé', verified: 'vérifiée', failed: 'non vérifiée', expired: 'code resté sans réponse' }
