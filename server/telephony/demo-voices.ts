import type { Spoken } from '../calls/announcements.ts'
import { scripts } from '../training/scripts.ts'

const fr = (name: string, text: string): Spoken => ({ name, language: 'fr', text })

/** What the demo's sample parties say, spoken like the announcements. */
export const demoVoices: readonly Spoken[] = [
  fr(
    'demo-operator',
    'Guichet unique du numérique, bonjour. Je vous écoute. Depuis quand, et que voyez-vous exactement à l’écran ? Je regarde cela avec vous. Je viens de relancer la prise réseau, pouvez-vous essayer à nouveau ?',
  ),
  fr(
    'demo-announcer',
    'Bonjour et bienvenue au Guichet unique du Numérique. Cette annonce est enregistrée depuis le téléphone de démonstration.',
  ),
  fr(
    'demo-caller-1',
    'Bonjour, je n’ai plus de réseau dans la salle de travaux pratiques depuis dix heures ce matin. Le voyant de la prise murale est éteint.',
  ),
  fr('demo-caller-2', 'Bonjour, je n’arrive plus à ouvrir ma messagerie depuis hier soir. On me demande sans cesse mon mot de passe.'),
  fr('demo-caller-3', 'Bonjour, l’imprimante du secrétariat fait un bourrage à chaque page. Pouvez-vous nous aider ?'),
]

/** What the callers of training days say. */
export const trainingVoices: readonly Spoken[] = [
  ...new Map(
    Object.values(scripts).flatMap(({ scenes }) => scenes.map(({ id, says }) => [id, fr(`training-${id}`, says)] as const)),
  ).values(),
]

/** The same person always speaks with the same sentence. */
export const voiceOf = (person: string): string =>
  `demo-caller-${([...person].reduce((sum, c) => sum + (c.codePointAt(0) ?? 0), 0) % 3) + 1}`
