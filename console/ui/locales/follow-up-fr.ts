/** The texts of what follows from a call, in French. */
export const followUpFr = {
  callers: 'Appelants',
  tellTicket: 'Dire où en est leur demande à ceux qui rappellent',
  tellTicketSays:
    'Pendant l’attente, après le message : l’état et le jour de la suite, jamais l’objet. Rien n’est dit si le numéro est masqué ou celui de plusieurs personnes.',
  addedMessages: 'Messages vocaux ajoutés par le demandeur',
}
