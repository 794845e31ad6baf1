import { expect, it } from 'vitest'
import type { ListedTicket } from '../../server/contract/ticket-lists.ts'
import { steadied, type Row } from '../../console/tickets/steady.ts'
import { openTicket } from '../../server/tickets/decide.ts'
import { accepted, command, context } from '../support/tickets.ts'

const sample = accepted(openTicket(command, context)).ticket
const listed = (...numbers: number[]): ListedTicket[] =>
  numbers.map((number) => ({ ...sample, id: `t${number}`, number, stuck: null, leftMs: null }))
const rows = (...numbers: number[]): Row[] => listed(...numbers).map((ticket) => ({ ...ticket, gone: false }))
const shown = ({ rows: after, newer, gone }: ReturnType<typeof steadied>) => [
  after.map((r) => `${r.number}${r.gone ? ' gone' : ''}`),
  newer,
  gone,
]

it('a list that is read again moves no row: new ones above are counted, those that left stay and say so, what goes on below is added', () => {
  expect(shown(steadied(rows(9, 8, 7), listed(11, 10, 9, 7, 6), true))).toEqual([['9', '8 gone', '7', '6'], 2, 1])
})

it('ordered by anything else, what comes between is counted, not squeezed in', () => {
  expect(shown(steadied(rows(3, 9, 1), listed(9, 5, 3, 1, 2), true))).toEqual([['3', '9', '1', '2'], 1, 0])
})

it('what is missing from a page that is full may only lie further down', () => {
  expect(shown(steadied(rows(9, 8), listed(10, 9), false))).toEqual([['9', '8'], 1, 0])
})
