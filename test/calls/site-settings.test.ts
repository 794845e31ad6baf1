import { expect, it } from 'vitest'
import { callSettings, defaultSettings } from '../../server/calls/settings.ts'
import { deskSettings, lineSettings, outgoingSettings } from '../../server/contract/settings.ts'

const usual = lineSettings.parse({ id: 'guichet', name: 'Guichet' })

it('a site that has set nothing has the desk line’s own settings', () => {
  expect(callSettings(deskSettings.parse({}), outgoingSettings.parse({}), [usual])).toEqual(defaultSettings)
})

it('the desk line’s settings are the site’s, in the line’s own units', () => {
  const desk = deskSettings.parse({
    limitMinutes: 10,
    limitCuts: false,
    distribution: 'ring-all',
    ringSeconds: 30,
    musicSeconds: 50,
    missesBeforePause: 4,
    wrapUpSeconds: 90,
    stickySeconds: 25,
    englishOperators: ['bruno'],
    englishSeconds: 45,
    alarmMinutes: 2,
    messageMaxSeconds: 60,
  })
  const outgoing = outgoingSettings.parse({ allowedPrefixes: ['ext:'], perOperatorPerHour: 3, perHour: 7 })
  const vip = lineSettings.parse({
    id: 'vip',
    name: 'Direction',
    numbers: ['05 61 55 00 01', '4201', 'standard'],
    aheadSeconds: 60,
    operators: ['chloe'],
    overflowSeconds: 30,
    recording: 'on-demand',
    limitCuts: true,
  })
  expect(callSettings(desk, outgoing, [usual, vip])).toMatchObject({
    capMs: 600_000,
    capCuts: false,
    ringMost: 10,
    ringMs: 30_000,
    musicMs: 50_000,
    missesBeforePause: 4,
    wrapUpMs: 90_000,
    stickyMs: 25_000,
    speakEnglish: ['bruno'],
    englishMs: 45_000,
    alarmMs: 120_000,
    messageMaxS: 60,
    outgoing: { prefixes: ['ext:'], perOperatorPerHour: 3, perHour: 7 },
    lines: [
      { id: 'guichet', numbers: [], overflowMs: null, limitCuts: null },
      // What is no number is dialled by nobody.
      {
        id: 'vip',
        numbers: ['+33561550001', 'ext:4201'],
        aheadMs: 60_000,
        operators: ['chloe'],
        overflowMs: 30_000,
        recording: 'on-demand',
        limitCuts: true,
      },
    ],
  })
})

it('no wrap-up, and no end of it, are not the same', () => {
  const wrapUp = (wrapUpSeconds: number | null) =>
    callSettings(deskSettings.parse({ wrapUpSeconds }), outgoingSettings.parse({}), [usual]).wrapUpMs
  expect([wrapUp(0), wrapUp(null)]).toEqual([0, null])
})
