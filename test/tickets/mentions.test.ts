import { describe, expect, it } from 'vitest'
import { contribute, openTicket } from '../../server/tickets/decide.ts'
import { mentionedIn } from '../../server/tickets/mentions.ts'
import { accepted, command, context } from '../support/tickets.ts'

const nadia = { id: 'nadia', name: 'Nadia Roussel', login: 'nadia' }
const lea = { id: 'lea', name: 'Léa Fontaine', login: 'lfontaine' }

describe('who is named in a line', () => {
  it.each([
    ['@Nadia Roussel : la prise est-elle brassée ?', ['nadia']],
    ['Voir avec @nadia, et (@lea fontaine).', ['nadia', 'lea']],
    ['@LÉA FONTAINE', ['lea']],
    ['@lfontaine', ['lea']],
    ['Écrire à x@nadia ou a.b@lfontaine.example', []],
    ['@Léa Fontainebleau', []],
    ['@nadiaa, nadia', []],
    ['@', []],
  ])('%j', (text, named) => {
    expect(mentionedIn(text, [nadia, lea], 'alice').map(({ id }) => id)).toEqual(named)
  })

  it('is not whoever writes', () => {
    expect(mentionedIn('@nadia', [nadia], 'nadia')).toEqual([])
  })

  it('is told by mail, once, with the line and the way to the ticket', () => {
    const { ticket } = accepted(openTicket(command, context))
    const mentions = [{ ...nadia, mail: 'nadia@univ.example' }]
    const { mails, journal } = accepted(contribute(ticket, '@nadia : vu ?', context, { mentions }))
    expect(journal[0]).toMatchObject({ visibility: 'internal', detail: { mentions: [{ id: 'nadia', name: 'Nadia Roussel' }] } })
    expect(mails.map(({ kind, to }) => [kind, to])).toEqual([['mentioned', 'nadia@univ.example']])
    expect(mails[0]?.text).toContain('@nadia : vu ?')
    expect(mails[0]?.text).toContain('/console/tickets/10421')
  })
})
