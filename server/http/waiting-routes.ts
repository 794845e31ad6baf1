import { surveyQuery, surveyResult } from '../contract/survey.ts'
import { accuracyQuery, waitAccuracy } from '../contract/waiting.ts'
import { answering } from './answers.ts'
import type { App } from './app-type.ts'
import type { HttpParts } from './ports.ts'

/** How far the waits announced to callers were true, and what callers said of their calls. */
export function waitingRoutes(app: App, { stores }: Pick<HttpParts, 'stores'>): void {
  app.get(
    '/api/waiting/accuracy',
    { schema: { summary: 'Waits announced against what happened', querystring: accuracyQuery, response: answering(waitAccuracy) } },
    ({ query }) => stores.promises.accuracy(query.days),
  )

  app.get(
    '/api/survey',
    { schema: { summary: 'What callers answered after their calls', querystring: surveyQuery, response: answering(surveyResult) } },
    ({ query }) => stores.survey.result(query.days),
  )
}
