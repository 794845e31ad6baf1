import { redirectionTrial, redirectionVerdict } from '../contract/completion.ts'
import { ruleFor } from '../tickets/redirection.ts'
import { signedIn } from './access.ts'
import { answering } from './answers.ts'
import type { App } from './app-type.ts'
import type { HttpParts } from './ports.ts'

/** « Qui recevrait ceci ? » */
export function redirectionRoutes(app: App, { stores, settings }: Pick<HttpParts, 'stores' | 'settings'>): void {
  app.post(
    '/api/redirection/trial',
    { schema: { summary: 'Who would receive a ticket sorted like this', body: redirectionTrial, response: answering(redirectionVerdict) } },
    async (request) => {
      const { rules: tried, personId, ...asked } = request.body
      const { categories, redirection } = settings.values
      const rules = tried ?? redirection.rules
      const person =
        personId !== null && (await stores.partition.knows(signedIn(request), personId)) ? await stores.people.byId(personId) : null
      const sorted = { ...asked, affiliation: asked.affiliation ?? person?.affiliation ?? null }
      const rule = ruleFor(rules, categories.categories, sorted)
      const groupId = rule?.groupId ?? null
      const reach = groupId === null ? null : await stores.groups.reach(groupId)
      const group = reach && { id: reach.id, name: reach.name, mail: reach.mail, people: reach.accountIds.length }
      return { rule: rule === null ? null : rules.indexOf(rule), desk: rule?.groupId === null, group }
    },
  )
}
