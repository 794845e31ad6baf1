import { describe, expect, it } from 'vitest'
import type { Draft, DraftContent } from '../../server/contract/drafts.ts'
import { writeDraft } from '../../server/tickets/drafts.ts'
import { nothingWritten } from '../support/drafts.ts'

const alice = { id: 'alice', name: 'Alice Martin' }
const bruno = { id: 'bruno', name: 'Bruno Lefort' }
const began = '2026-11-23T09:00:00.000Z'
const now = '2026-11-23T09:05:00.000Z'
const content = (title: string): DraftContent => ({ ...nothingWritten, title, name: 'Claire Dubois', phone: '05 61 55 12 34' })
const standing = (version: number, title: string): Draft => ({
  key: 'c1',
  callId: 'c1',
  version,
  by: bruno,
  startedAt: began,
  editedAt: began,
  content: content(title),
})
const write = (current: Draft | null, version: number, title: string) =>
  writeDraft(current, 'c1', 'c1', { version, startedAt: now, content: content(title) }, alice, now)

describe('a draft', () => {
  it.each([
    ['nothing stands there', null, 0, 'kept', 1, alice],
    ['what stood there was forgotten', null, 4, 'kept', 5, alice],
    ['it was made of what stands there', standing(3, 'Réseau'), 3, 'kept', 4, alice],
    ['somebody wrote meanwhile', standing(3, 'Réseau'), 2, 'conflict', 3, bruno],
    ['somebody began it meanwhile', standing(1, 'Réseau'), 0, 'conflict', 1, bruno],
    ['it says what stands there, whatever it was made of', standing(3, 'Moodle'), 1, 'kept', 3, bruno],
  ] as const)('written when %s', (_when, current, version, outcome, now, by) => {
    const written = write(current, version, 'Moodle')
    expect([written.outcome, written.draft.version, written.draft.by]).toEqual([outcome, now, by])
  })

  it('that conflicts overwrites nothing', () => {
    const current = standing(3, 'Réseau')
    expect(write(current, 1, 'Moodle').draft).toBe(current)
  })

  it('keeps the moment at which it was begun', () => {
    expect(write(standing(3, 'Réseau'), 3, 'Moodle').draft).toMatchObject({ startedAt: began, editedAt: now })
    expect(write(null, 0, 'Moodle').draft.startedAt).toBe(now)
  })

  it('tells fields apart that a person typed, in whatever order', () => {
    const current = { ...standing(1, 'Moodle'), content: { ...content('Moodle'), typed: ['name', 'email'] as const } }
    const again = { ...content('Moodle'), typed: ['email', 'name'] as const }
    const written = writeDraft(
      { ...current, content: { ...current.content, typed: [...current.content.typed] } },
      'c1',
      'c1',
      { version: 0, startedAt: now, content: { ...again, typed: [...again.typed] } },
      alice,
      now,
    )
    expect(written.outcome).toBe('kept')
  })
})
