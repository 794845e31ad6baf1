import { beforeAll, expect, test } from 'vitest'
import { momentAfterWord, momentOf } from '../../console/ui/format.ts'
import { i18n } from '../../console/ui/i18n.ts'
import { en } from '../../console/ui/locales/en.ts'
import { fr } from '../../console/ui/locales/fr.ts'

// A Tuesday at a quarter past midnight in Paris, still Monday in Greenwich.
const now = Date.parse('2026-12-01T00:15:00+01:00')
beforeAll(async () => {
  await i18n.init({ lng: 'fr', resources: { fr: { translation: fr }, en: { translation: en } } })
})

test.each([
  ['2026-12-01T16:30:00+01:00', '16:30', '16:30'],
  ['2026-11-30T23:50:00+01:00', 'hier 23:50', 'hier 23:50'],
  ['2026-12-02T08:30:00+01:00', 'demain 08:30', 'demain 08:30'],
  ['2026-12-03T08:30:00+01:00', '3 déc. 08:30', 'le 3 déc. 08:30'],
  ['2026-11-29T08:30:00+01:00', '29 nov. 08:30', 'le 29 nov. 08:30'],
  ['2027-01-01T10:00:00+01:00', '1er janv. 10:00', 'le 1er janv. 10:00'],
])('a moment is said by the desk’s day, alone and after « pour », « avant » or « depuis » (%s)', (iso, alone, after) => {
  expect([momentOf(iso, now), momentAfterWord(iso, now)]).toEqual([alone, after])
})

test('an English moment needs no article', async () => {
  await i18n.changeLanguage('en')
  expect(momentAfterWord('2026-12-03T08:30:00+01:00', now)).toBe('3 Dec 08:30')
  expect(momentAfterWord('2026-12-02T08:30:00+01:00', now)).toBe('tomorrow 08:30')
})
