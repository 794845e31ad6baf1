/** À la place d’une page ouverte par son adresse, et qui est à d’autres. */
export const notYoursFr = {
  heading: '« {{name}} » n’est pas une page de votre rôle',
  text: 'Elle est faite pour {{whose}}.',
  for: {
    operator: 'la permanence',
    supervisor: 'la supervision',
    administrator: 'l’administration',
    level2: 'le niveau 2',
    referent: 'les référents',
    user: 'les usagers',
  },
  own: {
    operator: 'Votre compte est à la permanence ; l’administration peut lui donner un autre rôle.',
    supervisor: 'Votre compte est à la supervision ; l’administration peut lui donner un autre rôle.',
    administrator: 'Votre compte est à l’administration, qui ne la tient pas elle-même.',
    level2: 'Votre compte est au niveau\u00a02 ; l’administration peut lui donner un autre rôle.',
    referent: 'Votre compte est celui d’un référent ; l’administration peut lui donner un autre rôle.',
    user: 'Votre compte est celui d’un usager.',
  },
  back: 'Revenir à la page d’avant',
  toDesk: 'Aller à la permanence',
  toTickets: 'Aller aux tickets',
}
