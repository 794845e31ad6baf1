import { expect, it } from 'vitest'
import { type MailTemplateName, mailSettings, mailTemplateNames, mailWords } from '../../server/contract/mail-templates.ts'
import { previewMail, sampleTicket } from '../../server/tickets/mail-preview.ts'
import { policy } from '../support/tickets.ts'

/** A text made of every word there is: what nothing fills is left out of it. */
const every = (language: 'fr' | 'en') =>
  Object.values(mailWords)
    .map((word) => `${word[language]}: {${word[language]}}`)
    .join('\n')
const whole = { subject: { fr: 'x', en: 'x' }, text: { fr: every('fr'), en: every('en') } }
const about = {
  now: '2026-11-23T09:00:00.000Z',
  publicUrl: 'https://g',
  policy,
  answerUrl: ({ number }: { readonly number: number }, at: string) => `https://g/avis/${number}/${at}`,
}
const shown = (name: MailTemplateName, template: typeof whole, ticket = sampleTicket) => {
  const { subject, text } = previewMail(name, template, { languages: 'fr-en', mark: 'Guichet unique' }, ticket, about)
  const [french = '', english = ''] = text.replaceAll(/[\u00a0\u202f]/g, ' ').split('\n\n— English —\n\n')
  return { subject, french: french.split('\n'), english: english.split('\n') }
}
/** What the ticket itself gives to most of them. */
const ofTicket = [
  'numéro: 10421',
  'titre: Accès à Moodle',
  'résumé: Trois vacataires ne voient pas le cours.',
  'lien: https://g/demandes/10421',
  'formulaire: https://g/demande',
  'guichet: Guichet unique',
]

const rows: readonly (readonly [readonly MailTemplateName[], readonly string[]])[] = [
  [['registered', 'registered-mail', 'joined'], []],
  [['passed-on'], ['opérateur: Alice Martin']],
  [['put-aside'], ['opérateur: Alice Martin', 'motif: Nous attendons un élément extérieur, prévu pour le lundi 30 novembre 2026.']],
  [['confirm', 'confirm-follow'], ['confirmer: https://g/demandes/10421/confirmer']],
  [['taken-up'], ['opérateur: Alice Martin']],
  [
    ['progress'],
    ['opérateur: Alice Martin', 'message: Le cours est de nouveau ouvert ; reste à vérifier les droits.', 'fichiers: droits.pdf'],
  ],
  [['closed'], ['opérateur: Alice Martin', 'réponse: Les comptes ont été ajoutés au cours.']],
  [
    ['solution', 'reminder'],
    [
      'opérateur: Alice Martin',
      'réponse: Les comptes ont été ajoutés au cours.',
      'avis: https://g/avis/10421/2026-11-23T09:00:00.000Z',
      'échéance: lundi 30 novembre 2026',
    ],
  ],
  [['reopened'], ['opérateur: Alice Martin', 'motif: Le cours a de nouveau disparu.']],
  [
    ['over', 'called-off', 'parent-solved'],
    [
      'réponse: Les comptes ont été ajoutés au cours.',
      'avis: https://g/avis/10421/2026-11-23T09:00:00.000Z',
      'échéance: lundi 30 novembre 2026',
    ],
  ],
  [
    ['redirected'],
    [
      'opérateur: Alice Martin',
      'motif: Vu avec l’usager ce matin.',
      'groupe: dSRT',
      'usager: Claire Dubois, 05 61 55 12 34, personne@univ.example',
      'prendre: https://g/groupe/10421',
      'refuser: https://g/groupe/10421',
      'demander: https://g/groupe/10421',
    ],
  ],
  [
    ['handed-over'],
    [
      'opérateur: Alice Martin',
      'lien: https://g/console/tickets/10421',
      'usager: Claire Dubois (05 61 55 12 34)',
      'destinataire: le standard',
    ],
  ],
  [
    ['late'],
    [
      'lien: https://g/console/a-rappeler',
      'liste: - Claire Dubois (05 61 55 12 34) : réponse attendue le lundi 23 novembre à 10 heures',
      'retards: Une réponse est en retard',
    ],
  ],
  [
    ['list-check'],
    [
      'lien: https://g/console/groupes',
      'groupe: dSRT',
      'liste: - Nadia Roussel',
      'exacte: https://g/listes/…',
      'corriger: https://g/listes/…?reponse=non',
    ],
  ],
  [
    ['visit', 'visit-cancelled'],
    [
      'opérateur: Alice Martin',
      'message: Laissez le poste allumé.',
      'visite: le mardi 24 novembre 2026, de 10 h 00 à 11 h 00',
      'lieu: Bât. 4R3, bureau 12',
      'intervenant: Nadia Roussel',
    ],
  ],
  [
    ['visit-staff'],
    [
      'opérateur: Alice Martin',
      'lien: https://g/console/tickets/10421',
      'message: Laissez le poste allumé.',
      'usager: Claire Dubois, 05 61 55 12 34, personne@univ.example',
      'visite: le mardi 24 novembre 2026, de 10 h 00 à 11 h 00',
      'lieu: Bât. 4R3, bureau 12',
      'intervenant: Nadia Roussel',
    ],
  ],
  [
    ['delay-near', 'delay-over'],
    [
      'lien: https://g/console/tickets/10421',
      'échéance: lundi 23 novembre 2026 à 10:00',
      'usager: Claire Dubois',
      'délai: le traitement au niveau 1',
      'suivi: Alice Martin',
    ],
  ],
  [
    ['mentioned'],
    [
      'opérateur: Alice Martin',
      'lien: https://g/console/tickets/10421',
      'message: @Nadia Roussel : la prise est-elle brassée ?',
      'usager: Claire Dubois',
    ],
  ],
  [['observed'], ['opérateur: Alice Martin', 'message: Le cours est de nouveau ouvert.', 'usager: Claire Dubois']],
  [
    ['closed-staff'],
    [
      'opérateur: Alice Martin',
      'lien: https://g/console/tickets/10421',
      'réponse: Les comptes ont été ajoutés au cours.',
      'usager: Claire Dubois',
    ],
  ],
  [
    ['refused-staff'],
    ['lien: https://g/console/tickets/10421', 'message: Le cours reste fermé pour deux étudiants.', 'usager: Claire Dubois'],
  ],
  [
    ['watched'],
    [
      'opérateur: Alice Martin',
      'lien: https://g/console/tickets/10421',
      'message: Sauvegarde relue, le cours y est.',
      'usager: Claire Dubois',
    ],
  ],
  [
    ['rule-proposed'],
    [
      'opérateur: Alice Martin',
      'lien: https://g/console/reglages',
      'motif: C’est un mot de passe.',
      'groupe: dSRT',
      'règle: Compte, mot de passe → dSIG',
    ],
  ],
  [
    ['disruption-opened', 'disruption-updated', 'disruption-over', 'disruption-called-off', 'disruption-subscribe'],
    [
      'titre: Wi-Fi en panne',
      'lien: https://g/perturbations',
      'réponse: Une borne a été changée.',
      'échéance: 23/11/2026 12:00',
      'confirmer: https://g/perturbations/abonnement/…/confirmer',
      'lieu: Bâtiment A',
      'concernés: Tout le campus',
      'contournement: Utilisez une prise réseau.',
      'début: 23/11/2026 09:50',
      'désabonnement: https://g/perturbations/abonnement/…/quitter',
    ],
  ],
  [['article-review'], ['numéro: 7', 'titre: Configurer le VPN', 'lien: https://g/console/connaissances/7']],
  [
    ['callback-missed', 'callback-attempted'],
    ['téléphone: 05 61 55 12 34', 'appel: mardi 24 novembre à 10 h'],
  ],
  [
    ['callback-booked', 'callback-shut', 'callback-cancelled'],
    [
      'titre: Imprimante du secrétariat',
      'lien: https://g/rappel/…',
      'formulaire: https://g/rappel',
      'rappel: mardi 24 novembre, entre 10 h et 10 h 30',
      'téléphone: 05 61 55 12 34',
    ],
  ],
]
it.each(rows)('the example of %j is filled in with %j', (names, words) => {
  for (const name of names) expect(shown(name, whole).french.filter((line) => !ofTicket.includes(line))).toEqual(words)
})

it('every text has an example', () => {
  expect(rows.flatMap(([names]) => names).toSorted()).toEqual(mailTemplateNames.toSorted())
})

it.each<readonly [MailTemplateName, readonly string[]]>([
  ['solution', ['deadline: Monday, 30 November 2026']],
  ['late', ['list: - Claire Dubois (05 61 55 12 34): answer due Monday 23 November at 10:00', 'overdue: One answer is late']],
  ['visit', ['visit: on Tuesday, 24 November 2026, from 10:00 to 11:00']],
  ['delay-near', ['deadline: Monday, 23 November 2026 at 10:00', 'delay: the work of level 1']],
  ['callback-shut', ['callback: Tuesday 24 November, between 10 a.m. and 10:30 a.m.']],
])('the English example of « %s » is in English', (name, words) => {
  expect(shown(name, whole).english).toEqual(expect.arrayContaining([...words]))
})

it('what a chosen ticket holds goes before what is made up', () => {
  const proposal = { at: '2026-11-20T09:00:00.000Z', remindAt: null, closesAt: '2026-12-01T09:00:00.000Z' }
  const ticket = { ...sampleTicket, medium: 'mail' as const, solution: 'Fait.', owner: { id: 'n', name: 'Nadia Roussel' }, proposal }
  expect(shown('solution', whole, ticket).french).toEqual(
    expect.arrayContaining([
      'opérateur: Nadia Roussel',
      'réponse: Fait.',
      'avis: https://g/avis/10421/2026-11-20T09:00:00.000Z',
      'échéance: mardi 1er décembre 2026',
    ]),
  )
  expect(shown('closed', whole, ticket).french).toContain('réponse: Fait.')
  expect(shown('closed', whole, { ...ticket, owner: null }).french).toContain('opérateur: Alice Martin')
})

it('an acknowledgement is shown as it answers: by the form or by mail, whatever way the ticket chosen came', () => {
  const said = mailSettings.parse({})
  const named = (subject: string) => ({ ...whole, subject: { fr: subject, en: subject } })
  for (const medium of ['phone', 'mail', 'form'] as const)
    for (const name of ['registered', 'registered-mail'] as const)
      expect(shown(name, named(name), { ...sampleTicket, medium }).subject).toBe(`[Guichet unique n°10421] ${name}`)
  expect(shown('registered', said.registered).french[0]).toBe('Bonjour,')
})
