/** Reasons for a pause as the service keeps them, whatever the reader's language. */
export const pauseReasonsFr = { break: 'Pause', lunch: 'Déjeuner', meeting: 'Réunion', training: 'Formation', other: 'Autre tâche' }
