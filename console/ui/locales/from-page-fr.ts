/** Of a call from the desk's own page, in French. */
export const fromPageFr = {
  unknown: 'Sans compte : demandez qui appelle',
  signedIn: 'Depuis la page, connecté',
  here: 'D’où vient l’appel',
  about: 'Depuis la page de la demande',
}
