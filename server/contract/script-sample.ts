import type { DialogueScript, ScriptStep, StepKind } from './script.ts'

type Words = { readonly fr: string; readonly en: string }
const step = (kind: StepKind, title: Words, says: Words): ScriptStep => ({
  id: kind,
  kind,
  title: title.fr,
  titleEnglish: title.en,
  says: says.fr,
  saysEnglish: says.en,
})

/** The specification's own dialogue, to start from. */
export const sampleScript: DialogueScript = {
  id: 'usuel',
  line: null,
  categoryId: null,
  steps: [
    step(
      'greet',
      { fr: 'Accueillir', en: 'Greet' },
      { fr: '{guichet}, bonjour. {opérateur} à votre écoute.', en: '{guichet}, good morning. This is {opérateur}.' },
    ),
    step(
      'identify',
      { fr: 'Identifier', en: 'Identify' },
      { fr: 'Vous êtes bien {nom} ? Puis-je vérifier votre adresse ?', en: 'Am I speaking with {nom}? May I check your address?' },
    ),
    step(
      'existing',
      { fr: 'Ticket existant ?', en: 'A ticket already?' },
      { fr: 'Appelez-vous pour une demande déjà ouverte ?', en: 'Are you calling about a request that is open already?' },
    ),
    step(
      'receivable',
      { fr: 'Recevable ?', en: 'For this desk?' },
      {
        fr: 'Hors du numérique : orienter vers le standard, sans ticket perdu.',
        en: 'Not about IT: send on to the switchboard, and lose no ticket.',
      },
    ),
    step(
      'describe',
      { fr: 'Décrire', en: 'Describe' },
      { fr: 'Que se passe-t-il, depuis quand, où, pour qui ?', en: 'What happens, since when, where, to whom?' },
    ),
    step(
      'solve',
      { fr: 'Résoudre ou rediriger', en: 'Solve or redirect' },
      {
        fr: 'Ce que je peux faire tout de suite ; sinon à qui, et sous quel délai.',
        en: 'What I can do at once; otherwise who will, and by when.',
      },
    ),
    step(
      'recap',
      { fr: 'Récapituler', en: 'Sum up' },
      {
        fr: 'Je reformule, je donne le numéro du ticket et la suite.',
        en: 'To sum up; your ticket number is…; what comes next is…',
      },
    ),
  ],
}
