import type { FastifyInstance, FastifyReply } from 'fastify'
import type { ErrorCode } from '../../server/contract/errors.ts'
import {
  absenceCreation,
  groupChange,
  groupCreation,
  type AccountSummary,
  type Group,
  type GroupMember,
} from '../../server/contract/groups.ts'
import type { Session } from '../../server/contract/http.ts'

const accounts: readonly AccountSummary[] = [
  { id: 'karim', login: 'karim', name: 'Karim Haddad', role: 'level2' },
  { id: 'lucie', login: 'lucie', name: 'Lucie Ferrand', role: 'referent' },
  { id: 'nadia', login: 'nadia', name: 'Nadia Roussel', role: 'level2' },
]
const member = (id: string, part: GroupMember['part']): GroupMember => {
  const found = accounts.find((account) => account.id === id)
  if (found === undefined) throw new Error(`No account ${id}`)
  return { ...found, part, absences: [] }
}
const group = (id: string, name: string, more: Partial<Group>): Group => ({
  id,
  name,
  purpose: '',
  kind: 'experts',
  level: 2,
  mail: `${id}@univ.example`,
  hours: null,
  protocol: '',
  delayHours: null,
  directoryGroup: null,
  version: 1,
  retiredAt: null,
  members: [],
  mayEdit: false,
  ...more,
})

/** Three groups, kept in memory. */
export class FakeGroups {
  all: Group[] = [
    group('dsrt', 'dSRT', {
      purpose: 'Réseaux et téléphonie',
      protocol: 'Numéro de la prise.\nBâtiment.',
      members: [member('nadia', 'member')],
    }),
    group('sciences', 'Sciences', { kind: 'correspondents', members: [member('lucie', 'referent')] }),
    group('psn', 'PSN', { mail: null }),
  ]
}

/** The groups' side of the contract. */
export function groupRoutes(
  app: FastifyInstance,
  groups: FakeGroups,
  me: () => Session,
  refuse: (reply: FastifyReply, code: ErrorCode) => FastifyReply,
): void {
  const shown = (one: Group): Group => {
    const { id, role } = me()
    const keeps = one.members.some((m) => m.id === id && m.part === 'referent')
    return { ...one, mayEdit: role === 'administrator' || role === 'supervisor' || keeps }
  }
  app.get('/api/groups', () => groups.all.map(shown))
  app.get('/api/accounts', () => accounts.map((account) => ({ ...account, reached: account.id !== 'karim' })))
  app.post('/api/groups', (request, reply) => {
    const { members, ...asked } = groupCreation.parse(request.body)
    const made = group(`g${groups.all.length}`, asked.name, { ...asked, members: members.map((m) => member(m.id, m.part)) })
    groups.all.push(made)
    return reply.code(201).send(shown(made))
  })
  app.put<{ Params: { id: string } }>('/api/groups/:id', (request, reply) => {
    const before = groups.all.find((one) => one.id === request.params.id)
    const { members, retired, version, ...asked } = groupChange.parse(request.body)
    if (before === undefined || before.version !== version) return refuse(reply, 'conflict')
    const changed = { ...before, ...asked, version: version + 1, members: members.map((m) => member(m.id, m.part)) }
    groups.all = groups.all.map((one) => (one === before ? { ...changed, retiredAt: retired ? new Date().toISOString() : null } : one))
    return shown(changed)
  })
  app.get('/api/groups/:id/history', () => [])
  app.post('/api/lists/:id', (_request, reply) => reply.code(204).send())
  app.get('/api/lists', () => ({
    lists: [
      {
        id: 'dsrt',
        name: 'dSRT',
        referents: ['Lucie Ferrand'],
        members: 1,
        missing: 1,
        open: 4,
        late: 1,
        came: 12,
        misrouted: 2,
        said: { answer: 'wrong', at: new Date().toISOString(), by: 'Lucie Ferrand', note: 'Nadia part en mars.', over: false },
        askedAt: null,
        fromDirectory: false,
      },
    ],
    lost: [
      {
        number: 10_388,
        title: 'Prise du bâtiment 9',
        status: 'new',
        at: new Date().toISOString(),
        by: 'Nadia Roussel',
        reason: 'Pas notre bâtiment.',
        to: null,
        now: null,
        lost: true,
        groupId: 'dsrt',
        group: 'dSRT',
      },
    ],
  }))
  app.get('/api/groups/:id/routing', () => ({
    came: 3,
    went: [{ group: null, count: 1 }],
    misrouted: [
      {
        number: 10_388,
        title: 'Prise du bâtiment 9',
        status: 'new',
        at: new Date().toISOString(),
        by: 'Nadia Roussel',
        reason: 'Pas notre bâtiment.',
        to: null,
        now: null,
        lost: true,
      },
    ],
  }))
  app.post('/api/absences', (request, reply) => {
    const { accountId, standInId, ...days } = absenceCreation.parse(request.body)
    const standIn = accounts.find((account) => account.id === standInId)
    const absence = {
      id: 'a1',
      accountId,
      ...days,
      by: me().name,
      standIn: standIn === undefined ? null : { id: standIn.id, name: standIn.name },
    }
    groups.all = groups.all.map((one) => ({
      ...one,
      members: one.members.map((m) => (m.id === accountId ? { ...m, absences: [...m.absences, absence] } : m)),
    }))
    return reply.code(201).send()
  })
}
