import { directoryTrial, directoryTrialled } from '../contract/accounts.ts'
import { directoryState, synchronisationOrder } from '../contract/directory.ts'
import { directorySettings } from '../contract/settings.ts'
import { ServiceError } from '../errors.ts'
import { answering } from './answers.ts'
import type { App } from './app-type.ts'
import type { HttpParts } from './ports.ts'

/** The directory, as those who administer see and try it. */
export function directoryRoutes(app: App, { directory, settings }: Pick<HttpParts, 'directory' | 'settings'>): void {
  app.get('/api/directory', { schema: { summary: 'How the copy of the directory stands', response: answering(directoryState) } }, () =>
    directory.report(),
  )

  app.post(
    '/api/directory/synchronise',
    {
      schema: {
        summary: 'Read the whole directory now',
        body: synchronisationOrder.nullish(),
        response: answering(directoryState),
      },
    },
    (request) => {
      if (!directory.report().configured) throw new ServiceError('conflict')
      void directory.synchronise(request.body?.believeLoss ?? false)
      return directory.report()
    },
  )

  app.post(
    '/api/directory/trial',
    {
      schema: {
        summary: 'What the directory gives of one person, and what it is read as',
        body: directoryTrial,
        response: answering(directoryTrialled),
      },
    },
    async (request) => {
      const mapping = directorySettings.safeParse({ ...settings.values.directory, ...request.body.mapping })
      if (!mapping.success) throw new ServiceError('invalid_body', mapping.error.issues[0]?.path.join('.') ?? 'mapping')
      const found = await directory.trial(request.body.login, mapping.data).catch(() => {
        throw new ServiceError('directory_away')
      })
      if (found === null) throw new ServiceError('not_found')
      return {
        ...found,
        attributes: Object.fromEntries(Object.entries(found.attributes).map(([name, list]) => [name, [...list]])),
        missingGroups: [...found.missingGroups],
      }
    },
  )
}
