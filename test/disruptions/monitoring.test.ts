import { expect, it } from 'vitest'
import { readEvent } from '../../server/disruptions/monitoring.ts'

it('tells groups of alerts apart, however long the way that leads to both', () => {
  const route = `{}/{severity=~"^(?:critical|warning)$"}/{site=~"${'bâtiment|'.repeat(60)}"}`
  const keyOf = (place: string) => {
    const groupKey = `${route}:{alertname="WifiDown", place="${place}"}`
    return readEvent({ groupKey, status: 'firing', alerts: [] }, '2026-11-24T09:00:00.000Z')?.key ?? ''
  }
  expect(keyOf('4R1')).not.toBe(keyOf('4R3'))
  expect(keyOf('4R1')).toBe(keyOf('4R1'))
  expect(keyOf('4R1').length).toBeLessThanOrEqual(500)
})
