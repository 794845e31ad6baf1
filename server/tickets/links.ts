/**
 * How tickets are bound: a child of another, of the same cause, a duplicate of it, following it. A child is light: it waits for its parent,
 * whose end it hears of, and is in nobody's list. One level only: a parent is nobody's child.
 */
import type { Ticket } from '../contract/entities.ts'
import type { LinkKind } from '../contract/ticket-states.ts'
import { accepted, signed } from './journal.ts'
import { refused, type Accepted, type Refused, type TicketContext } from './model.ts'
import { moved } from './states.ts'

export type KnownLink = { readonly kind: LinkKind; readonly fromId: string; readonly toId: string }
/** Where a child stood, for the link to be undone. */
export type BeforeLink = Pick<Ticket, 'status' | 'owner' | 'groupId' | 'waiting' | 'solution'> &
  Partial<Pick<Ticket, 'proposal' | 'closedHow' | 'closedAt' | 'clock'>>

export type Linked = { readonly kind: 'linked'; readonly from: Accepted; readonly to: Accepted; readonly before: BeforeLink | null }
export type Unlinked = { readonly kind: 'unlinked'; readonly from: Accepted; readonly to: Accepted }

const no = (why: string): Refused => refused('conflict', why)
const n = ({ number }: Ticket) => `le ticket n° ${number}`

/** @param known every link of either of the two */
export function refusalOf(kind: LinkKind, from: Ticket, to: Ticket, known: readonly KnownLink[]): Refused | null {
  if (from.id === to.id) return refused('invalid_body', 'ticket')
  const pair = (link: KnownLink) => (link.fromId === from.id && link.toId === to.id) || (link.fromId === to.id && link.toId === from.id)
  if (known.some((link) => link.kind === kind && pair(link))) return no(`${n(from)} et ${n(to)} sont déjà liés ainsi`)
  if (kind === 'duplicate-of' && known.some((link) => link.kind === 'duplicate-of' && link.fromId === to.id))
    return no(`${n(to)} est lui-même un doublon : liez à l’original`)
  if (kind !== 'child-of') return null
  const child = (link: KnownLink, id: string) => link.kind === 'child-of' && link.fromId === id
  if (known.some((link) => child(link, from.id))) return no(`${n(from)} est déjà rattaché à un autre`)
  if (known.some((link) => child(link, to.id))) return no(`${n(to)} est lui-même rattaché à un autre`)
  if (known.some((link) => link.kind === 'child-of' && link.toId === from.id))
    return no(`d’autres tickets sont rattachés au ${n(from).slice(3)}`)
  if (to.status === 'closed') return no(`${n(to)} est clos`)
  return null
}

const line = (kind: 'linked' | 'unlinked', link: LinkKind, other: Ticket, outward: boolean, context: TicketContext) =>
  signed(context, kind, '', { detail: { link: { kind: link, ticket: other.number, outward } } })

export const linkedLine = (link: LinkKind, other: Ticket, outward: boolean, context: TicketContext) =>
  line('linked', link, other, outward, context)

/** A ticket waits for its parent from now on. */
const joinParent = (child: Ticket, parent: Ticket, context: TicketContext): Ticket | Refused =>
  moved(child, 'join-parent', context, {
    light: true,
    owner: child.owner ?? parent.owner,
    waiting: { since: context.now, what: { for: 'parent', ticket: parent.number } },
  })

export function link(kind: LinkKind, from: Ticket, to: Ticket, known: readonly KnownLink[], context: TicketContext): Linked | Refused {
  const refusal = refusalOf(kind, from, to, known)
  if (refusal !== null) return refusal
  const next = kind === 'child-of' ? joinParent(from, to, context) : from
  if ('kind' in next) return next
  const { status, owner, groupId, waiting, solution } = from
  return {
    kind: 'linked',
    from: accepted(next, context, [line('linked', kind, to, true, context)]),
    to: accepted(to, context, [line('linked', kind, from, false, context)]),
    before: kind === 'child-of' ? { status, owner, groupId, waiting, solution } : null,
  }
}

/**
 * @param before where a child stood before the link, or a ticket that was merged; null: it was born with it, or is linked alone
 * @param untouched whether nothing was done to it since
 */
export function unlink(
  kind: LinkKind,
  from: Ticket,
  to: Ticket,
  before: BeforeLink | null,
  context: TicketContext,
  untouched = true,
): Unlinked | Refused {
  const merged = kind === 'duplicate-of' && before !== null && from.status === 'closed' && untouched
  const next =
    kind === 'child-of'
      ? onItsOwn(from, before, context)
      : merged
        ? { ...from, proposal: null, closedHow: null, closedAt: null, ...before, statusSince: context.now, touchedAt: context.now }
        : from
  if ('kind' in next) return next
  return {
    kind: 'unlinked',
    from: accepted(next, context, [line('unlinked', kind, to, true, context)]),
    to: accepted(to, context, [line('unlinked', kind, from, false, context)]),
  }
}

/** Nothing but its light is taken from a child that has gone on already. */
function onItsOwn(child: Ticket, before: BeforeLink | null, context: TicketContext): Ticket | Refused {
  const { light: _light, ...heavy } = child
  if (child.waiting?.what.for !== 'parent') return heavy
  if (before !== null) return { ...heavy, ...before, statusSince: context.now, touchedAt: context.now }
  return moved(child, 'leave-parent', context)
}
