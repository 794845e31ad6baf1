import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { operatorState, type CallView, type OperatorView } from '../../server/contract/entities.ts'
import { wallBoard } from '../../server/contract/walls.ts'
import { type CallCounts, callCounts } from '../../server/indicators/tallies.ts'
import { queueOf, shownNames, todaysCalls, wallOperators } from '../../server/indicators/wall.ts'
import { call as aCall, operator as anOperator } from '../console/fake-world.ts'

const at = (s: number) => new Date(Date.UTC(2026, 10, 24, 9) + s * 1_000).toISOString()
const waiting = (id: string, s: number, more: Partial<CallView> = {}): CallView => ({
  ...aCall(id, []),
  position: 1,
  arrivedAt: at(s),
  ...more,
})
const none = Object.fromEntries(callCounts.map((name) => [name, 0])) as unknown as CallCounts

/** Paths of a schema's free words: strings that are neither one of a list, nor a moment, nor of a fixed pattern. */
function freeWords(schema: unknown, path = ''): string[] {
  if (schema instanceof z.ZodNullable || schema instanceof z.ZodOptional) return freeWords(schema.unwrap(), path)
  if (schema instanceof z.ZodArray) return freeWords(schema.element, `${path}[]`)
  if (schema instanceof z.ZodObject) return Object.entries(schema.shape).flatMap(([name, of]) => freeWords(of, `${path}.${name}`))
  if (schema instanceof z.ZodString) return (schema.def.checks ?? []).some(({ _zod }) => 'pattern' in _zod.def) ? [] : [path]
  const closed = [z.ZodEnum, z.ZodNumber, z.ZodBoolean, z.ZodISODateTime].some((kind) => schema instanceof kind)
  return closed ? [] : [`${path}: ${(schema as z.ZodType).constructor.name}`]
}

describe('the big screen', () => {
  it('has room for no other free words than the desk, the build, how operators are shown and what a disruption is called', () => {
    expect(freeWords(wallBoard)).toEqual(['.build', '.desk', '.operators[].shown', '.disruptions[].title'])
    expect(wallBoard.safeParse({ number: '+33561551234' }).error?.issues.map((i) => i.code)).toContain('unrecognized_keys')
  })

  it('never holds a name, a number or an id of whoever calls, nor the last name of whoever answers', () => {
    const word = fc.stringMatching(/^[A-Z][a-z]{5,10}$/)
    const person = fc.record({ first: word, last: word, number: fc.stringMatching(/^\+33[1-9]\d{8}$/), id: fc.uuid() })
    fc.assert(
      fc.property(fc.array(person, { minLength: 1, maxLength: 8 }), fc.array(person, { maxLength: 8 }), (callers, operators) => {
        const calls = callers.map(({ first, last, number, id }) => ({
          ...waiting(id, 0),
          number,
          numberShown: number,
          people: [
            {
              id,
              name: `${first} ${last}`,
              email: `${last}@univ.example`,
              phones: [number],
              affiliation: 'staff',
              unit: last,
              place: last,
              title: null,
            },
          ],
        })) satisfies CallView[]
        const views = operators.map(({ first, last, id }) =>
          anOperator(id, `${first} ${last}`, 'paused', { reason: last }),
        ) satisfies OperatorView[]
        const told = (['first', 'initials', 'none'] as const).map((names) =>
          JSON.stringify([queueOf({ calls }), wallOperators({ operators: views }, names), todaysCalls(none, calls, new Map())]),
        )
        for (const text of told) {
          for (const { first, last, number, id } of callers) {
            for (const name of [first, last]) if (operators.every((o) => !o.first.includes(name))) expect(text).not.toContain(name)
            expect(text).not.toContain(number)
            expect(text).not.toContain(id)
          }
          for (const { last, id } of operators) {
            if (operators.every((o) => !o.first.includes(last))) expect(text).not.toContain(last)
            expect(text).not.toContain(id)
          }
        }
      }),
      { numRuns: 60 },
    )
  })

  it('tells two operators of one first name apart, and shows initials or nothing where the site wants it', () => {
    const names = ['Alice Martin', 'Alice Durand', 'Jean-Pierre Le Goff', 'Zoé']
    expect(shownNames(names, 'first')).toEqual(['Alice M.', 'Alice D.', 'Jean-Pierre', 'Zoé'])
    expect(shownNames(names, 'initials')).toEqual(['AM', 'AD', 'JG', 'Z'])
    expect(shownNames(names, 'none')).toEqual(['', '', '', ''])
    for (const [shown] of [shownNames(['Wolfeschlegelsteinhausen Berg', 'Wolfeschlegelsteinhausen Au'], 'first')])
      expect(wallBoard.shape.operators.element.shape.shown.safeParse(shown).success).toBe(true)
  })

  it('counts who waits on the line, kept places apart, and since when whoever came first', () => {
    const calls = [
      waiting('a', 30),
      waiting('b', 10),
      waiting('k', 0, { status: 'kept' }),
      waiting('t', 0, { position: null, operatorId: 'alice' }),
    ]
    expect(queueOf({ calls })).toEqual({ waiting: 2, oldestAt: at(10), kept: 1 })
    expect(queueOf({ calls: [] })).toEqual({ waiting: 0, oldestAt: null, kept: 0 })
  })

  it('leaves out who is offline, and shows those first who work', () => {
    const operators = operatorState.options.map((state, i) => anOperator(`o${i}`, `N${i} X`, state))
    expect(wallOperators({ operators }, 'first').map((o) => o.state)).toEqual([
      'ringing',
      'talking',
      'watching',
      'wrap-up',
      'ready',
      'front-desk',
      'paused',
    ])
  })

  it('adds conversations under way to the calls that are over, by their first answer', () => {
    const over = { ...none, offered: 9, answered: 7, answeredInTime: 5, answeredWaitMs: 70_000, abandoned: 2, shortAbandoned: 1 }
    const talking = waiting('t', 0, { position: null, operatorId: 'alice', answeredAt: at(300) })
    const out = waiting('o', 0, { direction: 'out', position: null, operatorId: 'bruno', answeredAt: at(3) })
    // Handed over after five minutes, but first answered after ten seconds.
    const told = todaysCalls(over, [talking, out, waiting('w', 5)], new Map([['t', Date.parse(at(10))]]))
    expect(told).toEqual({ offered: 10, answered: 8, abandoned: 2, serviceLevel: 6 / 9, asaS: 10 })
    expect(todaysCalls(none, [], new Map())).toEqual({ offered: 0, answered: 0, abandoned: 0, serviceLevel: null, asaS: null })
  })

  it('takes for in time an answer within the minute, whichever clock was ahead, and leaves kept places to their own figure', () => {
    const answered = (s: number, more: Partial<CallView> = {}) =>
      todaysCalls(none, [waiting('t', 0, { position: null, operatorId: 'alice', answeredAt: at(s), ...more })], new Map())
    expect(answered(60)).toEqual({ offered: 1, answered: 1, abandoned: 0, serviceLevel: 1, asaS: 60 })
    expect(answered(60.001)).toMatchObject({ serviceLevel: 0, asaS: 60.001 })
    expect(answered(-5)).toMatchObject({ serviceLevel: 1, asaS: 0 })
    expect(answered(9, { attempts: 1 })).toMatchObject({ offered: 0, answered: 0 })
  })

  it('shows those alike by name, as French sorts, and has a line of those alone whom nobody has', () => {
    const operators = ['Zoé X', 'Éric X', 'Alice X'].map((name, i) => anOperator(`o${i}`, name, 'ready'))
    expect(wallOperators({ operators }, 'first').map(({ shown }) => shown)).toEqual(['Alice', 'Éric', 'Zoé'])
    const calls = [waiting('a', 9, { operatorId: 'alice' }), waiting('b', 7, { position: null }), waiting('c', 8), waiting('d', 9)]
    expect(queueOf({ calls })).toEqual({ waiting: 2, oldestAt: at(8), kept: 0 })
  })

  it('cuts a first name that is too long, names by one word alone, and passes over what is no word', () => {
    expect(shownNames(['Zoé', 'Zoé', 'Zoé Martin'], 'first')).toEqual(['Zoé', 'Zoé', 'Zoé M.'])
    expect(shownNames(['- Zoé  élise (7)'], 'initials')).toEqual(['ZÉ'])
    expect(shownNames(['(7)', ''], 'initials')).toEqual(['', ''])
    expect(shownNames(['(7)', ''], 'first')).toEqual(['', ''])
    expect(shownNames(['Wolfeschlegelsteinhausen'], 'first')).toEqual(['Wolfeschlegelst'])
  })
})
