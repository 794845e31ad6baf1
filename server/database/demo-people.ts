import type { Medium, Person, Role } from '../contract/entities.ts'
import type { PhoneKind } from '../contract/phones.ts'
import type { RotaPost } from '../contract/rota.ts'

export const demoPassword = 'guichet-demo'

type DemoAccount = {
  readonly id: string
  readonly login: string
  readonly name: string
  readonly role: Role
  readonly extension: string | null
  readonly phone: PhoneKind | null
}

const account = (login: string, name: string, role: Role): DemoAccount => ({
  id: login,
  login,
  name,
  role,
  extension: null,
  phone: null,
})
const operator = (login: string, name: string, extension: string): DemoAccount => ({
  ...account(login, name, 'operator'),
  extension,
  phone: 'demo',
})

export const demoAccounts = [
  operator('alice', 'Alice Martin', '6101'),
  operator('bruno', 'Bruno Lefort', '6102'),
  operator('chloe', 'Chloé Nguema', '6103'),
  { ...account('sophie', 'Sophie Garnier', 'supervisor'), extension: '6100', phone: 'demo' },
  account('admin', 'Anne Delmas', 'administrator'),
  account('nadia', 'Nadia Roussel', 'level2'),
  account('karim', 'Karim Haddad', 'level2'),
  account('lucie', 'Lucie Ferrand', 'referent'),
  account('claire.dubois', 'Claire Dubois', 'user'),
] as const satisfies readonly DemoAccount[]

/** Who is at the desk on the n-th working day shown. */
export function demoRota(n: number): { operatorId: string; from: string; to: string; post: RotaPost }[] {
  const three = ['alice', 'bruno', 'chloe'] as const
  const [first, second, third] = [0, 1, 2].map((i) => three[(n + i) % 3] ?? 'alice') as [string, string, string]
  return [
    { operatorId: first, from: '08:30', to: '12:30', post: 'both' },
    { operatorId: second, from: '09:00', to: '13:00', post: 'phone' },
    { operatorId: third, from: n % 3 === 1 ? '13:30' : '12:30', to: '16:30', post: 'both' },
    ...(n % 2 === 0 ? [{ operatorId: first, from: '13:30', to: '16:30', post: 'phone' as const }] : []),
  ]
}

type Affiliation = Person['affiliation']

function person(
  login: string,
  name: string,
  phones: readonly string[],
  affiliation: Affiliation,
  title: string,
  unit: string,
  place: string | null,
): Person & { login: string } {
  return { id: `sample:${login}`, login, name, email: `${login}@univ.example`, phones: [...phones], affiliation, unit, place, title }
}

const claire = person(
  'claire.dubois',
  'Claire Dubois',
  ['+33561551234'],
  'staff',
  'Maître de conférences',
  'Biologie',
  'Bât. 4R3, bureau 212',
)
const ahmed = person(
  'ahmed.benali',
  'Ahmed Benali',
  ['+33561551235'],
  'staff',
  'Gestionnaire de scolarité',
  'Faculté des sciences',
  'Bât. U2, bureau 14',
)
const ines = person('ines.nguyen', 'Inès Nguyễn', ['ext:4242'], 'staff', 'Ingénieure d’études', 'Chimie', 'Bât. 2R1, bureau 108')

/** Mobile numbers are of the range kept for fiction (06 39 98 …). */
export const demoPeople: readonly (Person & { login: string })[] = [
  claire,
  ahmed,
  ines,
  person(
    'zoe.lefevre-obrien',
    "Zoé Lefèvre-O'Brien",
    ['+33561552000'],
    'staff',
    'Professeure des universités',
    'Mathématiques',
    'Bât. 1R3, bureau 205',
  ),
  person('paul.martin', 'Paul Martin', ['+33561552000'], 'staff', 'Doctorant', 'Mathématiques', 'Bât. 1R3, bureau 205'),
  person(
    'marie.lacombe',
    'Marie Lacombe',
    ['+33561551301', 'ext:4301'],
    'staff',
    'Secrétaire de direction',
    'Présidence',
    'Bât. Administration, bureau 3',
  ),
  person(
    'jean-pierre.castagne',
    'Jean-Pierre Castagné',
    ['+33561551302'],
    'staff',
    'Professeur des universités',
    'Physique',
    'Bât. 3R1, bureau 44',
  ),
  person(
    'fatou.diallo',
    'Fatou Diallo',
    ['+33561551303', '+33639980001'],
    'staff',
    'Responsable administrative',
    'IUT',
    'Bât. GEII, bureau 10',
  ),
  person('nadia', 'Nadia Roussel', ['+33561551401'], 'staff', 'Administratrice réseau', 'dSRT', 'Bât. CRI, bureau 12'),
  person('karim', 'Karim Haddad', ['+33561551402'], 'staff', 'Développeur', 'dSIG', 'Bât. CRI, bureau 21'),
  // Those at the desk, who are written to: who has a ticket, whom late ones are taken to, who keeps a list, who runs the service.
  person('alice', 'Alice Martin', [], 'staff', 'Opératrice du guichet', 'dPROX', 'Bât. 1CN, point accueil'),
  person('bruno', 'Bruno Lefort', [], 'staff', 'Opérateur du guichet', 'dPROX', 'Bât. 1CN, point accueil'),
  person('chloe', 'Chloé Nguema', [], 'staff', 'Opératrice du guichet', 'dPROX', 'Bât. 1CN, point accueil'),
  person('sophie', 'Sophie Garnier', [], 'staff', 'Responsable du guichet', 'dPROX', 'Bât. 1CN, point accueil'),
  person('lucie', 'Lucie Ferrand', [], 'staff', 'Référente informatique', 'Faculté des sciences', 'Bât. U3, bureau 6'),
  person('admin', 'Anne Delmas', [], 'staff', 'Administratrice du service', 'DTSI', 'Bât. CRI, bureau 2'),
  person('luc.bernard', 'Luc Bernard', ['ext:4310'], 'staff', 'Technicien de laboratoire', 'Biologie', 'Bât. 4R3, salle 18'),
  person('emilie.faure', 'Émilie Faure', ['+33561551304'], 'staff', 'Bibliothécaire', 'Bibliothèque universitaire', 'BU Sciences'),
  person('thomas.girard', 'Thomas Girard', ['+33561551305'], 'staff', 'Maître de conférences', 'Informatique', 'Bât. 1TP1, bureau 31'),
  person('sara.el-amrani', 'Sara El Amrani', ['+33561551306'], 'staff', 'Attachée temporaire', 'Langues', 'Bât. 3A, bureau 7'),
  person('nicolas.petit', 'Nicolas Petit', ['ext:4320'], 'staff', 'Appariteur', 'Faculté des sciences', 'Bât. U3, accueil'),
  person(
    'helene.roux',
    'Hélène Roux',
    ['+33561551307'],
    'staff',
    'Responsable des achats',
    'Direction financière',
    'Bât. Administration, bureau 22',
  ),
  person(
    'david.cohen',
    'David Cohen',
    ['+33561551308'],
    'hosted',
    'Chargé de recherche',
    'Laboratoire d’astrophysique',
    'Observatoire, bureau 9',
  ),
  person('yuki.tanaka', 'Yuki Tanaka', ['+33561551309'], 'hosted', 'Chercheuse invitée', 'Chimie', 'Bât. 2R1, bureau 120'),
  person('marco.rossi', 'Marco Rossi', ['ext:4330'], 'hosted', 'Postdoctorant', 'Physique', 'Bât. 3R1, bureau 61'),
  person('camille.moreau', 'Camille Moreau', ['+33639980011'], 'student', 'Licence 2', 'Biologie', null),
  person('lea.fontaine', 'Léa Fontaine', ['+33639980012'], 'student', 'Licence 1', 'Mathématiques', null),
  person('mehdi.khelifi', 'Mehdi Khelifi', ['+33639980013'], 'student', 'Master 1', 'Informatique', null),
  person('juliette.blanc', 'Juliette Blanc', ['+33639980014'], 'student', 'Master 2', 'Chimie', null),
  person('oscar.delaunay', 'Oscar Delaunay', ['+33639980015'], 'student', 'BUT 2', 'IUT', null),
  person('aminata.traore', 'Aminata Traoré', ['+33639980016'], 'student', 'Doctorat', 'Physique', null),
  person('hugo.chevalier', 'Hugo Chevalier', ['+33639980017'], 'student', 'Licence 3', 'Sciences du sport', null),
  person('francois.oeuvrard', 'François Œuvrard', ['+33561551310'], 'staff', 'Ingénieur de recherche', 'Géosciences', 'Bât. 4R2, bureau 3'),
  person('rose.marie-angelique', 'Rose Marie-Angélique', ['+33561551311'], 'staff', 'Infirmière', 'Médecine préventive', 'Bât. Santé'),
]

type DemoTicket = {
  readonly id: string
  readonly number: number
  readonly title: string
  readonly summary: string
  readonly medium: Medium
  readonly person: Person
  readonly phone: string
  readonly by: DemoAccount
  readonly hoursAgo: number
  readonly solution: string | null
  /** Where it stands, for those that are open: none is late when the demonstration begins. */
  readonly then?: 'waits-for-level3' | 'waits-for-user' | 'with-correspondents'
}

const [alice, bruno] = demoAccounts

/** Numbered below the sequence's start, so that the first ticket of a demonstration is n° 10421. */
export const demoTickets: readonly DemoTicket[] = [
  {
    id: '5a3b1c00-0000-4000-8000-000000010417',
    number: 10417,
    person: ines,
    phone: '4242',
    by: bruno,
    hoursAgo: 98,
    medium: 'phone',
    title: 'Mot de passe de messagerie oublié',
    summary: 'Ne peut plus ouvrir sa messagerie depuis ce matin.',
    solution: 'Mot de passe renouvelé avec la page « Mon compte », après vérification par un code.',
  },
  {
    id: '5a3b1c00-0000-4000-8000-000000010418',
    number: 10418,
    person: claire,
    phone: '05 61 55 12 34',
    by: bruno,
    hoursAgo: 73,
    medium: 'phone',
    title: 'Imprimante 4R3 : bourrage',
    summary: 'L’imprimante du deuxième étage du 4R3 signale un bourrage, bac 2 ; rien de visible en ouvrant.',
    solution: null,
    then: 'waits-for-level3',
  },
  {
    id: '5a3b1c00-0000-4000-8000-000000010419',
    number: 10419,
    person: ahmed,
    phone: '05 61 55 12 35',
    by: alice,
    hoursAgo: 27,
    medium: 'walk-in',
    title: 'Accès au dossier partagé de la scolarité',
    summary: 'Le dossier « Inscriptions » demande un mot de passe depuis le changement de poste.',
    solution: null,
    then: 'waits-for-user',
  },
  {
    id: '5a3b1c00-0000-4000-8000-000000010420',
    number: 10420,
    person: claire,
    phone: '05 61 55 12 34',
    by: alice,
    hoursAgo: 3,
    medium: 'phone',
    title: 'Accès à Moodle pour les vacataires',
    summary: 'Trois vacataires recrutés en septembre ne voient pas l’espace de cours de l’UE BIO-L2-04.',
    solution: null,
    then: 'with-correspondents',
  },
]
