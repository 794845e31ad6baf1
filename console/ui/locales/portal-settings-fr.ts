/** The texts of the settings of the users' side, in French. */
export const portalSettingsFr = {
  form: 'Formulaire',
  guests: 'Accepter les demandes sans compte',
  guestsSays: 'Elles attendent dans « À confirmer » que l’adresse soit confirmée, ou qu’un opérateur les accepte.',
  qualifications: 'De quoi s’agit-il ?',
  qualificationsSays: 'Une ligne par choix, avec les mots des usagers. Sans rapport avec les catégories des opérateurs.',
  home: 'Accueil et intégration',
  relay: 'Service de relais téléphonique',
  relaySays: 'Adresse pour les personnes sourdes ou malentendantes.',
  links: 'Liens utiles',
  linksSays: 'Une ligne par lien : son nom, puis son adresse.',
  frames: 'Sites qui peuvent l’afficher dans un cadre',
  framesSays: 'Une origine par ligne, comme https://ent.univ.example ; les pages /embed et /embed/bandeau s’y affichent.',
  framesWrong: 'Une origine s’écrit https://nom, sans rien après.',
  addressWrong: 'Une adresse commence par https:// ou http://.',
}
