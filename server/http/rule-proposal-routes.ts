import { z } from 'zod'
import { proposalVerdict, replayed, replayOrder, ruleProposals, type Replayed, type RuleProposal } from '../contract/rule-proposals.ts'
import type { Session } from '../contract/http.ts'
import { ServiceError } from '../errors.ts'
import { proposalsOf, replay } from '../tickets/rule-proposals.ts'
import { signedIn } from './access.ts'
import { answering } from './answers.ts'
import type { App } from './app-type.ts'
import type { HttpParts } from './ports.ts'

const oneProposal = z.object({ id: z.string().min(1).max(300) })

/** Rules that tickets given back speak for, replayed on the last 90 days before anybody takes them. */
export function ruleProposalRoutes(app: App, { stores, settings }: Pick<HttpParts, 'stores' | 'settings'>): void {
  /** A référent's are those of the groups whose lists they keep. */
  async function offered({ id, role }: Session) {
    const { categories, redirection } = settings.values
    const [past, refused, groups] = await Promise.all([stores.ruleProposals.past(), stores.ruleProposals.refused(), stores.groups.list()])
    const kept =
      role === 'referent' ? new Set((await stores.groups.ofAccount(id)).flatMap((g) => (g.part === 'referent' ? [g.id] : []))) : null
    const nameOf = (groupId: string | null) => (groupId === null ? null : (groups.find((g) => g.id === groupId)?.name ?? groupId))
    const inUse = (groupId: string) => groups.some((g) => g.id === groupId && g.retiredAt === null)
    return proposalsOf(redirection.rules, categories.categories, past)
      .filter((one) => !refused.has(one.id) && inUse(one.to) && (kept === null || kept.has(one.from) || kept.has(one.to)))
      .map(({ rules, ...one }) => {
        const told = replay(redirection.rules, rules, categories.categories, past)
        const shown: RuleProposal = {
          ...one,
          tickets: one.tickets.slice(0, 20),
          from: { id: one.from, name: nameOf(one.from) ?? '' },
          to: { id: one.to, name: nameOf(one.to) ?? '' },
          replay: { ...told, examples: told.examples.map((e) => ({ ...e, from: nameOf(e.from), to: nameOf(e.to) })) },
        }
        return { shown, rules }
      })
  }

  /** The examples that somebody may open: the counts are of all. */
  async function inSight<Told extends Pick<Replayed, 'examples'>>(told: Told, who: Session): Promise<Told> {
    const seen = await stores.tickets.seenOf(
      told.examples.map(({ number }) => number),
      who,
    )
    return { ...told, examples: told.examples.filter(({ number }) => seen.has(number)) }
  }
  const shownTo = async (who: Session) =>
    Promise.all((await offered(who)).map(async ({ shown }) => ({ ...shown, replay: await inSight(shown.replay, who) })))

  app.get(
    '/api/redirection/proposals',
    { schema: { summary: 'Rules that tickets given back speak for', response: answering(ruleProposals) } },
    (request) => shownTo(signedIn(request)),
  )

  app.post(
    '/api/redirection/proposals/:id',
    {
      schema: {
        summary: 'Take a proposed rule, or leave it',
        params: oneProposal,
        body: proposalVerdict,
        response: answering(ruleProposals),
      },
    },
    async (request) => {
      const me = signedIn(request)
      const found = (await offered(me)).find(({ shown }) => shown.id === request.params.id)
      if (found === undefined) throw new ServiceError('not_found')
      if (request.body.take) {
        const { version } = settings.view.redirection
        await settings.change('redirection', { version, value: { rules: [...found.rules] } }, { id: me.id, name: me.name })
      } else await stores.ruleProposals.refuse(found.shown.id, me)
      return shownTo(me)
    },
  )

  app.post(
    '/api/redirection/replay',
    { schema: { summary: 'What other rules would have made of the last 90 days', body: replayOrder, response: answering(replayed) } },
    async (request) => {
      const { body } = request
      const { categories, redirection } = settings.values
      const [past, groups] = await Promise.all([stores.ruleProposals.past(), stores.groups.list()])
      const nameOf = (groupId: string | null) => (groupId === null ? null : (groups.find((g) => g.id === groupId)?.name ?? groupId))
      const told = replay(redirection.rules, body.rules, categories.categories, past)
      return inSight({ ...told, examples: told.examples.map((e) => ({ ...e, from: nameOf(e.from), to: nameOf(e.to) })) }, signedIn(request))
    },
  )
}
