/** La visite du premier jour et le guide. */
export const helpFr = {
  guide: { operateur: 'Le guide de l’opérateur', 'niveau-2': 'Le guide du niveau 2' },
  whose: 'Pour qui',
  guides: { operateur: 'Au guichet', 'niveau-2': 'Au niveau 2' },
  openGuide: 'Le guide',
  print: 'Imprimer',
  contents: 'Dans ce guide',
  tour: 'Première visite',
  again: 'Revoir la visite',
  step: '{{n}} sur {{of}}',
  before: 'Revenir',
  after: 'Continuer',
  skip: 'Passer',
  finish: 'Terminé',
  readGuide: 'Lire le guide',
  steps: {
    telephone: {
      first: {
        heading: 'Dites que vous êtes là.',
        text: 'Ce menu porte votre état ; <p/> vous rend prêt, et les appels sonnent chez vous. Il dit aussi pourquoi on fait une pause.',
      },
      second: {
        heading: 'L’appel arrive ici, déjà connu.',
        text: 'Qui appelle, ses tickets, et un ticket commencé à son nom. <a/> répond ; rien de ce que vous tapez n’est perdu.',
      },
      third: {
        heading: 'Ensuite, « Suivant ».',
        text: '<s/> donne la prochaine chose à faire, <search/> trouve tout le reste, <help/> montre les touches, que vous pouvez changer.',
      },
    },
    tickets: {
      first: { heading: 'Vos tickets.', text: 'Ceux de vos groupes, ceux qu’il faut prendre, ceux qui attendent : une liste chacun.' },
      second: { heading: 'Un seul champ trouve tout.', text: '<search/> : une personne, un ticket, un numéro, une page.' },
      third: {
        heading: 'Ensuite, « Suivant ».',
        text: '<s/> donne la prochaine chose à faire ; <help/> montre les touches, que vous pouvez changer.',
      },
    },
    treating: {
      first: { heading: 'Vos tickets.', text: 'Ceux de vos groupes, ceux qu’il faut prendre, ceux qui attendent : une liste chacun.' },
      second: { heading: 'Un seul champ trouve tout.', text: '<search/> : une personne, un ticket, un numéro, une page.' },
      third: {
        heading: 'Tout se fait au clavier.',
        text: '<help/> montre les touches de la page ; votre compte, ici, permet de les changer et garde le guide.',
      },
    },
  },
}
