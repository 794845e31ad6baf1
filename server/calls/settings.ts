import type { DeskSettings, LineSettings, OutgoingSettings } from '../contract/settings.ts'
import { defaultSettings, type Settings } from './model.ts'
import { normaliseNumber } from './number.ts'

/** « Faire sonner tout le monde » rings no more phones than this for one caller: each is a channel and four commands. */
const mostRungAtOnce = 10

/** The desk line's settings as the site's make them. */
export const callSettings = (desk: DeskSettings, outgoing: OutgoingSettings, lines: readonly LineSettings[]): Settings => ({
  ...defaultSettings,
  capMs: desk.limitMinutes * 60_000,
  capCuts: desk.limitCuts,
  ringMs: desk.ringSeconds * 1_000,
  ringMost: desk.distribution === 'ring-all' ? mostRungAtOnce : 1,
  musicMs: desk.musicSeconds * 1_000,
  missesBeforePause: desk.missesBeforePause,
  wrapUpMs: desk.wrapUpSeconds === null ? null : desk.wrapUpSeconds * 1_000,
  stickyMs: desk.stickySeconds === null ? null : desk.stickySeconds * 1_000,
  speakEnglish: desk.englishOperators,
  englishMs: desk.englishSeconds * 1_000,
  alarmMs: desk.alarmMinutes * 60_000,
  messageMaxS: desk.messageMaxSeconds,
  outgoing: {
    prefixes: outgoing.allowedPrefixes,
    perOperatorPerHour: outgoing.perOperatorPerHour,
    perHour: outgoing.perHour,
  },
  lines: lines.map(({ id, numbers, aheadSeconds, operators, overflowSeconds, recording }) => ({
    id,
    numbers: numbers.flatMap((number) => normaliseNumber(number) ?? []),
    aheadMs: aheadSeconds * 1_000,
    operators,
    overflowMs: overflowSeconds === null ? null : overflowSeconds * 1_000,
    welcome: null,
    recording,
  })),
})
