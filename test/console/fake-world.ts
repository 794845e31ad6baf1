import type { Attachment } from '../../server/contract/attachments.ts'
import type { CallView, JournalEntry, OperatorView, Person, Ticket } from '../../server/contract/entities.ts'
import type { z } from 'zod'
import type { DemoState, mails } from '../../server/contract/http.ts'

/** Sample people, calls and tickets for the console's tests; the telephone's world is made up here, nowhere else. */
const person = (id: string, name: string, phones: string[], rest: Partial<Person> = {}): Person => ({
  id,
  name,
  phones,
  email: `${id}@univ.example`,
  affiliation: 'staff',
  unit: null,
  place: null,
  title: null,
  ...rest,
})

export const claire = person('claire.dubois', 'Claire Dubois', ['+33561551234'], {
  unit: 'Biologie',
  place: 'Bât. 4R3, bureau 212',
  title: 'Maître de conférences',
})
export const ahmed = person('ahmed.benali', 'Ahmed Benali', ['+33561551235'], { unit: 'Scolarité' })
export const zoe = person('zoe.lefevre', 'Zoé Lefèvre-O’Brien', ['+33561552000'], { unit: 'Bibliothèque' })
export const paul = person('paul.martin', 'Paul Martin', ['+33561552000'], { unit: 'Bibliothèque' })
export const ines = person('ines.nguyen', 'Inès Nguyễn', ['ext:4242'], { affiliation: 'student', unit: 'Licence 3 Informatique' })
export const everybody: readonly Person[] = [claire, ahmed, zoe, paul, ines]

const ago = (seconds: number) => new Date(Date.now() - seconds * 1_000).toISOString()
const shown: Record<string, string> = {
  '+33561551234': '05 61 55 12 34',
  '+33561551235': '05 61 55 12 35',
  '+33561552000': '05 61 55 20 00',
  'ext:4242': '4242',
  '+33611223344': '06 11 22 33 44',
}

/** A call that waits, unless said otherwise. `waited` in seconds. */
export function call(
  id: string,
  people: readonly Person[],
  { number = people[0]?.phones[0] ?? null, waited = 20, ...rest }: Partial<CallView> & { waited?: number } = {},
): CallView {
  return {
    id,
    status: 'waiting',
    direction: 'in',
    line: 'guichet',
    owedId: null,
    attempts: null,
    nextAttemptAt: null,
    arrivedAt: ago(waited),
    number,
    numberShown: number === null ? 'numéro masqué' : (shown[number] ?? number),
    people: [...people],
    position: 1,
    offeredTo: [],
    why: null,
    alarmedAt: null,
    operatorId: null,
    answeredAt: null,
    capAt: null,
    extensions: 0,
    onHold: false,
    muted: false,
    consult: null,
    outside: null,
    watch: null,
    recording: null,
    language: 'fr',
    ...rest,
  }
}

/** That call in conversation since so many seconds, under the limit of fifteen minutes. */
export function talking(waiting: CallView, operatorId: string, seconds = 0): CallView {
  return { ...waiting, status: 'talking', position: null, offeredTo: [], operatorId, answeredAt: ago(seconds), capAt: ago(seconds - 900) }
}

export const operator = (id: string, name: string, state: OperatorView['state'], rest: Partial<OperatorView> = {}): OperatorView => ({
  id,
  name,
  extension: '6101',
  state,
  since: ago(75),
  reason: null,
  callId: null,
  until: null,
  orderedBy: null,
  next: null,
  ...rest,
})

export type KeptTicket = Ticket & {
  journal: JournalEntry[]
  message: { id: string; seconds: number } | null
  addedMessages: []
  attachments: Attachment[]
}

/** A line of a ticket's journal, written so many seconds ago. */
export const line = (
  seconds: number,
  by: string,
  kind: JournalEntry['kind'],
  text = '',
  rest: Partial<JournalEntry> = {},
): JournalEntry => ({
  id: lines++,
  at: ago(seconds),
  by,
  kind,
  text,
  visibility: 'internal',
  detail: null,
  cites: null,
  ...rest,
})
let lines = 1

/** A ticket opened so many seconds ago. */
export function ticket(number: number, title: string, who: Person, seconds: number, rest: Partial<KeptTicket> = {}): KeptTicket {
  const openedAt = ago(seconds)
  return {
    id: `t${number}`,
    number,
    title,
    summary: '',
    status: 'new',
    medium: 'phone',
    urgency: 'normal',
    impact: 'low',
    priority: 4,
    nature: null,
    categoryId: null,
    placeId: null,
    callId: null,
    solution: null,
    openedBy: 'Alice Martin',
    openedAt,
    closedAt: null,
    owner: null,
    groupId: null,
    waiting: null,
    proposal: null,
    closedHow: null,
    statusSince: openedAt,
    touchedAt: openedAt,
    clock: null,
    requester: { personId: who.id, name: who.name, email: who.email, phone: shown[who.phones[0] ?? ''] ?? null },
    journal: [line(seconds, 'Alice Martin', 'opened')],
    message: null,
    addedMessages: [],
    attachments: [],
    unconfirmed: false,
    asked: null,
    ...rest,
  }
}

const day = 86_400
export const sampleTickets = (): KeptTicket[] => [
  ticket(10388, 'Accès à Moodle pour les vacataires', claire, 2 * day, {
    status: 'in-progress',
    owner: { id: 'nadia', name: 'Nadia Roussel' },
    nature: 'Enseignement numérique',
    summary: 'Trois vacataires recrutés en novembre ne voient pas l’espace du cours BIO-L2.\nLeur compte existe depuis lundi.',
    journal: [
      line(2 * day, 'Alice Martin', 'opened'),
      line(2 * day - 40, 'guichet', 'mail', 'Accusé de réception envoyé à claire.dubois@univ.example'),
      line(
        day,
        'Nadia Roussel',
        'contribution',
        'Les comptes sont rattachés à la composante ; il manque l’inscription au cours. Demandé au responsable pédagogique.',
      ),
      line(5_400, 'Bruno Petit', 'contribution', 'Relance par téléphone : réponse attendue demain matin.'),
    ],
  }),
  ticket(10402, 'Imprimante 4R3 : bourrage à répétition', claire, day, { nature: 'Impression' }),
  ticket(10351, 'Mot de passe oublié', claire, 9 * day, {
    status: 'closed',
    solution: 'Mot de passe changé avec l’usager.',
    closedAt: ago(9 * day - 300),
    closedHow: 'level1',
    owner: { id: 'alice', name: 'Alice Martin' },
    nature: 'Compte et accès',
  }),
  ticket(10410, 'Réseau coupé 4R1, 2ᵉ étage', ahmed, 3_100, { urgency: 'high', nature: 'Réseau', status: 'in-progress' }),
  ticket(10409, 'Wi-Fi eduroam lent au 4R3', ines, 3_300, { nature: 'Réseau' }),
  ticket(10408, 'Installation de Matlab en salle 118', paul, 4_900, { nature: 'Logiciel et licence' }),
  ticket(10405, 'Message suspect reçu du « service informatique »', zoe, 7_000, { nature: 'Messagerie' }),
]

const quiet = { problem: null, ticketNumber: null, settledBy: null, settledAt: null }
export const sampleMails = (): z.infer<typeof mails> => [
  {
    id: 'e1',
    at: ago(3_100),
    to: 'ahmed.benali@univ.example',
    subject: '[Ticket n° 10410] Réseau coupé 4R1, 2ᵉ étage',
    state: 'sent',
    ...quiet,
    text: 'Bonjour Ahmed Benali,\n\nVotre demande « Réseau coupé 4R1, 2ᵉ étage » est enregistrée sous le numéro 10410.\nNous la traitons et vous tiendrons au courant.\n\nLe Guichet unique du Numérique',
  },
  {
    id: 'e2',
    at: ago(4_900),
    to: 'paul.martin@univ.example',
    subject: '[Ticket n° 10408] Installation de Matlab en salle 118',
    state: 'pending',
    ...quiet,
    text: 'Bonjour Paul Martin,\n\nVotre demande est enregistrée sous le numéro 10408.',
  },
]

/** Two calls: one talked over, heard on both sides, told apart as they come; and one that nobody answered. */
export const sampleRecordings = (): DemoState['recordings'] => [
  { callId: 'c-lost', at: ago(60), who: 'Ahmed Benali', side: 'caller', url: '/api/demo/recordings/caller-c-lost', seconds: 21 },
  { callId: 'c-old', at: ago(600), who: '', side: 'operator', url: '/api/demo/recordings/operator-c-old', seconds: 40 },
  { callId: 'c-old', at: ago(600), who: 'Claire Dubois', side: 'caller', url: '/api/demo/recordings/caller-c-old', seconds: 48 },
]
