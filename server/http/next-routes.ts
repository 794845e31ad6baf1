import { nextAnswer, nextAsked } from '../contract/next.ts'
import { signedIn } from './access.ts'
import { answering } from './answers.ts'
import type { App } from './app-type.ts'
import { nextFor, type NextParts } from './next-thing.ts'

/** « Suivant »: the next thing to do, by the one order. */
export function nextRoutes(app: App, parts: NextParts): void {
  app.get('/api/next', { schema: { summary: 'The next thing to do, left where it is', response: answering(nextAnswer) } }, (request) =>
    nextFor(parts, signedIn(request), { passed: new Set(), take: false, now: Date.now() }),
  )

  app.post('/api/next', { schema: { summary: 'Take the next thing to do', body: nextAsked, response: answering(nextAnswer) } }, (request) =>
    nextFor(parts, signedIn(request), { passed: new Set(request.body.passed), take: true, now: Date.now() }),
  )
}
