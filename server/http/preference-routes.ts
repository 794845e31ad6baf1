import { preferences, preferencesChange } from '../contract/preferences.ts'
import { signedIn } from './access.ts'
import { answering } from './answers.ts'
import type { App } from './app-type.ts'
import type { HttpParts } from './ports.ts'

/** What somebody has set for themselves alone. */
export function preferenceRoutes(app: App, { stores }: Pick<HttpParts, 'stores'>): void {
  app.get('/api/preferences', { schema: { summary: 'My keys, and what I was shown', response: answering(preferences) } }, (request) =>
    stores.preferences.of(signedIn(request).id),
  )
  app.put(
    '/api/preferences',
    { schema: { summary: 'Change my keys', body: preferencesChange, response: answering(preferences) } },
    (request) => stores.preferences.change(signedIn(request).id, request.body),
  )
}
