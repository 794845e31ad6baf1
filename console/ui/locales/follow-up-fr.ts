/** The texts of what follows from a call, in French. */
export const followUpFr = {
  callers: 'Appelants',
  tellTicket: 'Dire où en est leur demande à ceux qui rappellent',
  tellTicketSays:
    'Pendant l’attente, après le message : l’état et le jour de la suite, jamais l’objet. Rien n’est dit si le numéro est masqué ou celui de plusieurs personnes.',
  late: 'Réponses en retard',
  escalate: 'Alerter quand une personne aurait dû être rappelée',
  escalateSays: 'Les superviseurs le voient sur toutes leurs pages, dès l’heure dite ; une fois la personne rappelée, l’alerte disparaît',
  mailAfter: 'Écrire ensuite après',
  mailAfterSays: 'Compté dans les heures d’ouverture, une fois par retard',
  mailTo: 'À ces adresses',
  mailToSays: 'Une par ligne ; aucune : pas de courriel',
  addressWrong: 'Une de ces adresses ne peut pas recevoir de courriel.',
  told: 'Qui est prévenu du retard',
  steps: { supervisors: 'en retard : superviseurs prévenus', mail: 'en retard : courriel à {{to}}' },
  alarm_one: '{{count}} réponse est en retard :',
  alarm_other: '{{count}} réponses sont en retard :',
  others_one: 'et une autre personne',
  others_other: 'et {{count}} autres personnes',
  see: 'Voir la liste',
  addedMessages: 'Messages vocaux ajoutés par le demandeur',
}
