import { dutySettingsFr } from './duty-settings-fr.ts'
import { talksFr } from './talks-fr.ts'
import { sharedPageFr } from './shared-page-fr.ts'
import { phoneFr } from './phone-fr.ts'
import { clocksFr } from './clocks-fr.ts'
import { disruptionsFr } from './disruptions-fr.ts'
import { knowledgeFr } from './knowledge-fr.ts'
import { peopleFr } from './people-fr.ts'
import { rotaFr } from './rota-fr.ts'
import { sortingFr } from './sorting-fr.ts'
import { linesFr } from './lines-fr.ts'
import { followUpFr } from './follow-up-fr.ts'
import { accessFr } from './access-fr.ts'
import { accountsFr } from './accounts-fr.ts'
import { announcementsFr } from './announcements-fr.ts'
import { bulkFr, viewsFr } from './bulk-fr.ts'
import { configurationFr } from './configuration-fr.ts'
import { continuityFr } from './continuity-fr.ts'
import { entitiesFr } from './entities-fr.ts'
import { fieldNamesFr } from './field-names-fr.ts'
import { filesFr } from './files-fr.ts'
import { groupsFr } from './groups-fr.ts'
import { helpFr } from './help-fr.ts'
import { indicatorsFr } from './indicators-fr.ts'
import { keysFr } from './keys-fr.ts'
import { lifeFr } from './life-fr.ts'
import { linksFr } from './links-fr.ts'
import { listsFr } from './lists-fr.ts'
import { mailingFr } from './mailing-fr.ts'
import { phrasesFr, scriptFr } from './phrases-fr.ts'
import { fromPageFr } from './from-page-fr.ts'
import { portalSettingsFr } from './portal-settings-fr.ts'
import { privacyFr } from './privacy-fr.ts'
import { settingsFr } from './settings-fr.ts'
import { sharedCalendarFr } from './shared-calendar-fr.ts'
import { glpiFr } from './glpi-fr.ts'
import { remoteFr } from './remote-fr.ts'
import { trainingFr } from './training-fr.ts'
import { exchangesFr } from './exchanges-fr.ts'
import { notYoursFr } from './not-yours-fr.ts'
import { ocsFr } from './ocs-fr.ts'
import { staffingFr } from './staffing-fr.ts'
import { storyFr } from './story-fr.ts'
import { wallFr } from './wall-fr.ts'
import { workFr } from './work-fr.ts'

/** The texts that the desk can show itself without: fetched with the first page, dialogue or menu that needs any. */
export const laterFr = {
  media: {
    phone: 'Téléphone',
    form: 'Formulaire',
    'walk-in': 'Accueil',
    level2: 'Niveau 2 en direct',
    mail: 'Courriel',
    message: 'Message vocal',
  },
  indicators: indicatorsFr,
  sheets: { group: 'Télécharger', as: 'Télécharger en {{format}}' },
  continuity: continuityFr,
  sharedCalendar: sharedCalendarFr,
  glpi: glpiFr,
  ocs: ocsFr,
  notYours: notYoursFr,
  exchanges: exchangesFr,
  training: trainingFr,
  remote: remoteFr,
  life: lifeFr,
  mailing: mailingFr,
  lists: listsFr,
  files: filesFr,
  fromPage: fromPageFr,
  portalSettings: portalSettingsFr,
  phrases: phrasesFr,
  bulk: bulkFr,
  views: viewsFr,
  ownKeys: keysFr,
  help: helpFr,
  configuration: configurationFr,
  fieldNames: fieldNamesFr,
  announcements: announcementsFr,
  groups: groupsFr,
  entities: entitiesFr,
  links: linksFr,
  work: workFr,
  privacy: privacyFr,
  access: accessFr,
  wall: wallFr,
  staffing: staffingFr,
  story: storyFr,
  accounts: accountsFr,
  settings: settingsFr,
  disruptions: disruptionsFr,
  knowledge: knowledgeFr,
  people: peopleFr,
  rota: rotaFr,
  sorting: sortingFr,
  lines: linesFr,
  followUp: followUpFr,
  script: scriptFr,
  ticket: {
    back: 'Tickets',
    openedBy: 'Ouvert par {{who}}',
    closedAt: 'Clos le {{time}}',
    journal: 'Suivi',
    cancel: 'Annuler',
    needed: 'Écrivez d’abord quelques mots.',
    request: 'Demande',
    noSummary: 'Aucun résumé.',
    solution: 'Solution',
    details: 'Détails',
    added: 'Ajouté au suivi',
    closed: 'Ticket clos',
    notFound: 'Ce ticket n’existe pas',
    notFoundText: 'Vérifiez le numéro, ou cherchez-le dans la liste.',
    none: 'Non précisé',
    takeUp: 'Prendre en charge',
    nobody: 'Personne ne suit encore cette demande.',
    nobodyText: 'En la prenant, vous êtes nommé à l’usager.',
    copy: 'Copier le numéro',
  },
  mails: {
    heading: 'Courriels',
    intro: 'Les courriels tels que l’usager les reçoit. Aucun serveur de messagerie n’est réglé : ils restent ici.',
    none: 'Aucun courriel',
    noneText: 'Enregistrez un ticket pour un usager qui a une adresse : son courriel s’affichera ici.',
    to: 'À',
    states: { pending: 'à envoyer', sending: 'en cours d’envoi', sent: 'envoyé', failed: 'échec', uncertain: 'envoi incertain' },
    failed: 'Les courriels n’ont pas pu être lus',
  },
  demo: {
    heading: 'Démonstration',
    intro: 'Choisissez qui appelle : un véritable appel part par le serveur téléphonique, et la voix enregistrée de cette personne parle.',
    more: 'Afficher les {{count}} autres',
    callers: 'Qui appelle ?',
    call: 'Appeler',
    placed: '{{who}} appelle le guichet. Répondez depuis la permanence.',
    unknownCaller: 'Numéro inconnu',
    unknownCallerText: 'Absent de l’annuaire',
    hours: 'Heures d’ouverture',
    hoursText: 'En démonstration, l’accueil est ouvert à toute heure.',
    closed: 'Montrer l’accueil fermé',
    closedText: 'L’appelant entend le message de fermeture et peut laisser un message.',
    recordings: 'Ce que chacun a entendu',
    noRecordings: 'Passez un appel : ce que l’appelant et l’opérateur ont entendu pourra être réécouté ici.',
    caller: 'entendu par l’appelant',
    operator: 'entendu par l’opérateur',
    nothing: { caller: 'Pas enregistré pour cet appel.', operator: 'Personne n’a décroché, ou l’appel est encore en cours.' },
    line: 'La ligne du guichet',
    lineText: 'Joignable aussi depuis un téléphone SIP.',
    toConsole: 'Ouvrir la console',
    absent: 'La démonstration n’est pas ouverte',
    absentText: 'Ce service fonctionne pour de vrai : il n’y a pas d’appel d’exemple ici.',
    listen: '{{who}}, {{side}}',
  },
  signIn: {
    notHere: 'Cette console est celle du guichet',
    notHereText: 'Votre compte est celui d’un usager : la page publique dit comment joindre le guichet.',
    heading: 'Bonjour',
    intro: 'Connectez-vous pour prendre la permanence.',
    login: 'Identifiant',
    password: 'Mot de passe',
    submit: 'Se connecter',
    needed: 'Indiquez l’identifiant et le mot de passe.',
    demo: 'Comptes de démonstration',
    demoText: 'Un clic suffit : le mot de passe est connu de tous.',
    out: 'Se déconnecter',
    public: 'Page publique',
  },
  portal: {
    open: 'Ouvert',
    closed: 'Fermé',
    callNow: 'Appelez-nous',
    callText: 'Munissez-vous, si vous l’avez, du numéro de votre ticket.',
    closedText: 'Vous pouvez laisser un message : nous vous rappellerons.',
    phoneNone: 'Le numéro est indiqué sur l’intranet.',
    form: 'Par écrit',
    formSoon: 'Le formulaire en ligne arrive bientôt. En attendant, le téléphone est le plus rapide.',
    formOpen: 'Remplir le formulaire',
    formText: 'À toute heure ; vous recevez un numéro de suivi.',
    lead: 'Une question, une panne, un accès : un seul endroit pour toutes les demandes numériques de l’université.',
    console: 'Espace des opérateurs',
    holidays: 'Sauf jours fériés et fermetures de l’université',
    tryDemo: 'Essayer la démonstration',
    hours: 'Horaires',
  },
  owed: {
    heading: 'À rappeler',
    filter: 'Filtre',
    open: 'À rappeler',
    settledTab: 'Traités',
    count_one: '{{count}} personne',
    count_other: '{{count}} personnes',
    none: 'Personne à rappeler',
    noneText: 'Messages, appels abandonnés, coupés ou hors horaires : chaque personne qui attend une réponse arrive ici, une seule fois.',
    noneSettled: 'Rien de traité pour l’instant',
    noneSettledText: 'Les personnes rappelées, et celles qui nous ont joints d’elles-mêmes, se retrouvent ici.',
    failed: 'La liste n’a pas pu être lue',
    reason: {
      message: 'message de {{time}}',
      messageOnly: 'message',
      abandoned: 'a raccroché après {{time}} d’attente',
      closed: 'appel hors horaires',
      cut: 'ligne coupée après {{time}}',
      capped: 'coupé par la limite',
      slot: 'à rappeler dans la demi-heure choisie, dès',
      place: 'garde sa place dans la file',
    },
    before: 'avant {{time}}',
    late: 'en retard de {{time}}',
    shut: {
      soon: 'Guichet fermé à cette heure : un courriel va le dire',
      told: 'Guichet fermé à cette heure : prévenu par courriel',
      unreachable: 'Guichet fermé à cette heure, sans adresse : à appeler avant ou à la réouverture',
    },
    reopens: 'À rappeler à la réouverture, dès {{time}}',
    priority: 'Prioritaire',
    listen: 'Message de {{who}}, {{time}}',
    ticket: 'Ticket n° {{number}}',
    makeTicket: 'En faire un pré-ticket',
    messageNoted: 'Son message est noté dans le ticket n° {{number}}',
    ticketMade: 'Pré-ticket n° {{number}} créé',
    take: 'Je m’en occupe',
    takenBy: '{{who}} s’en occupe',
    release: 'Rendre à tous',
    outcomeOf: 'Résultat du rappel de {{who}}',
    outcome: {
      reached: 'Joint',
      'no-answer': 'Pas de réponse',
      busy: 'Occupé',
      'wrong-number': 'Faux numéro',
      later: 'Plus tard…',
    },
    told: {
      reached: 'joint',
      'no-answer': 'pas de réponse',
      busy: 'occupé',
      'wrong-number': 'faux numéro',
      later: 'à rappeler {{time}}',
    },
    note: 'Note, facultative',
    attempts_one: '{{count}} essai',
    attempts_other: '{{count}} essais',
    laterAt: 'Rappeler à partir de',
    laterPast: 'Choisissez un moment à venir.',
    postpone: 'Reporter',
    settled: '{{who}} : traité',
    how: {
      reached: 'Joint',
      'wrong-number': 'Faux numéro',
      message: 'Message traité',
      'got-through': 'Nous a joints en rappelant',
      withdrawn: 'Rappel annulé par la personne',
    },
    hintWalk: 'pour parcourir,',
    hintTake: 'pour s’en occuper,',
    hintCall: 'pour rappeler',
  },
  handMedia: {
    label: 'Venu par : {{medium}}',
    choose: 'Par quel moyen',
    says: {
      'walk-in': 'Quelqu’un qui se présente à l’accueil',
      level2: 'Le niveau 2 joint directement, sans passer par le guichet',
      mail: 'Un courriel reçu dans une boîte personnelle',
    },
  },
  ending: {
    label: 'Finir sans nouveau ticket',
    attach: 'Rattacher',
    attachTo: 'Ajouter cet appel au ticket',
    attached: 'Appel rattaché au ticket n° {{number}}',
    refuse: 'Pas de notre ressort',
    refuseHeading: 'Pas de notre ressort',
    refused: 'Refus noté avec l’appel',
    refuseDone: 'Noter le refus',
    refuseTransfer: 'Noter et transférer l’appel',
    nothing: 'Rien à noter',
    nothingWhy: 'Pourquoi ? Le mot est gardé avec l’appel.',
    noted: 'Noté avec l’appel',
    whys: { wrong: 'Faux numéro', silent: 'Personne au bout du fil', answered: 'Simple renseignement, donné', test: 'Essai de ligne' },
    target: 'À qui s’adresser',
    noTargets: 'Aucun destinataire n’est réglé : un administrateur en ajoute dans les réglages.',
    sayLabel: 'À dire',
    language: 'Dans quelle langue',
    languages: { fr: 'Français', en: 'English' },
    reason: 'Raison',
    usualReason: 'Hors de notre périmètre',
    answer: 'Réponse',
    answerSent: '{{name}} la reçoit par courriel.',
    answerFollowed: 'Elle se lit sur la page de la demande.',
    answerSaid: 'Ce que la personne a entendu : cela reste sur le ticket.',
    closed: 'Ticket clos, pas de notre ressort',
  },
  voice: {
    play: 'Écouter',
    pause: 'Mettre en pause',
    position: 'Position dans le message',
    speed: 'Vitesse : {{speed}} fois',
    download: 'Télécharger',
    notYours: 'L’écoute des messages est réservée à la permanence.',
    noTranscription: 'Transcription non activée',
    transcribing: 'Transcription en cours',
    read: 'Lire la transcription',
    readBy: 'Transcrit par {{by}} : peut contenir des erreurs.',
    nobody: 'Personne ne l’a encore écouté.',
    listened: 'Écoutes : {{list}}',
    how: { heard: '{{who}}, {{time}}', downloaded: '{{who}}, {{time}}, téléchargé' },
  },
  draft: {
    theirs: '{{who}} a écrit cette fiche à {{time}}, pendant que vous l’écriviez.',
    takeTheirs: 'Prendre la sienne',
    keepMine: 'Garder la mienne',
    over: 'Cet appel a reçu son ticket d’un autre poste. Votre texte est gardé ici.',
    drop: 'Effacer mon texte',
  },
  role: {
    operator: 'Permanence',
    supervisor: 'Supervision',
    administrator: 'Administration',
    level2: 'Niveau 2',
    referent: 'Référent',
    user: 'Usager',
  },
  context: {
    alike: 'Peut-être la même chose',
    heading: 'Ses tickets',
    open: 'Ses tickets ouverts',
    recent: 'Tickets récents',
    noneOpen: 'Aucun ticket ouvert.',
    noneRecent: 'Aucun ticket clos récemment.',
    unknown: 'Choisissez l’usager pour voir ses tickets.',
    latest: 'Derniers tickets de l’accueil',
    noneAtAll: 'Aucun ticket pour l’instant.',
  },
  clocks: clocksFr,
  phone: phoneFr,
  sharedPage: sharedPageFr,
  talks: talksFr,
  ...dutySettingsFr,
}
