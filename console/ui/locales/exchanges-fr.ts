/** The texts of exchanges that keep the queue themselves, in French. */
export const exchangesFr = {
  intro:
    'Un central qui garde lui-même la file (autocommutateur, centre d’appels) peut dire ses appels au guichet, comme au « CTI générique » de Zammad : l’opérateur concerné voit qui appelle, ses tickets ouverts, et en ouvre un. Ces appels ne sont pas ceux du guichet : ils n’entrent dans aucun autre chiffre.',
  failed: 'La liste des centraux n’a pas pu être lue',
  name: 'Nom du central',
  example: 'Autocommutateur',
  add: 'Ajouter un central',
  secret: 'L’adresse de {{name}}',
  secretHint:
    'Le central y envoie newCall, answer et hangup (POST, JSON ou formulaire). Elle n’est montrée qu’une fois : qui la connaît peut annoncer des appels.',
  copyAddress: 'Copier l’adresse',
  none: 'Aucun autre central',
  noneText: 'Ajoutez celui qui garde la file, si ce n’est pas le guichet.',
  made: 'Ajouté le {{when}} par {{who}}',
  neverSeen: 'Rien reçu encore',
  seen: 'Dernier appel annoncé {{when}}',
  figures: 'Trente jours : {{in}} reçus, {{answered}} répondus, {{missed}} manqués, {{out}} émis, {{ticketed}} avec un ticket',
  revoke: 'Retirer',
  revokeOf: 'Retirer {{name}}',
  revoked: '{{name}} est retiré : son adresse ne vaut plus rien',
  notice: 'Appel à un autre central',
  announce: 'Appel de {{who}}',
  states: { ringing: 'appelle depuis {{clock}}', talking: 'en ligne depuis {{clock}}', ended: 'vient de raccrocher' },
  busy: 'au téléphone à l’autre central',
  open: 'Ouvrir un ticket',
  opened: 'Ticket n° {{number}}',
}
