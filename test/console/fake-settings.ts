import type { FastifyInstance, FastifyReply } from 'fastify'
import { normaliseNumber, showNumber } from '../../server/calls/number.ts'
import type { ErrorCode } from '../../server/contract/errors.ts'
import {
  dialTrial,
  hoursSettings,
  settingsChange,
  type SettingsDomain,
  settingsSchemas,
  type SettingsView,
} from '../../server/contract/settings.ts'
import { defaultSettings } from '../../server/settings/defaults.ts'
import { valuesOf } from '../../server/settings/file.ts'
import { previewHours } from '../../server/settings/preview.ts'

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
    retention: { ...untouched, value: retention },
  }
}

type World = { settings: SettingsView; readonly me: { readonly name: string } }

export function settingsRoutes(app: FastifyInstance, world: World, refuse: (reply: FastifyReply, code: ErrorCode) => FastifyReply): void {
  app.get('/api/settings', () => world.settings)
  app.get('/api/settings/:domain/history', () => [])
  app.post('/api/settings/hours/preview', ({ body }) =>
    previewHours({ ...valuesOf(world.settings), hours: hoursSettings.parse(body) }, 'Europe/Paris', Date.now()),
  )
  app.post('/api/redirection/trial', () => ({ rule: null, group: null }))
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
