import { beforeAll, expect, test } from 'vitest'
import { whenOf } from '../../console/disruptions/words.ts'
import { i18n } from '../../console/ui/i18n.ts'
import { laterFr } from '../../console/ui/locales/later-fr.ts'
import type { Disruption } from '../../server/contract/disruptions.ts'

beforeAll(async () => {
  await i18n.init({ lng: 'fr', resources: { fr: { translation: laterFr } } })
})

test('a disruption that is over says when it ended, one that was called off when it was to begin', () => {
  const one = { startsAt: '2026-12-02T03:28:00.000Z', expectedEndAt: null, endedAt: '2026-12-01T03:28:00.000Z' }
  const said = (phase: Disruption['phase']) => whenOf(i18n.t, { ...one, phase } as Disruption)
  expect(said('called-off')).toBe('était prévue le 2 décembre 2026 à 04:28')
  expect(said('ended')).toBe('1er décembre 2026 à 04:28')
})
