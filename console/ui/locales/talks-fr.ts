/** Written conversations with requesters, in French. */
export const talksFr = {
  says_one: 'Une personne attend une réponse écrite :',
  says_other: '{{count}} personnes attendent une réponse écrite :',
  announce: 'Attend une réponse écrite : {{who}}',
  notice: 'Une réponse écrite est attendue',
  left: 'a quitté la page',
  others_one: 'et une autre',
  others_other: 'et {{count}} autres',
  here: 'L’usager a cette demande sous les yeux : un message public s’y affiche aussitôt.',
  waits: 'L’usager attend votre réponse sur sa page : un message public s’y affiche aussitôt.',
  types: 'L’usager écrit…',
  gone: 'L’usager a quitté sa page : votre réponse partira par courriel.',
}
