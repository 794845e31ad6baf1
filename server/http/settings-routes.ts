import { z } from 'zod'
import { dayTeller } from '../calendar/days.ts'
import { normaliseNumber, showNumber } from '../calls/number.ts'
import { allowingPrefix } from '../calls/outgoing-rules.ts'
import { previewHours } from '../settings/preview.ts'
import {
  dialTrial,
  dialVerdict,
  hoursPreview,
  settingsChange,
  settingsDomain,
  settingsHistory,
  settingsView,
} from '../contract/settings.ts'
import { configuration, configurationHistory, configurationImport, configurationPreview } from '../contract/configuration.ts'
import { ServiceError } from '../errors.ts'
import { administratorsOnly } from '../contract/rights.ts'
import { signedIn } from './access.ts'
import { answering } from './answers.ts'
import type { App } from './app-type.ts'
import type { HttpParts } from './ports.ts'

const oneDomain = z.object({ domain: settingsDomain })

/** What the site decides for itself. */
export function settingsRoutes(
  app: App,
  { settings, config, stores, now }: Pick<HttpParts, 'settings' | 'config' | 'stores' | 'now'>,
): void {
  const dayOf = dayTeller(config.timeZone)
  app.get('/api/settings', { schema: { summary: 'The settings in force', response: answering(settingsView) } }, () => settings.view)

  app.get(
    '/api/settings/export',
    { schema: { summary: 'All settings as one file', response: answering(configuration) } },
    (request, reply) => {
      const at = now()
      const name = `guichet-reglages-${dayOf(at)}.json`
      void reply.header('content-disposition', `attachment; filename="${name}"`)
      return settings.exported(signedIn(request), at)
    },
  )
  app.post(
    '/api/settings/import/preview',
    { schema: { summary: 'What a file of settings would change', body: configuration, response: answering(configurationPreview) } },
    ({ body }) => settings.previewed(body),
  )
  app.post(
    '/api/settings/import',
    { schema: { summary: 'Take a file of settings, all or nothing', body: configurationImport, response: answering(settingsView) } },
    (request) => settings.import(request.body.file, request.body.versions, signedIn(request)),
  )
  app.get(
    '/api/settings/history',
    { schema: { summary: 'Every change to any setting', response: answering(configurationHistory) } },
    async (request) => {
      const changes = await settings.changes()
      const { role } = signedIn(request)
      return role === 'administrator' ? changes : changes.filter(({ domain }) => !administratorsOnly.includes(domain))
    },
  )

  app.put(
    '/api/settings/:domain',
    { schema: { summary: 'Change a domain’s settings', params: oneDomain, body: settingsChange, response: answering(settingsView) } },
    async (request) => {
      const { id, name, role } = signedIn(request)
      const { domain } = request.params
      if (administratorsOnly.includes(domain) && role !== 'administrator') throw new ServiceError('forbidden')
      const view = await settings.change(domain, request.body, { id, name })
      // What is delegated, or taken back, holds before the answer says so.
      if (domain === 'entities') await stores.partition.follow(view.entities.value)
      return view
    },
  )

  app.post(
    '/api/settings/hours/preview',
    { schema: { summary: 'What these hours would mean', body: z.record(z.string(), z.unknown()), response: answering(hoursPreview) } },
    (request) => previewHours(settings.tried('hours', request.body), config.timeZone, Date.now()),
  )

  app.post(
    '/api/settings/outgoing/trial',
    { schema: { summary: 'Whether a number could be dialled', body: dialTrial, response: answering(dialVerdict) } },
    ({ body }) => {
      const number = normaliseNumber(body.number)
      if (number === null) return { number, numberShown: null, allowed: false }
      return { number, numberShown: showNumber(number), allowed: allowingPrefix(body.allowedPrefixes, number) !== null }
    },
  )

  app.get(
    '/api/settings/:domain/history',
    { schema: { summary: 'Who changed them, and from what', params: oneDomain, response: answering(settingsHistory) } },
    ({ params }) => settings.history(params.domain),
  )
}
