import { describe, expect, it } from 'vitest'
import { journalKind, type JournalDetail, type JournalKind } from '../../server/contract/ticket-states.ts'
import { journalSaid } from '../../server/people/journal-said.ts'

const said = (kind: JournalKind, detail: JournalDetail | null = null, text = '') => journalSaid({ kind, detail, text }, () => '30 novembre')

describe('what a line of a ticket’s journal says, in French', () => {
  it.each(journalKind.options.filter((kind) => !['clock', 'linked', 'unlinked'].includes(kind)))('« %s » is in words', (kind) => {
    const words = said(kind)
    expect(words).not.toBe('')
    expect(words).not.toMatch(/[{}]/)
    expect(words).not.toBe(kind)
  })

  const level3 = { for: 'level3', name: 'AMUE', reference: 'INC-77', dueAt: '2026-11-30T09:00:00Z' } as const
  const clock = { name: 'level2', step: 'late', dueAt: '2026-11-30T09:00:00Z', to: [] } as const
  const cases: readonly (readonly [JournalKind, JournalDetail, string])[] = [
    ['redirected', { group: { id: 'g', name: 'dSRT' } }, 'a redirigé vers dSRT'],
    ['waiting', { waiting: level3 }, 'a mis en attente : attend AMUE, réf. INC-77, pour le 30 novembre'],
    ['clock', { clock: { ...clock, to: [] } }, 'constate que le délai est dépassé depuis le 30 novembre (Groupe)'],
    ['linked', { link: { kind: 'duplicate-of', ticket: 12, outward: true } }, 'a noté un doublon du n°\u00a012'],
    ['closed', { how: 'level1' }, 'a clos le ticket (niveau 1)'],
    ['closed', { how: 'level1', unverified: true }, 'a clos le ticket (niveau 1), sans l’identité vérifiée que sa nature demande'],
    ['proposed', { unverified: true }, 'a proposé une solution, sans l’identité vérifiée que sa nature demande'],
    ['refused', { callId: 'c' }, 'a noté au téléphone que la solution ne convient pas'],
  ]
  it.each(cases)('« %s » says its detail', (kind, detail, words) => expect(said(kind, detail)).toBe(words))
})
