import { z } from 'zod'
import { person, urgency, type Urgency } from './entities.ts'
import { webAddress } from './web-address.ts'

/**
 * What tickets are sorted by (III-D-3), as trees. `nature`: what has failed; `service`: what is asked for; `place`: where the requester is or
 * belongs. Kept as settings: few, read by everybody, each version signed.
 */
export const categoryTree = z.enum(['nature', 'service', 'place'])
export type CategoryTree = z.infer<typeof categoryTree>

export const categoryId = z.string().regex(/^[a-z0-9-]{1,40}$/)
export const category = z.object({
  /** Chosen by the client; never given to another. */
  id: categoryId,
  tree: categoryTree,
  name: z.string().trim().min(1).max(60),
  parentId: categoryId.nullable().default(null),
  /** Offered no more; what bears it goes on bearing it. */
  retired: z.boolean().default(false),
  /** What is asked there is done for somebody whose identity is verified; so it is for all below it. */
  verified: z.boolean().optional(),
  /** Where the form of such requests is, a site's own; those below it have theirs or this one. */
  form: webAddress.nullable().optional(),
})
export type Category = z.infer<typeof category>

/** 1 is served first. */
const priority = z.int().min(1).max(5)
const byImpact = z.object({ low: priority, normal: priority, high: priority })
/** By urgency, then by impact. */
export const priorityMatrix = z.object({ low: byImpact, normal: byImpact, high: byImpact })
export type PriorityMatrix = z.infer<typeof priorityMatrix>

/** How many people are hampered: one, several, a whole building or service. */
export const impact = urgency
export type Impact = Urgency

/**
 * To which group a ticket goes. Null: whatever it is; a category stands for all that is below it. The first rule that holds decides.
 * `groupId` null: the desk itself keeps it, on purpose.
 */
export const redirectionRule = z.object({
  id: categoryId,
  categoryId: categoryId.nullable().default(null),
  placeId: categoryId.nullable().default(null),
  affiliation: person.shape.affiliation.nullable().default(null),
  groupId: z.string().min(1).max(100).nullable(),
})
export type RedirectionRule = z.infer<typeof redirectionRule>

const rule = (id: string, groupId: string | null) => ({ id, categoryId: id, placeId: null, affiliation: null, groupId })
const branch = (
  tree: CategoryTree,
  parent: readonly [string, string],
  children: readonly (readonly [string, string])[] = [],
): Category[] => [
  { id: parent[0], tree, name: parent[1], parentId: null, retired: false },
  ...children.map(([id, name]): Category => ({ id, tree, name, parentId: parent[0], retired: false })),
]

/** The specification's own list, to start from. */
export const sampleCategories: readonly Category[] = [
  ...branch('nature', ['compte', 'Compte et accès'], [['mot-de-passe', 'Mot de passe']]).map((one) =>
    one.id === 'mot-de-passe' ? { ...one, verified: true } : one,
  ),
  ...branch('nature', ['messagerie', 'Messagerie'], [['agenda-partage', 'Agenda partagé']]),
  ...branch(
    'nature',
    ['poste', 'Poste de travail'],
    [
      ['windows', 'Windows'],
      ['peripherique', 'Écran, clavier, périphérique'],
    ],
  ),
  ...branch(
    'nature',
    ['reseau', 'Réseau'],
    [
      ['wifi', 'Wi-Fi'],
      ['prise', 'Prise du bureau'],
    ],
  ),
  ...branch('nature', ['impression', 'Impression']),
  ...branch('nature', ['logiciel', 'Logiciel et licence']),
  ...branch(
    'nature',
    ['tice', 'Enseignement numérique'],
    [
      ['salle-ls', 'Salle LS'],
      ['crie', 'CRIe'],
    ],
  ),
  ...branch('nature', ['administratif', 'Application administrative']),
  ...branch('nature', ['telephonie', 'Téléphonie']),
  ...branch('nature', ['locaux', 'Salle et locaux']),
  ...branch('nature', ['autre', 'Autre']),
  ...branch('service', ['ouverture-compte', 'Ouverture d’un compte']),
  ...branch('service', ['nouvelle-licence', 'Licence d’un logiciel']),
  ...branch('service', ['nouvelle-prise', 'Mise en service d’une prise ou d’un téléphone']),
  ...branch('service', ['pret', 'Prêt de matériel']),
  ...branch('service', ['conseil', 'Conseil']),
  ...branch('place', ['services-centraux', 'Services centraux']),
  ...branch('place', ['sciences', 'Faculté des sciences'], [['bibliotheque-sciences', 'Bibliothèque des sciences']]),
  ...branch('place', ['sante', 'Faculté de santé']),
]

/** ITIL's usual table: urgent for many comes first, neither of both last. */
export const usualPriorities: PriorityMatrix = {
  high: { high: 1, normal: 2, low: 3 },
  normal: { high: 2, normal: 3, low: 4 },
  low: { high: 3, normal: 4, low: 5 },
}

/** To the specification's groups; heeded where groups of these names exist. */
export const sampleRules: readonly RedirectionRule[] = [
  rule('reseau', 'dsrt'),
  rule('telephonie', 'dsrt'),
  rule('nouvelle-prise', 'dsrt'),
  rule('tice', 'dtice'),
  rule('administratif', 'dsig'),
  rule('impression', 'dprox'),
  rule('poste', 'psn'),
  rule('logiciel', 'psn'),
  rule('nouvelle-licence', 'psn'),
  ...['compte', 'messagerie', 'locaux', 'autre', 'ouverture-compte', 'pret', 'conseil'].map((id) => rule(id, null)),
]
