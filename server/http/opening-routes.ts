import { openingChange, openingView } from '../contract/http.ts'
import { ServiceError } from '../errors.ts'
import { signedIn } from './access.ts'
import { answering } from './answers.ts'
import type { App } from './app-type.ts'
import type { HttpParts } from './ports.ts'

/** « Fermer maintenant », « ouvrir maintenant », back to the hours: one gesture, signed, with an end or without. */
export function openingRoutes(app: App, { desk }: Pick<HttpParts, 'desk'>): void {
  app.put(
    '/api/desk/opening',
    { schema: { summary: 'Open or close the desk now', body: openingChange, response: answering(openingView) } },
    (request) => {
      const { open, until } = request.body
      const untilMs = until === null ? null : Date.parse(until)
      if (untilMs !== null && untilMs <= Date.now()) throw new ServiceError('invalid_body', 'until est passé')
      const view = desk.orderOpening(open, signedIn(request).name, open === null ? null : untilMs)
      return { open: view.open, hours: view.hours, opening: view.opening }
    },
  )
}
