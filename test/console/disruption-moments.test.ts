import { expect, it } from 'vitest'
import { momentTyped, toLocal } from '../../console/disruptions/local-time.ts'

it.each([
  ['with its seconds', '2026-11-23T08:50:37.412Z'],
  ['in the hour that comes twice, the first time', '2026-10-25T00:30:00.000Z'],
  ['in the hour that comes twice, the second time', '2026-10-25T01:30:00.000Z'],
])('a moment that nobody changes stays what it was, %s', (_, moment) => {
  expect(momentTyped(toLocal(moment), moment)).toBe(moment)
})

it('a moment that is changed, or was not there, is the one typed, in the desk’s own time', () => {
  expect(momentTyped('2026-11-23T10:05', '2026-11-23T08:50:37.412Z')).toBe('2026-11-23T09:05:00.000Z')
  expect(momentTyped('2026-11-23T10:05', null)).toBe('2026-11-23T09:05:00.000Z')
  expect(momentTyped('', '2026-11-23T08:50:37.412Z')).toBeNull()
})
