import type { FastifyInstance, FastifyReply } from 'fastify'
import { directoryTrial, type DirectoryTrialled } from '../../server/contract/accounts.ts'
import type { DirectoryState } from '../../server/contract/directory.ts'
import type { ErrorCode } from '../../server/contract/errors.ts'
import type { SignInWay } from '../../server/contract/sign-in.ts'
import { keyCreation, type ApiKey } from '../../server/contract/keys.ts'
import { directorySettings } from '../../server/contract/settings.ts'

const at = '2026-11-24T08:00:00.000Z'

/** What lets people and programs in, kept in memory. */
export class FakeAccess {
  directory: DirectoryState = {
    configured: true,
    servers: ['ldaps://annuaire1.univ.example', 'ldaps://annuaire2.univ.example'],
    people: 35_012,
    running: null,
    last: { at, complete: true, seconds: 8.4, read: 35_012, changed: 214, retired: 37, kept: 0, saved: true },
    failure: null,
    roles: { at, workers: 46, refusedLogins: [], problem: null },
    next: at,
  }
  readonly orders: unknown[] = []
  keys: ApiKey[] = []
  ways: SignInWay[] = []
}

/** Their side of the contract. */
export function accessRoutes(
  app: FastifyInstance,
  access: FakeAccess,
  refuse: (reply: FastifyReply, code: ErrorCode) => FastifyReply,
): void {
  app.get('/api/keys', () => access.keys)
  app.post('/api/keys', ({ body }, reply) => {
    const { expiresInDays: _days, ...asked } = keyCreation.parse(body)
    const made: ApiKey = {
      ...asked,
      id: '00000000-0000-4000-8000-000000000001',
      hint: 'gu_AbCd',
      createdAt: at,
      createdBy: 'Anne Delmas',
      expiresAt: '2127-11-24T08:00:00.000Z',
      lastUsedAt: null,
      lastAddress: null,
      revokedAt: null,
      revokedBy: null,
    }
    access.keys.push(made)
    return reply.code(201).send({ key: `gu_AbCd${'x'.repeat(39)}`, view: made })
  })
  app.delete('/api/keys/:id', (_request, reply) => {
    access.keys = access.keys.map((one) => ({ ...one, revokedAt: at, revokedBy: 'Anne Delmas' }))
    return reply.code(204).send()
  })
  app.get('/api/sign-in', () => ({ ways: access.ways, step: null }))
  app.get('/api/second-factor', () => ({
    totpSince: at,
    passkeys: [],
    recoveryLeft: 9,
    required: false,
    passkeysPossible: false,
    asksPassword: true,
  }))
  app.get('/api/directory', () => access.directory)
  app.post('/api/directory/synchronise', ({ body }) => {
    access.orders.push(body)
    access.directory = { ...access.directory, running: { since: new Date().toISOString(), read: 100 } }
    return access.directory
  })
  app.post('/api/directory/trial', ({ body }, reply) => {
    const { login, mapping } = directoryTrial.parse(body)
    if (login !== 'cdubois') return refuse(reply, 'not_found')
    const { roles } = directorySettings.parse(mapping)
    const found: DirectoryTrialled = {
      dn: 'uid=cdubois,ou=people,dc=univ,dc=example',
      attributes: {
        uid: ['cdubois'],
        displayName: ['Claire Dubois'],
        mail: ['claire.dubois@univ.example'],
        telephoneNumber: ['+33 5 61 55 12 34'],
        employeeType: ['staff'],
        departmentNumber: ['UFR Sciences'],
        objectClass: ['inetOrgPerson', 'supannPerson'],
      },
      person: {
        name: 'Claire Dubois',
        login: 'cdubois',
        email: 'claire.dubois@univ.example',
        phones: ['+33561551234'],
        affiliation: 'staff',
        unit: 'UFR Sciences',
        place: null,
        title: null,
      },
      rule: roles[0] ?? null,
      missingGroups: [],
    }
    return found
  })
}
