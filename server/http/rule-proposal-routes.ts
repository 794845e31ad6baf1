import { z } from 'zod'
import { isWithin } from '../contract/category-tree.ts'
import {
  type ChangedRule,
  proposalVerdict,
  replayed,
  replayOrder,
  ruleProposals,
  type Replayed,
  type RuleProposal,
} from '../contract/rule-proposals.ts'
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

  /**
   * The rules with a proposed one as somebody changed it. A référent narrows it (a nature below it, a place, a profile), or sends it to a group of
   * theirs: what is broader, or lands on others' lists, is for whoever keeps all rules.
   * @throws ServiceError `not_found`, `invalid_body` with the field, `forbidden`
   */
  async function changed(id: string, change: ChangedRule, who: Session) {
    const found = (await offered(who)).find(({ shown }) => shown.id === id)
    if (found === undefined) throw new ServiceError('not_found')
    const { rule, from, to } = found.shown
    const { categories } = settings.values.categories
    const groups = await stores.groups.list()
    if (!groups.some((g) => g.id === change.groupId && g.retiredAt === null)) throw new ServiceError('invalid_body', 'groupId')
    for (const field of ['categoryId', 'placeId'] as const)
      if (change[field] !== null && !categories.some((one) => one.id === change[field])) throw new ServiceError('invalid_body', field)
    if (who.role === 'referent') {
      const theirs = groups.some((g) => g.id === change.groupId && g.members.some((m) => m.id === who.id && m.part === 'referent'))
      const narrow = rule.categoryId === null || isWithin(categories, change.categoryId, rule.categoryId)
      if (!narrow || (!theirs && ![from.id, to.id].includes(change.groupId))) throw new ServiceError('forbidden')
    }
    return found.rules.map((one) => (one.id === rule.id ? { ...change, id: one.id } : one))
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
        const rules = request.body.rule === undefined ? found.rules : await changed(found.shown.id, request.body.rule, me)
        await settings.change('redirection', { version, value: { rules: [...rules] } }, { id: me.id, name: me.name })
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
      const rules = 'rules' in body ? body.rules : await changed(body.proposal, body.rule, signedIn(request))
      const told = replay(redirection.rules, rules, categories.categories, past)
      return inSight({ ...told, examples: told.examples.map((e) => ({ ...e, from: nameOf(e.from), to: nameOf(e.to) })) }, signedIn(request))
    },
  )
}
