import { QueryClient, type QueryKey } from '@tanstack/react-query'
import type { Category } from '../../server/contract/categories.ts'
import type { Person } from '../../server/contract/entities.ts'
import type { Session } from '../../server/contract/http.ts'

/** Whom and what the specimens show: made up here, asked of nobody. */
const at = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString()

export const longName = 'Maximilienne-Églantine de La Rochefoucauld-Vandenbroucque d’Abrantès'
export const longWords = 'Anticonstitutionnellement-et-sans-la-moindre-espace-pour-respirer-un-peu'

const person = (id: string, name: string, unit: string): Person => ({
  id,
  name,
  phones: ['+33561551234'],
  email: `${id}@univ.example`,
  affiliation: 'staff',
  unit,
  place: null,
  title: null,
})
export const people: readonly Person[] = [
  person('claire.dubois', 'Claire Dubois', 'Biologie'),
  person('long', longName, 'Institut pluridisciplinaire de recherche sur l’environnement et les matériaux'),
]

const category = (id: string, tree: Category['tree'], name: string): Category => ({
  id,
  tree,
  name,
  parentId: null,
  retired: false,
})
export const categories: readonly Category[] = [
  category('reseau', 'nature', 'Réseau'),
  category('compte', 'nature', 'Compte et accès'),
  category('4r3', 'place', 'Bâtiment 4R3'),
]

const session: Session = { id: 'sophie', login: 'sophie', name: 'Sophie Garnier', role: 'supervisor', extension: null, demo: true }
const listened = [
  { at: at(-3), who: 'Bruno Lefort', how: 'heard' },
  { at: at(-40), who: longName, how: 'downloaded' },
]
const peaks = Array.from({ length: 90 }, (_, i) => Math.round(50 + 45 * Math.sin(i / 3) * Math.cos(i / 11)))
const anyRule = { categoryId: 'reseau', placeId: '4r3', affiliation: null, groupId: 'dsrt' }
const proposal = {
  id: 'p1',
  rule: { id: 'r1', ...anyRule },
  from: { id: 'dprox', name: 'dPROX' },
  to: { id: 'dsrt', name: 'dSRT' },
  tickets: [10_388, 10_402, 10_405],
  reason: 'Le réseau n’est pas chez nous.',
  replay: { total: 62, moved: 9, right: 8, wrong: 1, examples: [] },
}

const machine = (name: string, model: string) => ({
  server: { id: 'ocs', name: 'OCS' },
  ocsId: 1,
  deviceId: name,
  name,
  system: 'Windows 11',
  model,
  serial: '7XK2',
  address: '10.1.2.3',
  memory: 16_384,
  seen: '2026-11-23 18:02:11',
  url: '/console/composants',
})

const remote = (byId: string, by: string) => ({
  id: byId,
  by,
  byId,
  machine: 'PC-BIO-212',
  url: '/console/composants',
  startedAt: at(-12),
  endedAt: null,
})

/** What each question of a specimen is answered; a beginning of the key is enough. */
const answers: readonly (readonly [QueryKey, unknown])[] = [
  [['session'], session],
  [
    ['settings'],
    {
      categories: { value: { categories } },
      desk: { value: { name: 'Guichet unique du Numérique' } },
      outgoing: {
        value: {
          targets: [
            { name: 'Scolarité', number: '05 61 55 60 00' },
            { name: longName, number: '05 61 55 60 01' },
          ],
        },
      },
      phrases: { value: { answers: [{ id: 'a', name: 'Redémarrer', text: 'Bonjour {{name}}, redémarrez la borne.' }] } },
    },
  ],
  [
    ['people', 'machines', 'some'],
    { state: 'known', machines: [machine('PC-BIO-212', 'Latitude 5440'), machine(longWords, longName)], away: [] },
  ],
  [['people', 'machines', 'none'], { state: 'known', machines: [], away: ['OCS Sciences'] }],
  [['people', 'machines', 'asking'], { state: 'asking', machines: [], away: [] }],
  [['tickets', 'machines'], [machine('PC-BIO-212', 'Latitude 5440')]],
  [['tickets', 'remote', '/tickets/1/remote'], { offered: true, sessions: [remote('sophie', 'Sophie Garnier')] }],
  [['tickets', 'remote', '/tickets/2/remote'], { offered: true, sessions: [remote('nadia', longName)] }],
  [['tickets', 'remote', '/tickets/3/remote'], { offered: true, sessions: [] }],
  [['people'], people],
  [['colleagues'], [{ id: 'nadia', name: 'Nadia Roussel', login: 'nadia' }]],
  [['message', 'sample', 'shape'], { peaks, transcription: 'done' }],
  [['message', 'sample', 'listenings'], listened],
  [['recording', 'sample', 'shape'], { peaks }],
  [['recording', 'sample', 'listenings'], []],
  [['listenings', 'some'], listened],
  [['listenings', 'none'], []],
  [['readings', { ticket: 1 }], Array.from({ length: 8 }, (_, i) => ({ at: at(-i * 70), who: i === 1 ? longName : 'Nadia Roussel' }))],
  [['readings', { ticket: 2 }], []],
  [['rule-proposals'], [proposal]],
  [['groups'], [{ id: 'dsrt', name: 'dSRT', retiredAt: null }]],
]

const begins = (key: QueryKey, beginning: QueryKey) => beginning.every((part, i) => JSON.stringify(key[i]) === JSON.stringify(part))

/** Answers from here instead of asking the service; what is not known here stays on its way, as while the service is slow. */
export function sampleClient(): QueryClient {
  const client = new QueryClient()
  for (const [key, answer] of answers) client.setQueryData(key, answer)
  const usual = client.defaultQueryOptions.bind(client)
  const answered = (options: Parameters<typeof usual>[0]) => {
    const known = answers.find(([beginning]) => options.queryKey !== undefined && begins(options.queryKey, beginning))
    const queryFn = () => (known === undefined ? new Promise<never>(() => undefined) : Promise.resolve(known[1]))
    return usual({ ...options, queryFn, refetchInterval: false, retry: false, staleTime: Number.POSITIVE_INFINITY })
  }
  client.defaultQueryOptions = answered as typeof client.defaultQueryOptions
  return client
}
