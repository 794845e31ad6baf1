/** What a request may be about, as the specification lists it (III-D-3-c). Data, in the language the tickets are kept in. */
export const natures = [
  'Compte et accès',
  'Messagerie',
  'Poste de travail',
  'Réseau',
  'Impression',
  'Logiciel et licence',
  'Enseignement numérique',
  'Application administrative',
  'Téléphonie',
  'Salle et locaux',
  'Autre',
] as const
