import type { FastifyInstance, FastifyReply } from 'fastify'
import { directoryTrial, type DirectoryTrialled } from '../../server/contract/accounts.ts'
import type { DirectoryState } from '../../server/contract/directory.ts'
import type { ErrorCode } from '../../server/contract/errors.ts'
import type { SignInWay } from '../../server/contract/sign-in.ts'
import { keyCreation, type ApiKey } from '../../server/contract/keys.ts'
import { webhookChange, type Delivery, type Webhook } from '../../server/contract/webhooks.ts'
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
  webhooks: Webhook[] = []
  deliveries: Delivery[] = []
}

/** Their side of the contract. */
export function accessRoutes(
  app: FastifyInstance,
  access: FakeAccess,
  refuse: (reply: FastifyReply, code: ErrorCode) => FastifyReply,
): void {
  app.get('/api/webhooks', () => access.webhooks)
  app.post('/api/webhooks', ({ body }, reply) => {
    const view: Webhook = {
      ...webhookChange.parse(body),
      id: '00000000-0000-4000-8000-000000000002',
      createdAt: at,
      createdBy: 'Anne Delmas',
      waiting: 0,
      last: null,
    }
    access.webhooks.push(view)
    return reply.code(201).send({ secret: 'gws_once', view })
  })
  app.get('/api/webhooks/:id/deliveries', () => access.deliveries)
  const sent = (event: string, lastError: string | null): Delivery => ({
    id: crypto.randomUUID(),
    event,
    at,
    state: lastError === null ? 'sent' : 'pending',
    attempts: lastError === null ? 1 : 3,
    nextAttemptAt: lastError === null ? null : at,
    lastAt: at,
    lastStatus: lastError === null ? 204 : 503,
    lastError,
    tookMs: 12,
    body: { event },
  })
  app.post('/api/webhooks/:id/try', () => {
    access.deliveries = [sent('ping', null), sent('ticket.opened', 'réponse 503')]
    return access.deliveries[0]
  })
  app.post('/api/webhooks/:id/deliveries/:delivery/replay', () => {
    access.deliveries = [sent('ticket.opened', null), ...access.deliveries]
    return access.deliveries[0]
  })
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
