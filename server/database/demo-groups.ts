import type { groups } from './schema-groups.ts'

type DemoGroup = Omit<typeof groups.$inferSelect, 'version' | 'retiredAt'> & {
  readonly members: readonly string[]
  readonly referents: readonly string[]
}

const experts = (id: string, name: string, purpose: string, more: Partial<DemoGroup> = {}): DemoGroup => ({
  id,
  name,
  purpose,
  kind: 'experts',
  level: 2,
  mail: `${id}@univ.example`,
  hours: null,
  protocol: '',
  delayHours: 8,
  directoryGroup: null,
  members: [],
  referents: [],
  ...more,
})

/** The specification's groups, and the correspondents of one component. */
export const demoGroups: readonly DemoGroup[] = [
  experts('psn', 'PSN', 'Pôle de soutien au numérique : postes de travail, logiciels, salles.', {
    protocol: 'Nom du poste (étiquette), bâtiment et salle, message d’erreur exact.',
  }),
  experts('dtsi', 'DTSI', 'Direction technique du système d’information : serveurs, hébergement, sauvegardes.', {
    protocol: 'Nom du serveur ou de l’application, depuis quand, combien de personnes sont touchées.',
  }),
  experts('dsig', 'dSIG', 'Systèmes d’information de gestion : scolarité, finances, ressources humaines.', {
    members: ['karim'],
    protocol: 'Application, écran, numéro de dossier ; jamais de mot de passe.',
    hours: 'du lundi au vendredi, de 9 h à 12 h et de 14 h à 17 h',
  }),
  experts('dsrt', 'dSRT', 'Réseaux et téléphonie : prises, Wi-Fi, téléphones, VPN.', {
    members: ['nadia'],
    protocol: 'Numéro de la prise ou du téléphone, bâtiment et bureau, adresse MAC si possible.',
    delayHours: 4,
  }),
  experts('dtice', 'dTICE', 'Technologies pour l’enseignement : Moodle, vidéo, amphithéâtres.', {
    protocol: 'Nom de l’espace de cours ou de la salle, navigateur, capture d’écran.',
  }),
  experts('dprox', 'dPROX', 'Proximité : interventions sur place, prêts, installations.', {
    protocol: 'Lieu exact, disponibilités de la personne, numéro d’inventaire.',
  }),
  experts('correspondants-sciences', 'Correspondants Faculté des sciences', 'Correspondants informatiques des départements de sciences.', {
    kind: 'correspondents',
    mail: null,
    delayHours: null,
    referents: ['lucie'],
    members: ['nadia'],
  }),
]
