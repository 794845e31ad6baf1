/** Every text of the console, in French; `en.ts` has the same shape, which the compiler checks. */
export const fr = {
  name: { long: 'Guichet unique du Numérique', short: 'Guichet unique', rest: 'du Numérique' },
  nav: {
    label: 'Principal', desk: 'Permanence', tickets: 'Tickets', messages: 'À rappeler', mails: 'Courriels', demo: 'Démonstration',
    skip: 'Aller au contenu', owed_one: '{{count}} appel sans ticket', owed_other: '{{count}} appels sans ticket',
  },
  state: {
    label: 'Mon état', offline: 'Hors ligne', ready: 'Prêt', ringing: 'Appel entrant', talking: 'En communication', 'wrap-up': 'Après appel', paused: 'En pause',
    goReady: 'Je suis prêt', goOffline: 'Quitter la permanence', pauseFor: 'Se mettre en pause', missed: 'appel manqué',
    missedSays: 'Un appel n’a pas été décroché : la permanence vous a mis en pause. Reprenez quand vous voulez.',
    reasons: { break: 'Pause', lunch: 'Déjeuner', frontDesk: 'À l’accueil', meeting: 'Réunion', other: 'Autre tâche' },
    readySays: 'Les appels sonnent chez vous', offlineSays: 'Plus aucun appel ne vous est proposé',
  },
  strip: {
    waiting: 'en attente', oldest: 'la plus longue', ready: 'prêts',
    closed: 'Accueil fermé',
  },
  link: {
    connecting: 'Connexion à la permanence…', lost: 'Connexion perdue. L’écran montre la situation de {{time}} ; reconnexion en cours. Votre saisie est gardée.',
    telephony: 'Le serveur téléphonique ne répond pas : les appels reprendront d’eux-mêmes dès son retour.',
  },
  call: {
    heading: 'Mon appel', incoming: 'Appel entrant', inCall: 'En communication', ringsFor: 'sonne depuis {{time}}', waited: 'a attendu {{time}}',
    from: 'Appelle du', email: 'E-mail', place: 'Lieu', unit: 'Service', unknown: 'Numéro inconnu de l’annuaire', several_one: '{{count}} personne à ce numéro', several_other: '{{count}} personnes à ce numéro',
    answer: 'Répondre', decline: 'Refuser', finish: 'Finir', limit: 'limite {{time}}', limitNear: 'Bientôt la limite', limitIn: 'reste {{time}}',
    noneReady: 'En attente du prochain appel', noneReadyText: 'La fiche s’ouvrira d’elle-même, déjà remplie, avant la sonnerie.',
    nonePaused: 'Vous êtes en pause', nonePausedText: 'Aucun appel ne sonne chez vous.',
    noneOffline: 'Vous êtes hors ligne', noneOfflineText: 'Prenez la permanence pour recevoir les appels.',
    noneWrapUp: 'Appel terminé', noneWrapUpText: 'Terminez la fiche, puis dites que vous êtes prêt.', wrapUpDone: 'Son ticket est enregistré.',
    noneWatching: 'Vous suivez la permanence', noneWatchingText: 'Ce compte ne reçoit pas d’appels.',
    announce: 'Appel entrant : {{who}}', announceAnswered: 'En communication avec {{who}}', announceEnded: 'Appel terminé', title: '☎ {{who}} appelle', withheld: 'numéro masqué',
    mute: 'Couper la sonnerie', unmute: 'Rétablir la sonnerie',
    failed: 'La commande n’est pas passée',
  },
  queue: {
    heading: 'File d’attente', none: 'Personne n’attend.', offered: 'sonne chez {{name}}', offeredMe: 'sonne chez vous', unknown: 'inconnu de l’annuaire', leavingMessage: 'laisse un message',
    position: 'Rang {{n}}',
  },
  team: { heading: 'L’équipe', with: 'avec {{who}}' },
  affiliation: { staff: 'Personnel', student: 'Étudiant', hosted: 'Hébergé', unknown: 'Usager' },
  form: {
    heading: 'Nouveau ticket', edited: 'Brouillon · {{time}}', phone: 'Téléphone', walkIn: 'Accueil', title: 'Titre', titlePlaceholder: 'La demande en quelques mots', titleNeeded: 'Donnez un titre : c’est ce que l’usager lira dans son e-mail.',
    summary: 'Ce que dit l’usager', summaryPlaceholder: 'Depuis quand, où, ce qui a déjà été essayé…', nature: 'Nature', natureNone: 'À préciser', urgency: 'Urgence', urgencies: { low: 'Basse', normal: 'Normale', high: 'Haute' },
    medium: 'Par', solution: 'Solution donnée', solutionHint: 'facultatif : clôt le ticket', solutionPlaceholder: 'Ce qui a été fait, en une phrase…', solutionNeeded: 'Dites en une phrase ce qui a été fait.',
    requester: 'L’usager', name: 'Nom', namePlaceholder: 'Chercher ou saisir un nom', email: 'E-mail', emailNone: 'inconnu', emailWrong: 'Cette adresse n’est pas complète.', phoneNumber: 'Téléphone',
    whoCalls: 'Qui appelle ?', save: 'Enregistrer', saveAndClose: 'Enregistrer et clore', solved: 'Résolu', discard: 'Effacer', discarded: 'Brouillon effacé',
    saved: 'Ticket n° {{number}} enregistré', savedClosed: 'Ticket n° {{number}} enregistré et clos', savedText: 'L’usager reçoit la confirmation par e-mail.', savedNoMail: 'Aucun e-mail connu : donnez le numéro de vive voix.', see: 'Ouvrir le ticket', dictate: 'À donner à l’usager :',
    failed: 'Rien n’est enregistré, votre saisie est gardée.', owedHeading_one: '{{count}} appel attend son ticket', owedHeading_other: '{{count}} appels attendent leur ticket', owedFrom: '{{who}}, {{time}}', afterCall: 'Appel terminé : ticket à enregistrer',
    emptyHeading: 'Aucun appel en cours', emptyReady: 'Le prochain appel ouvrira sa fiche ici, identité déjà remplie.', emptyPaused: 'Vous ne recevez pas d’appels : reprenez quand vous êtes prêt.', newTicket: 'Nouveau ticket', backToReady: 'Je suis prêt',
    directory: 'Annuaire', keepTyping: 'Nom non trouvé dans l’annuaire : il sera gardé tel quel.',
  },
  context: {
    heading: 'Ses tickets', open: 'Ses tickets ouverts', recent: 'Tickets récents', noneOpen: 'Aucun ticket ouvert.', noneRecent: 'Aucun ticket clos récemment.',
    nobody: 'Les tickets de la personne qui appelle s’afficheront ici.', unknown: 'Choisissez l’usager pour voir ses tickets.', latest: 'Derniers tickets de l’accueil', noneAtAll: 'Aucun ticket pour l’instant.',
  },
  tickets: {
    heading: 'Tickets', search: 'Chercher un mot, un nom, un n°', filter: 'Filtre', open: 'Ouverts', closed: 'Clos', all: 'Tous', total_one: '{{count}} ticket', total_other: '{{count}} tickets',
    none: 'Aucun ticket ouvert', noneText: 'Tout est traité. Un nouvel appel ouvrira le prochain.', noneFound: 'Aucun ticket ne correspond', noneFoundText: 'Essayez un autre mot, ou cherchez aussi parmi les tickets clos.', searchAll: 'Chercher partout', more: 'Afficher la suite',
    number: 'N°', title: 'Titre', requester: 'Usager', opened: 'Ouvert', state: 'État', urgency: 'Urgence', hint: 'pour parcourir, {{enter}} pour ouvrir',
    status: { 'pre-ticket': 'Pré-ticket', new: 'Nouveau', 'in-progress': 'En cours', closed: 'Clos' },
    media: { phone: 'Téléphone', form: 'Formulaire', 'walk-in': 'Accueil', mail: 'Courriel', message: 'Message vocal' },
    failed: 'Les tickets n’ont pas pu être lus', retry: 'Réessayer', noName: 'Sans nom',
  },
  ticket: {
    back: 'Tickets', openedBy: 'Ouvert par {{who}}', closedAt: 'Clos le {{time}}', journal: 'Suivi', kinds: { opened: 'a ouvert le ticket', contribution: 'a écrit', closed: 'a clos le ticket', mail: 'E-mail envoyé' },
    add: 'Ajouter au suivi', addPlaceholder: 'Une information, un appel, une étape…', send: 'Ajouter', close: 'Clore avec une solution', closeShort: 'Clore', solutionPlaceholder: 'Ce qui a été fait : l’usager le lira.', cancel: 'Annuler', needed: 'Écrivez d’abord quelques mots.',
    request: 'Demande', noSummary: 'Aucun résumé.', solution: 'Solution', details: 'Détails', added: 'Ajouté au suivi', closed: 'Ticket clos', notFound: 'Ce ticket n’existe pas', notFoundText: 'Vérifiez le numéro, ou cherchez-le dans la liste.', none: 'Non précisé', copy: 'Copier le numéro', copied: 'Numéro copié',
  },
  messages: {
    heading: 'À rappeler', count_one: '{{count}} message à traiter', count_other: '{{count}} messages à traiter', none: 'Personne à rappeler', noneText: 'Les messages laissés sur le répondeur arrivent ici, avec le son et le numéro.',
    settle: 'C’est traité', settled: 'Message traité', undo: 'Annuler', settledHeading: 'Traités', settledBy: 'Traité par {{who}}, {{time}}', listen: 'Message de {{who}}', newTicket: 'Ouvrir un ticket', duration: 'durée {{time}}', failed: 'Les messages n’ont pas pu être lus', soundFailed: 'Le son n’a pas pu être lu.',
  },
  mails: {
    heading: 'Courriels', intro: 'Les courriels tels que l’usager les reçoit. Sans serveur de courrier configuré, ils restent ici.', none: 'Aucun courriel', noneText: 'Enregistrez un ticket pour un usager qui a une adresse : son courriel s’affichera ici.', to: 'À', subject: 'Objet',
    states: { pending: 'à envoyer', sending: 'en cours d’envoi', sent: 'envoyé', failed: 'échec', uncertain: 'envoi incertain' }, failed: 'Les courriels n’ont pas pu être lus', pick: 'Choisissez un courriel pour le lire.',
  },
  demo: {
    heading: 'Démonstration', intro: 'Choisissez qui appelle : un véritable appel part par le serveur téléphonique, et la voix enregistrée de cette personne parle.', callers: 'Qui appelle ?', call: 'Appeler', calling: 'L’appel part…', placed: '{{who}} appelle le guichet. Répondez depuis la permanence.', unknownCaller: 'Numéro inconnu', unknownCallerText: 'Absent de l’annuaire', withheldCaller: 'Numéro masqué', withheldCallerText: 'L’appelant cache son numéro',
    hours: 'Heures d’ouverture', hoursText: 'En démonstration, l’accueil est ouvert à toute heure.', closed: 'Montrer l’accueil fermé', closedText: 'L’appelant entend le message de fermeture et peut laisser un message.',
    recordings: 'Ce que chacun a entendu', noRecordings: 'Passez un appel : ce que l’appelant et l’opérateur ont entendu pourra être réécouté ici.', caller: 'entendu par l’appelant', operator: 'entendu par l’opérateur', line: 'La ligne du guichet', lineText: 'Joignable aussi depuis un téléphone SIP.', toConsole: 'Ouvrir la console', absent: 'La démonstration n’est pas ouverte', absentText: 'Ce service fonctionne pour de vrai : il n’y a pas d’appel d’exemple ici.', listen: '{{who}}, {{side}}',
  },
  signIn: {
    heading: 'Bonjour', intro: 'Connectez-vous pour prendre la permanence.', login: 'Identifiant', password: 'Mot de passe', submit: 'Se connecter', needed: 'Indiquez l’identifiant et le mot de passe.', demo: 'Comptes de démonstration', demoText: 'Un clic suffit : le mot de passe est connu de tous.', out: 'Se déconnecter', public: 'Page publique',
  },
  role: { operator: 'Permanence', supervisor: 'Supervision', administrator: 'Administration', level2: 'Niveau 2' },
  portal: {
    open: 'Ouvert', closed: 'Fermé', callNow: 'Appelez-nous', callText: 'Munissez-vous, si vous l’avez, du numéro de votre ticket.', closedText: 'Vous pouvez laisser un message : nous vous rappellerons.', phoneNone: 'Le numéro est indiqué sur l’intranet.', form: 'Par écrit', formSoon: 'Le formulaire en ligne arrive bientôt. En attendant, le téléphone est le plus rapide.', formOpen: 'Remplir le formulaire', formText: 'À toute heure ; vous recevez un numéro de suivi.', lead: 'Une question, une panne, un accès : un seul endroit pour toutes les demandes numériques de l’université.', console: 'Espace des opérateurs', weekdays: 'Du lundi au vendredi, 8 h 30 – 16 h 30', holidays: 'Sauf jours fériés et fermetures de l’université', tryDemo: 'Essayer la démonstration', hours: 'Horaires',
  },
  palette: {
    open: 'Personne, n°, action…', label: 'Chercher une personne, un ticket, une action', people: 'Personnes', tickets: 'Tickets', actions: 'Actions', none: 'Rien ne correspond. Essayez un nom, un numéro de ticket ou un mot du titre.', newFor: 'Nouveau ticket pour {{who}}', goTo: 'Aller à {{where}}', dark: 'Passer en mode sombre', light: 'Passer en mode clair', english: 'English', french: 'Français',
  },
  keys: {
    heading: 'Raccourcis clavier', intro: 'Les touches seules agissent hors des champs de saisie.', toggle: 'Touches seules actives', close: 'Fermer', answer: 'Répondre à l’appel', decline: 'Refuser l’appel', finish: 'Finir l’appel', ready: 'Prêt / en pause', newTicket: 'Nouveau ticket', search: 'Chercher', mute: 'Couper ou rétablir la sonnerie', help: 'Cette aide', save: 'Enregistrer le ticket', solved: 'Résolu : enregistrer et clore', palette: 'Palette de commandes', walk: 'Parcourir une liste', open: 'Ouvrir',
    ctrl: 'Ctrl', enter: 'Entrée', shift: 'Maj', title: 'Aller au titre du ticket',
  },
  menu: { label: 'Mon compte', light: 'Clair', dark: 'Sombre', auto: 'Comme l’ordinateur', scheme: 'Apparence', language: 'Langue', shortcuts: 'Raccourcis clavier' },
  error: { unexpected: 'Quelque chose n’a pas fonctionné. Rechargez la page si cela dure.', unreachable: 'Le service ne répond pas : vérifiez le réseau, puis réessayez.', page: 'Cette page n’existe pas', pageText: 'L’adresse a peut-être changé.', home: 'Revenir à l’accueil', reload: 'Recharger', heading: 'Un problème est survenu' },
  time: { yesterday: 'hier' },
}
