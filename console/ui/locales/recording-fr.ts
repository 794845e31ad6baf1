/** The texts of recorded conversations, in French. */
export const recordingFr = {
  mode: 'Enregistrer les conversations',
  modeSays: 'L’appelant et l’opérateur l’entendent dire avant que rien ne soit gardé',
  modes: { off: 'Jamais', 'on-demand': 'À la demande de l’opérateur', always: 'Toujours' },
  days: 'Garder les conversations enregistrées',
  daysSays: 'Ensuite, le son et sa trace sont supprimés d’eux-mêmes',
  daysUnit: 'jours',
  start: 'Enregistrer',
  pause: 'Suspendre',
  resume: 'Reprendre',
  cancel: 'Ne plus enregistrer',
  band: {
    announcing: 'L’enregistrement s’annonce',
    on: 'Conversation enregistrée',
    paused: 'Enregistrement suspendu',
  },
  bandSays: {
    announcing: 'Rien n’est encore gardé',
    on: 'Suspendez-le avant un mot de passe',
    paused: 'Ce qui se dit n’est pas gardé',
  },
  announce: {
    announcing: 'L’enregistrement s’annonce',
    on: 'La conversation est enregistrée',
    paused: 'L’enregistrement est suspendu',
    off: 'La conversation n’est plus enregistrée',
  },
  heading: 'Conversations enregistrées',
  label: 'Conversation, {{time}}',
  removed: 'Supprimée le {{day}}',
  notYours: 'Conversation de {{length}}. Seul un superviseur l’écoute.',
}
