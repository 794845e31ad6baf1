import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { closeTicket, contribute, openTicket } from '../../server/tickets/decide.ts'
import type { OpenTicket, OpeningContext } from '../../server/tickets/model.ts'
import { oneLine, paragraphs } from '../../server/tickets/text.ts'

const context: OpeningContext = {
  id: 'an-id',
  number: 10421,
  now: '2026-11-23T09:00:00.000Z',
  by: 'alice',
  operatorName: 'Alice\r\nBcc: x@y.example',
  portalUrl: 'https://g.example/demande',
}

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
