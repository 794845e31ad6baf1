import { z } from 'zod'
import { callStory } from '../contract/call-story.ts'
import { ServiceError } from '../errors.ts'
import { storyOf } from '../indicators/call-story.ts'
import { answering } from './answers.ts'
import type { App } from './app-type.ts'
import type { HttpParts } from './ports.ts'

/** What happened to a call, from its facts. */
export function callStoryRoutes(app: App, { stores }: Pick<HttpParts, 'stores'>): void {
  app.get(
    '/api/calls/:id/story',
    {
      schema: {
        summary: 'What happened to a call, second by second',
        params: z.object({ id: z.string().min(1).max(100) }),
        response: answering(callStory),
      },
    },
    async ({ params: { id } }) => {
      const { facts, names, tickets } = await stores.facts.ofCall(id)
      const story = storyOf(facts, (accountId) => names.get(accountId) ?? accountId)
      if (story === null) throw new ServiceError('not_found')
      return { ...story, tickets: [...tickets] }
    },
  )
}
