import { z } from 'zod'
import { showNumber } from '../calls/number.ts'

const ticket = z.object({
  event: z.enum(['ticket.opened', 'ticket.changed', 'ticket.closed']),
  by: z.string().nullable().default(null),
  ticket: z.object({ number: z.number(), title: z.string() }),
})
const missed = z.object({
  event: z.literal('call.missed'),
  call: z.object({ number: z.string().nullable(), why: z.enum(['abandoned', 'closed', 'cut']) }),
})
const told = z.union([ticket, missed])

const began = { 'ticket.opened': 'Nouveau ticket', 'ticket.changed': 'Du nouveau sur le ticket', 'ticket.closed': 'Clos : ticket' } as const
const why = { abandoned: 'a raccroché avant d’être pris', closed: 'a trouvé le guichet fermé', cut: 'a été coupé' } as const

/** What somebody typed calls nobody in a chat room (`@here`), and makes no link there. */
const harmless = (typed: string) =>
  typed
    .replaceAll('@', '@\u200b')
    .replaceAll(/[[<]/g, '(')
    .replaceAll(/[\]>]/g, ')')
    .replaceAll(/[`\n\r]/g, ' ')

/**
 * One sentence, and where to look: chat rooms (Mattermost, Rocket.Chat, Matrix through its hookshot) show a delivery's `text`.
 * @param publicUrl without a slash at its end
 */
export function inWords(body: Readonly<Record<string, unknown>>, publicUrl: string): string {
  const { data } = told.safeParse(body)
  if (data === undefined) return `Essai du guichet unique : ${publicUrl}`
  if (data.event === 'call.missed')
    return `Appel à rappeler : ${showNumber(data.call.number)} ${why[data.call.why]}. ${publicUrl}/console/a-rappeler`
  const { number, title } = data.ticket
  const by = data.by === null ? '' : ` (${harmless(data.by)})`
  return `${began[data.event]} n° ${number} : ${harmless(title)}${by}. ${publicUrl}/console/tickets/${number}`
}
