import type { GlpiImport, GlpiState, GlpiTrialled } from '../../server/contract/glpi.ts'
import type { SharedCalendarState } from '../../server/contract/shared-calendar.ts'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { normaliseNumber, showNumber } from '../../server/calls/number.ts'
import type { ErrorCode } from '../../server/contract/errors.ts'
import { mailPreviewOrder, mailTrialOrder } from '../../server/contract/mail-templates.ts'
import { configuration, type ConfigurationHistory, type ConfigurationPreview } from '../../server/contract/configuration.ts'
import {
  dialTrial,
  hoursSettings,
  settingsChange,
  type SettingsDomain,
  settingsSchemas,
  type SettingsView,
} from '../../server/contract/settings.ts'
import { below, branchWrite } from '../../server/contract/partition.ts'
import { defaultSettings } from '../../server/settings/defaults.ts'
import { valuesOf } from '../../server/settings/file.ts'
import { derive } from '../../server/settings/derived.ts'
import { previewHours } from '../../server/settings/preview.ts'
import { previewMail, sampleTicket } from '../../server/tickets/mail-preview.ts'
import { templateProblem } from '../../server/tickets/mail-text.ts'

const untouched = { version: 0, by: null, at: null }

/** The settings of a desk where nobody has changed anything. */
export function sampleSettings(): SettingsView {
  const {
    hours,
    desk,
    outgoing,
    followUp,
    tickets,
    lines,
    directory,
    signIn,
    categories,
    redirection,
    mails,
    clocks,
    phrases,
    script,
    portal,
    entities,
    knowledge,
    sharedCalendar,
    glpi,
    ocs,
    retention,
  } = defaultSettings({
    limitMinutes: 15,
    demo: true,
  })
  return {
    hours: { ...untouched, value: hours },
    desk: { ...untouched, value: desk },
    outgoing: { ...untouched, value: outgoing },
    followUp: { ...untouched, value: followUp },
    tickets: { ...untouched, value: tickets },
    lines: { ...untouched, value: lines },
    directory: { ...untouched, value: directory },
    signIn: { ...untouched, value: signIn },
    categories: { ...untouched, value: categories },
    redirection: { ...untouched, value: redirection },
    mails: { ...untouched, value: mails },
    clocks: { ...untouched, value: clocks },
    phrases: { ...untouched, value: phrases },
    script: { ...untouched, value: script },
    portal: { ...untouched, value: portal },
    entities: { ...untouched, value: entities },
    knowledge: { ...untouched, value: knowledge },
    sharedCalendar: { ...untouched, value: sharedCalendar },
    glpi: { ...untouched, value: glpi },
    ocs: { ...untouched, value: ocs },
    retention: { ...untouched, value: retention },
  }
}

type World = {
  settings: SettingsView
  /** What was changed, and what a file brought would change. */
  readonly settingsChanges: ConfigurationHistory
  readonly importPreview: ConfigurationPreview
  readonly me: { readonly name: string }
}

/** A GLPI that refused a line, and was counted once. */
const glpiState: GlpiState = {
  state: 'well',
  kept: { appToken: true, userToken: true, webhookSecret: false },
  version: '11.0.2',
  doneAt: '2026-11-24T09:00:00Z',
  failure: null,
  nextAt: '2026-11-24T09:02:00Z',
  running: false,
  linked: 1_204,
  pending: 2,
  oldest: '2026-11-24T08:58:00Z',
  refused: [
    {
      id: 7,
      ticket: 10_421,
      kind: 'contribution',
      at: '2026-11-24T08:00:00Z',
      says: 'le profil de ce compte GLPI n’a pas ce droit',
      dropped: false,
    },
  ],
  webhookUrl: 'https://guichet.univ.example/api/glpi/webhook',
}
const glpiImports: GlpiImport[] = [
  {
    at: '2026-11-24T08:00:00Z',
    by: 'Anne Delmas',
    dry: true,
    endedAt: '2026-11-24T08:01:00Z',
    parts: [{ part: 'tickets', found: 412, known: 3, made: 208, left: 201, notes: ['412 : Écran noir'] }],
    failure: null,
  },
]
const glpiFound: GlpiTrialled = {
  ok: true,
  steps: [{ ok: true, says: 'Session ouverte.' }],
  version: '11.0.2',
  groups: [{ id: 12, name: 'DSI > PSN' }],
  categories: [{ id: 3, name: 'Réseau' }],
  entities: [{ id: 0, name: 'Université' }],
}

/** A calendar that was written an hour ago and cannot be reached now. */
const calendarState: SharedCalendarState = {
  state: 'failing',
  passwordKept: true,
  doneAt: '2026-11-24T08:00:00Z',
  failure: { at: '2026-11-24T09:00:00Z', says: 'Le serveur ne répond pas' },
  nextAt: '2026-11-24T09:10:00Z',
  running: false,
  shifts: 24,
  pending: 2,
  absences: 3,
  notices: 1,
  unmatched: [{ title: 'Congés de quelqu’un', day: '2026-12-01' }],
  unread: 1,
  log: [{ at: '2026-11-24T08:00:00Z', kind: 'shift-restored', subject: 'Alice Martin', detail: '24 novembre, 08:30 à 12:30' }],
}

export function settingsRoutes(app: FastifyInstance, world: World, refuse: (reply: FastifyReply, code: ErrorCode) => FastifyReply): void {
  app.get('/api/settings', () => world.settings)
  app.get('/api/settings/history', () => world.settingsChanges)
  app.get<{ Params: { domain: SettingsDomain } }>('/api/settings/:domain/history', ({ params }) =>
    world.settingsChanges
      .filter(({ domain }) => domain === params.domain)
      .map(({ version, by, at, changed }) => ({
        version,
        by,
        at,
        value: {
          ...world.settings[params.domain].value,
          ...Object.fromEntries(changed.map(({ field, after }) => [field, after])),
        },
      })),
  )
  app.post('/api/settings/import/preview', ({ body }, reply) =>
    configuration.safeParse(body).success ? world.importPreview : refuse(reply, 'invalid_body'),
  )
  app.post('/api/settings/import', () => world.settings)
  app.post('/api/settings/hours/preview', ({ body }) =>
    previewHours({ ...valuesOf(world.settings), hours: hoursSettings.parse(body) }, 'Europe/Paris', Date.now()),
  )
  app.get('/api/shared-calendar', () => calendarState)
  app.get('/api/glpi', () => glpiState)
  app.get('/api/glpi/imports', () => glpiImports)
  app.post('/api/glpi/trial', () => glpiFound)
  app.get('/api/ocs', () => ({
    servers: [{ id: 'sciences', passwordKept: true, state: 'failing', at: '2026-11-24T09:00:00Z', says: 'OCS ne répond pas' }],
  }))
  app.get('/api/settings/mails/trial', () => ({ to: null }))
  app.post('/api/settings/mails/trial', ({ body }) => ({ to: mailTrialOrder.parse(body).to }))
  app.post('/api/settings/mails/preview', ({ body }, reply) => {
    const { name, template, languages, mark } = mailPreviewOrder.parse(body)
    const problem = templateProblem(name, template)
    if (problem !== null) return refuse(reply, problem.kind === 'unknown' ? 'mail_word_unknown' : 'mail_word_missing')
    return previewMail(name, template, { languages, mark }, sampleTicket, {
      now: new Date().toISOString(),
      publicUrl: 'https://g.example',
      policy: derive(valuesOf(world.settings), 'Europe/Paris').tickets,
      answerUrl: () => 'https://g.example/avis',
    })
  })
  const partition = {
    people: { root: 12, sciences: 7, physique: 3 },
    values: [{ attribute: 'unit' as const, value: 'Labo de physique', people: 3 }],
  }
  app.get('/api/entities', () => partition)
  app.get('/api/entities/:id', () => ({ ...partition, groups: ['sciences'] }))
  app.put<{ Params: { id: string } }>('/api/entities/:id', ({ params: { id }, body }, reply) => {
    const { version, entities, rules } = branchWrite.parse(body)
    const { entities: before } = world.settings
    if (version !== before.version) return refuse(reply, 'conflict')
    const under = below(before.value.entities, id)
    const value = settingsSchemas.entities.parse({
      entities: [...before.value.entities.filter((one) => one.id === id || !under.has(one.id)), ...entities],
      rules: [...before.value.rules.filter((rule) => rule.within !== id), ...rules],
    })
    world.settings = { ...world.settings, entities: { version: version + 1, by: world.me.name, at: new Date().toISOString(), value } }
    return world.settings
  })
  app.post('/api/redirection/trial', () => ({ rule: null, desk: false, group: null }))
  app.post('/api/settings/outgoing/trial', ({ body }) => {
    const { number: typed, allowedPrefixes } = dialTrial.parse(body)
    const number = normaliseNumber(typed)
    return { number, numberShown: number === null ? null : showNumber(number), allowed: allowedPrefixes.some((p) => number?.startsWith(p)) }
  })
  app.get('/api/desk/opening/history', () => [{ at: new Date().toISOString(), open: false, by: 'Bruno Petit', until: null }])
  app.put<{ Params: { domain: SettingsDomain } }>('/api/settings/:domain', ({ params: { domain }, body }, reply) => {
    const { version, value } = settingsChange.parse(body)
    if (version !== world.settings[domain].version) return refuse(reply, 'conflict')
    const saved = {
      version: version + 1,
      by: world.me.name,
      at: new Date().toISOString(),
      value: settingsSchemas[domain].parse({ ...world.settings[domain].value, ...value }),
    }
    world.settings = { ...world.settings, [domain]: saved }
    return world.settings
  })
}

/** A part of the university, delegated to the list that Lucie keeps. */
export const withEntities = (settings: SettingsView): SettingsView => ({
  ...settings,
  entities: {
    ...settings.entities,
    value: settingsSchemas.entities.parse({
      entities: [
        { id: 'sciences', name: 'Faculté des sciences', parentId: null, groups: ['sciences'] },
        { id: 'physique', name: 'Physique', parentId: 'sciences', groups: [] },
        { id: 'sante', name: 'Santé', parentId: null, groups: ['dsrt'] },
      ],
      rules: [{ attribute: 'affiliation', how: 'is', value: 'student', entityId: 'sciences' }],
    }),
  },
})
