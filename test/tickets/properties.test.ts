import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Ticket } from '../../server/contract/entities.ts'
import { closeTicket, contribute, openPreTicket, openTicket, takeUp } from '../../server/tickets/decide.ts'
import { giveBack, redirect, resume, wait, waitIsOver } from '../../server/tickets/handing.ts'
import type { OpenTicket, OpeningContext, TicketContext, TicketDecision } from '../../server/tickets/model.ts'
import { accept, answerAwaited, propose, refuse, reopen } from '../../server/tickets/solving.ts'
import { oneLine, paragraphs } from '../../server/tickets/text.ts'
import { command, context as usual, nadia } from '../support/tickets.ts'

const context: OpeningContext = { ...usual, operatorName: 'Alice\r\nBcc: x@y.example' }

/** Text as a telephone, a form or an attacker may give it. */
const wild = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc
    .array(fc.constantFrom('\r\n', '\n', '\r', '\u0000', '\u0085', '\u2028', '\u202E', 'Bcc: x@y.example', ' ', 'é', '\uD800'), {
      maxLength: 12,
    })
    .map((parts) => parts.join('')),
)
const commands: fc.Arbitrary<OpenTicket> = fc.record({
  title: wild,
  summary: wild,
  medium: fc.constantFrom('phone', 'form', 'walk-in'),
  urgency: fc.constantFrom('low', 'normal', 'high'),
  impact: fc.constantFrom('low', 'normal', 'high'),
  categoryId: fc.option(fc.constantFrom('wifi', 'reseau', 'gone')),
  placeId: fc.constant(null),
  nature: fc.option(wild),
  callId: fc.option(fc.string()),
  solution: fc.option(wild),
  requester: fc.record({
    personId: fc.option(fc.string()),
    name: wild,
    email: fc.option(fc.oneof(wild, fc.emailAddress())),
    phone: fc.option(wild),
  }),
})
const breaksLine = /[\p{Cc}\p{Zl}\p{Zp}]/u

describe('whatever is typed', () => {
  it('no line break ever reaches a mail’s subject or address', () => {
    fc.assert(
      fc.property(commands, (command) => {
        const decision = openTicket(command, context)
        if (decision.kind === 'refused') return
        for (const mail of decision.mails) {
          expect(mail.subject).not.toMatch(breaksLine)
          expect(mail.to).not.toMatch(/[\p{Cc}\s,;<>]/u)
          expect(mail.to).toBe(command.requester.email)
        }
      }),
    )
  })

  it('a ticket is closed exactly when it has a solution, and owes one mail at most', () => {
    fc.assert(
      fc.property(commands, (command) => {
        const decision = openTicket(command, context)
        if (decision.kind === 'refused') return
        const { ticket, mails } = decision
        expect(ticket.status === 'closed').toBe(ticket.solution !== null)
        expect(ticket.closedAt !== null).toBe(ticket.solution !== null)
        expect(mails.length).toBeLessThanOrEqual(1)
      }),
    )
  })

  it('every stored text is well-formed and without a zero byte, as the database wants it', () => {
    fc.assert(
      fc.property(commands, (command) => {
        const decision = openTicket(command, context)
        if (decision.kind === 'refused') return
        const { title, summary, solution, requester } = decision.ticket
        for (const text of [title, summary, solution ?? '', requester.name, ...decision.journal.map((e) => e.text)]) {
          expect(text).not.toContain('\u0000')
          expect(text.isWellFormed()).toBe(true)
        }
      }),
    )
  })

  it('an accepted command always leaves a signed trace', () => {
    fc.assert(
      fc.property(commands, wild, (command, text) => {
        const opened = openTicket(command, context)
        if (opened.kind === 'refused') return
        for (const decision of [opened, contribute(opened.ticket, text, context), closeTicket(opened.ticket, text, context)]) {
          if (decision.kind === 'refused') continue
          expect(decision.journal.length).toBeGreaterThan(0)
          for (const entry of decision.journal) expect(entry).toMatchObject({ at: context.now, byId: 'alice' })
        }
      }),
    )
  })

  it('cleaning a text twice changes nothing more', () => {
    fc.assert(
      fc.property(wild, (text) => {
        expect(oneLine(oneLine(text))).toBe(oneLine(text))
        expect(paragraphs(paragraphs(text))).toBe(paragraphs(text))
      }),
    )
  })
})

type Step = (ticket: Ticket, by: TicketContext) => TicketDecision | null
const groups = [null, { id: 'dsrt', name: 'dSRT', mail: null }, { id: 'dsig', name: 'dSIG', mail: 'dsig@univ.example' }]
const steps: fc.Arbitrary<Step> = fc.oneof(
  fc.constant<Step>(takeUp),
  fc.string().map<Step>((text) => (ticket, by) => contribute(ticket, text, by)),
  fc.constantFrom(...groups).map<Step>((group) => (ticket, by) => redirect(ticket, group, '', by)),
  fc.string().map<Step>((text) => (ticket, by) => giveBack(ticket, null, text, by)),
  fc
    .constantFrom({ for: 'user', remindAt: null } as const, { for: 'date', until: '2026-12-02T09:00:00.000Z' } as const)
    .map<Step>((what) => (ticket, by) => wait(ticket, what, '', by)),
  fc.constant<Step>((ticket, by) => resume(ticket, '', by)),
  fc.string().map<Step>((text) => (ticket, by) => propose(ticket, text, by)),
  fc.constant<Step>((ticket, by) => accept(ticket, null, by)),
  fc.string().map<Step>((text) => (ticket, by) => refuse(ticket, text, null, by)),
  fc.option(fc.string()).map<Step>((text) => (ticket, by) => closeTicket(ticket, text, by)),
  fc.string().map<Step>((text) => (ticket, by) => reopen(ticket, text, by)),
  fc.constant<Step>((ticket, by) => answerAwaited(ticket, by) ?? waitIsOver(ticket, by)),
)
const actors = fc.constantFrom<TicketContext>(
  usual,
  nadia,
  { ...usual, by: 'p1', operatorName: 'Claire Dubois', side: 'requester' },
  { ...usual, by: 'guichet', operatorName: 'Guichet unique', side: 'clock' },
)
/** A ticket's life: who does what, and how many hours after. */
const lives = fc.array(fc.tuple(steps, actors, fc.nat(80)), { maxLength: 25 })

function live(told: (before: Ticket, after: Ticket) => void): void {
  fc.assert(
    fc.property(fc.boolean(), lives, (operator, life) => {
      let hours = 0
      const opened = (operator ? openTicket : openPreTicket)(command, usual)
      if (opened.kind === 'refused') throw new Error(opened.detail)
      let { ticket } = opened
      for (const [step, actor, later] of life) {
        hours += later
        const decision = step(ticket, { ...actor, now: new Date(Date.parse(usual.now) + hours * 3_600_000).toISOString() })
        if (decision === null || decision.kind === 'refused') continue
        told(ticket, decision.ticket)
        expect(decision.journal.length).toBeGreaterThan(0)
        ticket = decision.ticket
      }
    }),
  )
}

describe('whatever is done to a ticket', () => {
  it('somebody always answers for it: level 1, an owner, or a group that exists', () => {
    live((_before, { status, owner, groupId }) => {
      if (status === 'pre-ticket' || status === 'new') expect([owner, groupId]).toEqual([null, null])
      else if (status === 'redirected') expect([owner, ['dsrt', 'dsig'].includes(groupId ?? '')]).toEqual([null, true])
      else expect(owner).not.toBeNull()
    })
  })

  it('closed changes by reopening alone', () => {
    live((before, after) => {
      if (before.status !== 'closed') return
      if (after.status === 'closed') expect({ ...after, touchedAt: before.touchedAt }).toEqual(before)
      else expect(['reopened', 'new', 'redirected']).toContain(after.status)
    })
  })

  it('it waits, has a proposal or an end exactly when its status says so', () => {
    live((_before, { status, waiting, proposal, closedAt, closedHow, solution }) => {
      expect(waiting !== null).toBe(status === 'waiting')
      expect(proposal !== null).toBe(status === 'solution-proposed')
      expect([closedAt !== null, closedHow !== null]).toEqual([status === 'closed', status === 'closed'])
      if (status === 'closed' || status === 'solution-proposed') expect(solution).not.toBeNull()
    })
  })

  it('its identity, its requester and what was asked stay', () => {
    live((before, after) => {
      const { id, number, requester, summary, openedAt } = before
      expect(after).toMatchObject({ id, number, requester, summary, openedAt })
    })
  })
})
