import { expect, it } from 'vitest'
import { confidenceOfTicket } from '../../console/ui/identity.ts'
import type { Ticket } from '../../server/contract/entities.ts'
import { claire, line } from './fake-world.ts'

const by = (medium: Ticket['medium'], personId: string | null = claire.id) => ({
  medium,
  requester: { personId, name: claire.name, email: claire.email, phone: null },
  journal: [line(0, claire.name, 'opened')],
})

it.each([
  ['form', 'signed-in'],
  ['phone', 'presumed'],
  ['mail', 'declared'],
] as const)('whose ticket it is that came by %s is %s', (medium, confidence) => {
  expect(confidenceOfTicket(by(medium), null)).toBe(confidence)
  expect(confidenceOfTicket(by(medium, null), null)).toBe('declared')
})

it('whom an operator has put down for what a guest wrote has not signed in, nor does a number speak for them', () => {
  for (const medium of ['form', 'phone'] as const) {
    const asked = by(medium)
    const chosen = line(0, 'Alice Martin', 'completed', '', { detail: { before: { personId: null, name: 'Un inconnu' } } })
    expect(confidenceOfTicket({ ...asked, journal: [...asked.journal, chosen] }, null)).toBe('declared')
    const titled = line(0, 'Alice Martin', 'completed', '', { detail: { before: { title: 'Titre' } } })
    expect(confidenceOfTicket({ ...asked, journal: [...asked.journal, titled] }, null)).toBe(medium === 'form' ? 'signed-in' : 'presumed')
  }
})
