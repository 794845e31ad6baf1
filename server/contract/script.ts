import { z } from 'zod'

/** The steps of a conversation (R15). What a step is about is known, so that what the ticket shows already is ticked by itself. */
export const stepKind = z.enum(['greet', 'identify', 'existing', 'receivable', 'describe', 'solve', 'recap', 'other'])
export type StepKind = z.infer<typeof stepKind>

const id = z.string().regex(/^[a-z0-9-]{1,40}$/)
const scriptStep = z.object({
  id,
  kind: stepKind,
  title: z.string().trim().min(1).max(80),
  /** What to say or to ask; empty: the title says enough. */
  says: z.string().trim().max(600).default(''),
  /** The same for who chose English; empty: in French. */
  saysEnglish: z.string().trim().max(600).default(''),
})
export type ScriptStep = z.infer<typeof scriptStep>

/** For the calls of a line, and tickets of a nature and what is below it. Null: whichever. The first script that holds is shown. */
const dialogueScript = z.object({
  id,
  line: z.string().max(40).nullable().default(null),
  categoryId: id.nullable().default(null),
  steps: z.array(scriptStep).min(1).max(20),
})
export type DialogueScript = z.infer<typeof dialogueScript>

const step = (kind: StepKind, title: string, says = '', saysEnglish = ''): ScriptStep => ({ id: kind, kind, title, says, saysEnglish })

/** The specification's own dialogue, to start from. */
export const sampleScript: DialogueScript = {
  id: 'usuel',
  line: null,
  categoryId: null,
  steps: [
    step('greet', 'Accueillir', 'Guichet unique, bonjour. {opérateur} à votre écoute.', 'IT desk, good morning. This is {opérateur}.'),
    step(
      'identify',
      'Identifier',
      'Vous êtes bien {nom} ? Puis-je vérifier votre adresse ?',
      'Am I speaking with {nom}? May I check your address?',
    ),
    step(
      'existing',
      'Ticket existant ?',
      'Appelez-vous pour une demande déjà ouverte ?',
      'Are you calling about a request that is open already?',
    ),
    step('receivable', 'Recevable ?', 'Hors du numérique : orienter vers le standard, sans ticket perdu.'),
    step('describe', 'Décrire', 'Que se passe-t-il, depuis quand, où, pour qui ?', 'What happens, since when, where, to whom?'),
    step('solve', 'Résoudre ou rediriger', 'Ce que je peux faire tout de suite ; sinon à qui, et sous quel délai.'),
    step(
      'recap',
      'Récapituler',
      'Je reformule, je donne le numéro du ticket et la suite.',
      'To sum up; your ticket number is…; what comes next is…',
    ),
  ],
}
export const scriptSettings = z.object({ scripts: z.array(dialogueScript).max(50).default([sampleScript]) })
