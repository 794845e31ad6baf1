import { describe, expect, it } from 'vitest'
import { traceOf, type Conversation, type Settled } from '../../server/owed/message-trace.ts'
import type { SettledHow } from '../../server/owed/model.ts'
import { alice, bruno } from './entries.ts'

const settled = (how: SettledHow, by = how === 'got-through' ? null : alice): Settled => ({
  status: { kind: 'settled', how, by, at: 2_000 },
  attempts: [],
  conversation: null,
  beside: null,
})
const unwritten: Conversation = { ticket: null, refused: null, notedBy: null }
const target = { name: 'Standard', number: '05 61 55 66 11' }

describe('a voice message whose answer is settled', () => {
  it('joins the ticket of the conversation that answered it, in the name of who wrote that', () => {
    const conversation = { ...unwritten, ticket: { number: 12, by: bruno }, notedBy: alice }
    for (const how of ['reached', 'got-through'] as const)
      expect(traceOf({ ...settled(how), conversation, beside: 9 })).toEqual({ kind: 'join', ticket: 12, by: bruno })
  })

  it('is refused with that conversation when it was not for the desk', () => {
    const conversation = { ...unwritten, refused: { reason: 'Paie', target, by: bruno }, notedBy: bruno }
    expect(traceOf({ ...settled('got-through'), conversation })).toEqual({ kind: 'refuse', reason: 'Paie', target, by: bruno })
  })

  it('waits for that conversation while nothing is written of it', () => {
    expect(traceOf({ ...settled('reached'), conversation: unwritten, beside: 9 })).toEqual({ kind: 'wait' })
  })

  it.each<readonly [SettledHow, string]>([
    ['reached', 'La personne a été rappelée et jointe.'],
    ['wrong-number', 'Rappelée, sans que ce numéro soit le bon.'],
    ['message', 'Le message a été marqué comme traité.'],
    ['withdrawn', 'La personne n’attend plus d’être rappelée.'],
  ])('by « %s », nobody having spoken with the person, is a pre-ticket that says so', (how, said) => {
    expect(traceOf(settled(how))).toEqual({ kind: 'open', said, by: alice })
  })

  it('is a pre-ticket when the conversation had nothing to note, of who said so, and else of the desk', () => {
    const said = 'La personne a rappelé depuis, et a été entendue.'
    const conversation = { ...unwritten, notedBy: bruno }
    expect(traceOf({ ...settled('got-through'), conversation })).toEqual({ kind: 'open', said, by: bruno })
    expect(traceOf(settled('got-through'))).toEqual({ kind: 'open', said, by: { id: 'guichet', name: 'Guichet unique' } })
  })

  it('keeps what was noted last as it was settled, and not what a later one holds', () => {
    const attempts = [
      { at: 1_000, note: 'Rappelle demain' },
      { at: 2_000, note: 'Résolu' },
      { at: 3_000, note: 'Autre' },
    ]
    expect(traceOf({ ...settled('reached'), attempts })).toMatchObject({ said: 'La personne a été rappelée et jointe.\n\nRésolu' })
    expect(traceOf({ ...settled('reached'), attempts: [{ at: 2_000, note: null }] })).toMatchObject({
      said: 'La personne a été rappelée et jointe.',
    })
  })

  it('joins the ticket of another message of the same entry', () => {
    expect(traceOf({ ...settled('reached'), beside: 9 })).toEqual({ kind: 'join', ticket: 9, by: alice })
    expect(traceOf({ ...settled('got-through'), conversation: { ...unwritten, notedBy: bruno }, beside: 9 })).toMatchObject({
      kind: 'join',
      ticket: 9,
    })
  })
})
