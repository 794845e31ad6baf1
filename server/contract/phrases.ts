import { z } from 'zod'
import { categoryId, impact } from './categories.ts'
import { urgency } from './entities.ts'

const id = z.string().regex(/^[a-z0-9-]{1,40}$/)
const name = z.string().trim().min(1).max(60)

const cannedAnswer = z.object({ id, name, text: z.string().trim().min(1).max(5_000) })
export type CannedAnswer = z.infer<typeof cannedAnswer>

/** A ticket that is asked for again and again. Fields left empty are left to whoever writes it. */
const ticketTemplate = z.object({
  id,
  name,
  title: z.string().trim().max(200).default(''),
  summary: z.string().max(5_000).default(''),
  solution: z.string().max(5_000).default(''),
  categoryId: categoryId.nullable().default(null),
  urgency: urgency.default('normal'),
  impact: impact.default('low'),
})
export type TicketTemplate = z.infer<typeof ticketTemplate>

const sampleAnswers: readonly CannedAnswer[] = [
  {
    id: 'mot-de-passe',
    name: 'Mot de passe : où le changer',
    text: 'Bonjour {nom},\nVous pouvez changer votre mot de passe vous-même depuis la page de votre compte numérique.\nSi elle vous le refuse, répondez à ce message : nous le ferons ensemble.',
  },
  {
    id: 'precisions',
    name: 'Demander des précisions',
    text: 'Bonjour {nom},\nPour avancer sur votre demande n° {numéro}, pouvez-vous nous dire depuis quand cela se produit, sur quel poste, et ce qui s’affiche ?',
  },
]
const sampleTemplates: readonly TicketTemplate[] = [
  {
    id: 'mot-de-passe-perdu',
    name: 'Mot de passe perdu',
    title: 'Mot de passe perdu',
    summary: 'Ne se souvient plus de son mot de passe.\nIdentité vérifiée : ',
    solution: '',
    categoryId: 'mot-de-passe',
    urgency: 'normal',
    impact: 'low',
  },
]
export const phraseSettings = z.object({
  answers: z
    .array(cannedAnswer)
    .max(200)
    .default([...sampleAnswers]),
  templates: z
    .array(ticketTemplate)
    .max(100)
    .default([...sampleTemplates]),
})
