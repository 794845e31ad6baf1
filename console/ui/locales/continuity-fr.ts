/** The texts of the continuity sheet’s page, in French. */
export const continuityFr = {
  heading: 'Feuille de continuité',
  says: 'Chaque heure, les rappels dus, les tickets ouverts et les numéros utiles sont mis dans un fichier chiffré, à garder ailleurs ou à imprimer. Il s’ouvre dans n’importe quel navigateur, sans réseau, avec le mot de passe choisi ici.',
  last: 'Dernière feuille : {{when}}',
  none: 'Aucune feuille pour l’instant : un administrateur choisit d’abord le mot de passe.',
  problem: 'La dernière feuille n’a pas pu être faite, la précédente reste : {{why}}',
  download: 'Télécharger la feuille',
  password: 'Mot de passe des feuilles',
  passwordSays: '{{count}} caractères au moins. Il n’est conservé nulle part : notez-le là où l’astreinte le trouvera.',
  choose: 'Choisir ce mot de passe',
  chosen: 'Mot de passe choisi : la feuille vient d’être refaite',
}
