import Fastify from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Role } from '../../server/contract/entities.ts'
import { createApiKeys } from '../../server/http/api-keys.ts'
import { guardRoutes } from '../../server/http/access.ts'
import { rights, verdict } from '../../server/contract/rights.ts'
import { ServiceError } from '../../server/errors.ts'
import type { DemoPort } from '../../server/http/ports.ts'
import { createSessions } from '../../server/http/sessions.ts'
import { buildTestHttp, type TestHttp } from '../support/service.ts'

/* One file however long: every right is written here a second time, in one list that is read beside the table, and each role tries each. */

const whoIs = {
  operator: 'alice',
  supervisor: 'sophie',
  administrator: 'admin',
  level2: 'nadia',
  referent: 'lucie',
  user: 'claire.dubois',
} as const satisfies Record<Role, string>
const roles: readonly (Role | null)[] = [null, 'operator', 'supervisor', 'administrator', 'level2', 'referent', 'user']

/** What each role may call, written out apart from the table: changing rights means changing both. */
const expected: Readonly<Record<string, string>> = {
  'PUT /api/operators/me': 'operator supervisor',
  'POST /api/operators/me/wrap-up': 'operator supervisor',
  'GET /api/operators/me/phone': 'operator supervisor',
  'GET /api/operators/me/phone/choice': 'operator supervisor',
  'PUT /api/operators/me/phone/choice': 'operator supervisor',
  'GET /api/operators/me/phone/browser': 'operator supervisor',
  'PUT /api/calls/:id/sound': 'operator supervisor',
  'POST /api/calls/:id/rejoin': 'operator supervisor',
  'PUT /api/operators/:id': 'supervisor administrator',
  'GET /api/waiting/accuracy': 'supervisor administrator',
  'GET /api/survey': 'supervisor administrator',
  'GET /api/disruptions': 'operator supervisor administrator level2 referent',
  'POST /api/disruptions': 'operator supervisor administrator level2',
  'PUT /api/disruptions/:id': 'operator supervisor administrator level2',
  'POST /api/disruptions/:id/end': 'operator supervisor administrator level2',
  'POST /api/disruptions/:id/go-on': 'operator supervisor administrator level2',
  'GET /api/disruptions/:id/versions': 'operator supervisor administrator level2 referent',
  'POST /api/disruptions/:id/children': 'operator supervisor',
  'GET /api/disruptions/suggested': 'operator supervisor administrator level2',
  'GET /api/articles': 'operator supervisor administrator level2 referent',
  'GET /api/articles/suggested': 'operator supervisor administrator level2 referent',
  'GET /api/articles/:number': 'operator supervisor administrator level2 referent',
  'GET /api/articles/:number/versions': 'operator supervisor administrator level2',
  'GET /api/articles/pictures/:id': 'operator supervisor administrator level2 referent',
  'POST /api/articles/pictures': 'operator supervisor administrator level2',
  'POST /api/articles': 'operator supervisor administrator level2',
  'PUT /api/articles/:number': 'operator supervisor administrator level2',
  'POST /api/articles/:number/review': 'operator supervisor administrator level2',
  'POST /api/articles/:number/restore': 'operator supervisor administrator level2',
  'GET /api/tickets/:number/articles': 'operator supervisor administrator level2 referent',
  'POST /api/tickets/:number/articles': 'operator supervisor administrator level2',
  'GET /api/tickets/alike': 'operator supervisor administrator level2 referent',
  'GET /api/tickets/closed': 'operator supervisor administrator level2 referent',
  'GET /api/exchanges': 'supervisor administrator',
  'POST /api/exchanges': 'supervisor administrator',
  'DELETE /api/exchanges/:id': 'supervisor administrator',
  'GET /api/exchanges/calls': 'operator supervisor',
  'POST /api/exchanges/calls/:id/ticket': 'operator supervisor',
  'GET /api/monitors': 'supervisor administrator',
  'POST /api/monitors': 'supervisor administrator',
  'DELETE /api/monitors/:id': 'supervisor administrator',
  'POST /api/tickets/:number/links': 'operator supervisor level2',
  'PUT /api/tickets/:number/links/:kind/:other': 'operator supervisor level2',
  'DELETE /api/tickets/:number/links/:kind/:other': 'operator supervisor level2',
  'GET /api/staffing': 'supervisor administrator',
  'GET /api/staffing/file': 'supervisor administrator',
  'GET /api/rota': 'operator supervisor administrator',
  'POST /api/rota/shifts': 'supervisor administrator',
  'POST /api/rota/weeks': 'supervisor administrator',
  'PUT /api/rota/cover': 'supervisor administrator',
  'GET /api/rota/proposals': 'supervisor administrator',
  'GET /api/rota/shifts/:id/history': 'operator supervisor administrator',
  'GET /api/rota/feeds': 'operator supervisor administrator',
  'POST /api/rota/feeds': 'operator supervisor administrator',
  'DELETE /api/rota/feeds/:id': 'operator supervisor administrator',
  'PUT /api/rota/shifts/:id': 'operator supervisor administrator',
  'DELETE /api/rota/shifts/:id': 'supervisor administrator',
  'GET /api/shared-calendar': 'supervisor administrator',
  'PUT /api/shared-calendar/password': 'administrator',
  'POST /api/shared-calendar/trial': 'administrator',
  'POST /api/shared-calendar/synchronise': 'supervisor administrator',
  'GET /api/glpi': 'supervisor administrator',
  'PUT /api/glpi/secrets': 'administrator',
  'POST /api/glpi/trial': 'administrator',
  'POST /api/glpi/preview': 'administrator',
  'POST /api/glpi/synchronise': 'supervisor administrator',
  'POST /api/glpi/retry': 'supervisor administrator',
  'GET /api/glpi/imports': 'administrator',
  'POST /api/glpi/imports': 'administrator',
  'GET /api/tickets/:number/glpi': 'operator supervisor administrator level2 referent',
  'GET /api/people/:id/glpi': 'operator supervisor administrator',
  'GET /api/ocs': 'supervisor administrator',
  'PUT /api/ocs/password': 'administrator',
  'POST /api/ocs/trial': 'administrator',
  'GET /api/people/:id/machines': 'operator supervisor administrator level2 referent',
  'GET /api/tickets/:number/machines': 'operator supervisor administrator level2 referent',
  'PUT /api/tickets/:number/machines': 'operator supervisor level2',
  'POST /api/tickets/:number/machines/remove': 'operator supervisor level2',
  'GET /api/tickets/:number/remote': 'operator supervisor administrator level2 referent',
  'POST /api/tickets/:number/remote': 'operator supervisor level2',
  'POST /api/tickets/:number/remote/:remote/end': 'operator supervisor level2',
  'GET /api/calls/:id/remote': 'operator supervisor',
  'POST /api/calls/:id/remote': 'operator supervisor',
  'POST /api/calls/:id/remote/:remote/end': 'operator supervisor',
  'GET /api/calls/:id/machines': 'operator supervisor',
  'PUT /api/calls/:id/machines': 'operator supervisor',
  'POST /api/calls/:id/machines/remove': 'operator supervisor',
  'GET /api/calls/:id/story': 'supervisor',
  'GET /api/indicators/calls': 'supervisor administrator level2 referent',
  'GET /api/indicators/calls/list': 'supervisor administrator level2 referent',
  'GET /api/indicators/calls/list/file': 'supervisor administrator level2 referent',
  'GET /api/indicators/tickets': 'supervisor administrator level2 referent',
  'GET /api/indicators/entities': 'supervisor administrator level2 referent',
  'GET /api/indicators/file': 'supervisor administrator level2 referent',
  'GET /api/indicators/tickets/list': 'supervisor administrator level2 referent',
  'GET /api/indicators/tickets/list/file': 'supervisor administrator level2 referent',
  'GET /api/indicators/mails': 'supervisor administrator level2 referent',
  'POST /api/indicators/mails': 'supervisor administrator level2 referent',
  'PUT /api/indicators/mails/:id': 'supervisor administrator level2 referent',
  'DELETE /api/indicators/mails/:id': 'supervisor administrator level2 referent',
  'POST /api/calls': 'operator supervisor',
  'POST /api/calls/:id/answer': 'operator supervisor',
  'POST /api/calls/:id/decline': 'operator supervisor',
  'POST /api/calls/:id/hangup': 'operator supervisor',
  'POST /api/calls/:id/extend': 'operator supervisor',
  'POST /api/calls/:id/hold': 'operator supervisor',
  'POST /api/calls/:id/consult': 'operator supervisor',
  'DELETE /api/calls/:id/consult': 'operator supervisor',
  'POST /api/calls/:id/conference': 'operator supervisor',
  'POST /api/calls/:id/transfer': 'operator supervisor',
  'POST /api/calls/:id/mute': 'operator supervisor',
  'POST /api/calls/:id/recording': 'operator supervisor',
  'GET /api/recordings': 'operator supervisor',
  'GET /api/recordings/:id/sound': 'supervisor',
  'GET /api/recordings/:id/file': 'supervisor',
  'GET /api/recordings/:id/listenings': 'supervisor',
  'GET /api/recordings/:id/shape': 'supervisor',
  'POST /api/calls/:id/keys': 'operator supervisor',
  'POST /api/calls/:id/take': 'supervisor',
  'PUT /api/calls/:id/watch': 'supervisor',
  'DELETE /api/calls/:id/watch': 'supervisor',
  'POST /api/calls/:id/end': 'supervisor',
  'PUT /api/desk/opening': 'operator supervisor administrator',
  'GET /api/desk/opening/history': 'operator supervisor administrator',
  'POST /api/settings/hours/preview': 'supervisor administrator',
  'POST /api/settings/outgoing/trial': 'supervisor administrator',
  'GET /api/calls': 'operator supervisor administrator',
  'GET /api/calls/without-ticket': 'operator supervisor administrator',
  'GET /api/calls/:id/dispositions': 'operator supervisor administrator',
  'POST /api/calls/:id/dispositions': 'operator supervisor',
  'GET /api/talks': 'operator supervisor level2',
  'GET /api/tickets/:number/presence': 'operator supervisor level2',
  'GET /api/calls/:id/page': 'operator supervisor',
  'POST /api/calls/:id/page': 'operator supervisor',
  'DELETE /api/calls/:id/page': 'operator supervisor',
  'POST /api/calls/:id/page/lines': 'operator supervisor',
  'GET /api/calls/:id/page/files/:file': 'operator supervisor',
  'GET /api/drafts': 'operator supervisor administrator',
  'PUT /api/drafts/:key': 'operator supervisor administrator',
  'DELETE /api/drafts/:key': 'operator supervisor administrator',
  'POST /api/drafts/:key/attachments': 'operator supervisor administrator',
  'GET /api/drafts/:key/attachments/:id': 'operator supervisor administrator',
  'DELETE /api/drafts/:key/attachments/:id': 'operator supervisor administrator',
  'GET /api/next': 'operator supervisor',
  'POST /api/next': 'operator supervisor',
  'POST /api/tickets/:number/confirm': 'operator supervisor level2',
  'POST /api/tickets/:number/take-up': 'operator supervisor level2',
  'POST /api/tickets/:number/card': 'operator supervisor level2',
  'POST /api/bulk': 'operator supervisor level2',
  'GET /api/bulk/:id': 'operator supervisor level2',
  'POST /api/bulk/:id/undo': 'operator supervisor level2',
  'PUT /api/tickets/:number/fields': 'operator supervisor level2',
  'POST /api/tickets/:number/redirect': 'operator supervisor level2 referent',
  'POST /api/tickets/:number/give-back': 'operator supervisor level2',
  'POST /api/tickets/:number/missing': 'operator supervisor level2',
  'POST /api/tickets/:number/wait': 'operator supervisor level2',
  'POST /api/tickets/:number/visits': 'supervisor level2',
  'PUT /api/tickets/:number/visits/:id': 'operator supervisor level2',
  'POST /api/tickets/:number/visits/:id/cancel': 'operator supervisor level2',
  'POST /api/tickets/:number/resume': 'operator supervisor level2',
  'POST /api/tickets/:number/solution': 'operator supervisor level2',
  'POST /api/tickets/:number/solution/accept': 'operator supervisor level2',
  'POST /api/tickets/:number/solution/refuse': 'operator supervisor level2',
  'POST /api/tickets/:number/reopen': 'operator supervisor level2',
  'GET /api/readings': 'supervisor administrator',
  'GET /api/people/:id/export': 'supervisor administrator',
  'POST /api/people/:id/erasure': 'administrator',
  'GET /api/retention': 'supervisor administrator',
  'POST /api/people/:id/numbers': 'operator supervisor',
  'DELETE /api/people/:id/numbers/:phone': 'operator supervisor',
  'POST /api/people/:id/notes': 'operator supervisor level2',
  'POST /api/people/:id/checks': 'operator supervisor level2',
  'POST /api/checks/:id': 'operator supervisor level2',
  'GET /api/messages': 'operator supervisor administrator',
  'GET /api/messages/:id/sound': 'operator supervisor',
  'GET /api/messages/:id/file': 'supervisor',
  'GET /api/messages/:id/listenings': 'supervisor',
  'GET /api/messages/:id/shape': 'operator supervisor',
  'GET /api/messages/:id/transcript': 'operator supervisor',
  'POST /api/messages/:id/ticket': 'operator supervisor',
  'PUT /api/messages/:id': 'operator supervisor',
  'GET /api/owed': 'operator supervisor administrator',
  'POST /api/owed/:id/take': 'operator supervisor',
  'POST /api/owed/:id/release': 'operator supervisor',
  'POST /api/owed/:id/outcome': 'operator supervisor',
  'GET /api/mails': 'supervisor administrator',
  'GET /api/mails/sending': 'supervisor administrator',
  'POST /api/mails/retry': 'supervisor administrator',
  'POST /api/mails/:id/settle': 'supervisor administrator',
  'GET /api/mails/in': 'operator supervisor administrator',
  'GET /api/mails/in/:id': 'operator supervisor administrator',
  'GET /api/mails/in/:id/raw': 'operator supervisor administrator',
  'POST /api/mails/in/:id/seen': 'operator supervisor administrator',
  'POST /api/settings/mails/preview': 'supervisor administrator',
  'GET /api/settings/mails/trial': 'supervisor administrator',
  'POST /api/settings/mails/trial': 'supervisor administrator',
  'GET /api/redirection/proposals': 'supervisor administrator referent',
  'POST /api/redirection/proposals/:id': 'supervisor administrator referent',
  'POST /api/redirection/replay': 'supervisor administrator referent',
  'GET /api/settings/export': 'administrator',
  'POST /api/settings/import/preview': 'administrator',
  'POST /api/settings/import': 'administrator',
  'GET /api/settings/history': 'supervisor administrator',
  'PUT /api/settings/:domain': 'supervisor administrator',
  'GET /api/settings/:domain/history': 'supervisor administrator',
  'GET /api/groups': 'operator supervisor administrator level2 referent',
  'POST /api/groups': 'supervisor administrator',
  'PUT /api/groups/:id': 'supervisor administrator referent',
  'GET /api/entities': 'administrator',
  'GET /api/entities/:id': 'level2 referent',
  'PUT /api/entities/:id': 'level2 referent',
  'PUT /api/tickets/:number/entity': 'operator supervisor level2',
  'GET /api/groups/:id/history': 'supervisor administrator referent',
  'GET /api/groups/:id/routing': 'supervisor administrator referent',
  'GET /api/lists': 'supervisor administrator referent',
  'POST /api/lists/:id': 'supervisor administrator referent',
  'GET /api/accounts': 'supervisor administrator referent',
  'GET /api/accounts/all': 'administrator',
  'POST /api/accounts': 'administrator',
  'PUT /api/accounts/:id': 'administrator',
  'POST /api/accounts/:id/link': 'administrator',
  'DELETE /api/accounts/:id/second-factor': 'administrator',
  'GET /api/keys': 'administrator',
  'POST /api/keys': 'administrator',
  'DELETE /api/keys/:id': 'administrator',
  'GET /api/webhooks': 'administrator',
  'POST /api/webhooks': 'administrator',
  'PUT /api/webhooks/:id': 'administrator',
  'DELETE /api/webhooks/:id': 'administrator',
  'POST /api/webhooks/:id/try': 'administrator',
  'GET /api/webhooks/:id/deliveries': 'administrator',
  'POST /api/webhooks/:id/deliveries/:delivery/replay': 'administrator',
  'POST /api/directory/trial': 'administrator',
  'GET /api/directory': 'administrator',
  'POST /api/directory/synchronise': 'administrator',
  'POST /api/absences': 'operator supervisor administrator level2 referent',
  'DELETE /api/absences/:id': 'operator supervisor administrator level2 referent',
  'GET /api/walls': 'supervisor administrator',
  'POST /api/walls': 'supervisor administrator',
  'PUT /api/walls/:id': 'supervisor administrator',
  'DELETE /api/walls/:id': 'supervisor administrator',
  'GET /api/continuity': 'supervisor administrator',
  'PUT /api/continuity/password': 'administrator',
  'GET /api/continuity/sheet': 'supervisor administrator',
  'GET /api/announcements': 'supervisor administrator',
  'GET /api/announcements/sounds/:address': 'supervisor administrator',
  'GET /api/announcements/:name/:language/versions': 'supervisor administrator',
  'POST /api/announcements/:name/:language/speech': 'supervisor administrator',
  'PUT /api/announcements/:name/:language': 'supervisor administrator',
  'POST /api/announcements/recordings': 'supervisor administrator',
  'GET /api/announcements/phone': 'supervisor administrator',
  'POST /api/announcements/phone': 'supervisor administrator',
  'DELETE /api/announcements/phone': 'supervisor administrator',
}
const signedIn = [
  'GET /api/session',
  'DELETE /api/session',
  'GET /api/sessions',
  'DELETE /api/sessions/:id',
  'PUT /api/session/password',
  'GET /api/second-factor',
  'POST /api/second-factor/totp',
  'PUT /api/second-factor/totp',
  'DELETE /api/second-factor/totp',
  'POST /api/second-factor/recovery',
  'POST /api/second-factor/passkeys/options',
  'POST /api/second-factor/passkeys',
  'DELETE /api/second-factor/passkeys/:id',
]
const staff = [
  'GET /api/tickets',
  'GET /api/tickets/counts',
  'GET /api/tickets/late',
  'GET /api/tickets/export',
  'GET /api/tickets/:number',
  'GET /api/tickets/:number/links',
  'GET /api/tickets/:number/visits',
  'GET /api/tickets/:number/observers',
  'POST /api/tickets/:number/observers',
  'DELETE /api/tickets/:number/observers/:id',
  'GET /api/colleagues',
  'GET /api/tickets/:number/writing',
  'POST /api/tickets/:number/writing',
  'POST /api/tickets',
  'POST /api/tickets/:number/contributions',
  'POST /api/tickets/:number/close',
  'POST /api/tickets/:number/attachments',
  'GET /api/tickets/:number/attachments/:id',
  'DELETE /api/tickets/:number/attachments/:id',
  'GET /api/people',
  'GET /api/people/:id',
  'DELETE /api/people/:id/notes/:note',
  'GET /api/checks',
  'GET /api/preferences',
  'PUT /api/preferences',
  'GET /api/views',
  'POST /api/views',
  'PUT /api/views/:id',
  'DELETE /api/views/:id',
  'GET /api/settings',
  'POST /api/redirection/trial',
]
const mayCall = (route: string, role: Role | null): boolean => {
  if (signedIn.includes(route)) return role !== null
  if (staff.includes(route)) return role !== null && role !== 'user'
  return expected[route] === undefined || expected[route].split(' ').some((r) => r === role)
}

const demoDouble: DemoPort = {
  state: () => ({ closed: false, deskLine: 'sip:guichet@127.0.0.1:5060', lines: [], callers: [], recordings: [] }),
  setClosed: () => undefined,
  placeCall: async () => ({ callId: 'a-call' }),
  recording: () => null,
  training: {
    state: async () => ({ scripts: [], running: null, past: [] }),
    begin: async () => ({ scripts: [], running: null, past: [] }),
    end: () => Promise.reject(new ServiceError('conflict')),
    debrief: () => Promise.reject(new ServiceError('not_found')),
  },
}

describe('rights', () => {
  let service: TestHttp
  const routes: { method: string; url: string }[] = []

  beforeAll(async () => {
    service = await buildTestHttp()
    for (const key of Object.keys(rights).filter((k) => !k.includes('/api/demo'))) {
      const [method = '', url = ''] = key.split(' ')
      routes.push({ method, url })
    }
  })
  afterAll(() => service.close())

  it('every entry of the table is a route, and the other way round', () => {
    for (const { method, url } of routes) expect(service.app.hasRoute({ method, url }), `${method} ${url}`).toBe(true)
    const listed = service.app.printRoutes({ commonPrefix: false })
    expect(listed).not.toContain('/api/demo')
  })

  it.each(roles)('%s may call what the table grants, and nothing else', async (role) => {
    for (const { method, url } of routes) {
      // Signing out would end the walk.
      if (`${method} ${url}` === 'DELETE /api/session' && role !== null) continue
      const path = url.replace(':id', 'ended').replace(':number', '99999')
      const answer = await service.as(role && whoIs[role], { method, url: path })
      const refused = answer.statusCode === (role === null ? 401 : 403)
      expect(refused, `${role} ${method} ${url} → ${answer.statusCode}`).toBe(!mayCall(`${method} ${url}`, role))
      if (refused && url !== '/api/session') expect(answer.json().code).toBe(role === null ? 'not_signed_in' : 'forbidden')
    }
  })

  it('a route under /api without an entry cannot be added, nor one whose ids nobody judges', () => {
    const app = Fastify()
    guardRoutes(app, {
      stores: service.stores,
      config: { publicUrl: 'http://127.0.0.1', trustProxy: null, timeZone: 'Europe/Paris', demo: false, metricsToken: null },
      sessions: createSessions(service.stores.accounts, { publicUrl: 'http://127.0.0.1', demo: false }),
      apiKeys: createApiKeys(service.stores.keys, { demo: false, now: Date.now }),
    })
    expect(() => app.get('/api/forgotten', () => 'open to all')).toThrow('No entry in server/contract/rights.ts for GET /api/forgotten')
    const unjudged = { 'POST /api/forgotten/:id': 'signed-in', 'POST /api/forgotten/by-desk/:id': ['operator'] }
    Object.assign(rights, unjudged)
    try {
      expect(() => app.post('/api/forgotten/:id', () => 'any id')).toThrow('judges what POST /api/forgotten/:id names')
      expect(() => app.post('/api/forgotten/by-desk/:id', () => 'theirs')).not.toThrow()
    } finally {
      for (const route of Object.keys(unjudged)) Reflect.deleteProperty(rights, route)
    }
  })

  it('in the demonstration whoever is signed in sees the mails, and its own routes are there', async () => {
    expect(verdict(rights['GET /api/mails'], 'operator', true)).toBe('allowed')
    const demo = await buildTestHttp({ demo: demoDouble })
    try {
      expect((await demo.as('alice', { method: 'GET', url: '/api/mails' })).statusCode).toBe(200)
      expect((await demo.as(null, { method: 'GET', url: '/api/mails' })).statusCode).toBe(401)
      expect((await demo.as(null, { method: 'GET', url: '/api/demo' })).json()).toMatchObject({ closed: false })
      const call = await demo.as(null, { method: 'POST', url: '/api/demo/calls', payload: { personId: 'sample:claire.dubois' } })
      expect([call.statusCode, call.json()]).toEqual([201, { callId: 'a-call' }])
      expect((await demo.as(null, { method: 'GET', url: '/api/demo/recordings/none' })).statusCode).toBe(404)
    } finally {
      await demo.close()
    }
  })
})
