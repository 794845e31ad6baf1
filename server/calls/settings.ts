import type { DeskSettings, LineSettings, OutgoingSettings } from '../contract/settings.ts'
import { normaliseNumber } from './number.ts'

/** What hampers many today: callers hear of it first of all, and may join it by a key. @property sound its text, told again when it changes */
export type SpokenDisruption = { readonly id: string; readonly sound: string }

export type Settings = {
  /** The newest first. */
  readonly disruptions: readonly SpokenDisruption[]
  /** The sound that tells of the closure of these days, in place of the usual hours; null: the usual closed message. */
  readonly closure: string | null
  /** How long an operator's phone rings before the next one's. */
  readonly ringMs: number
  /** How many operators' phones ring for one caller at once; 1: the one idle for longest. */
  readonly ringMost: number
  /** Music between two announcements. */
  readonly musicMs: number
  /** The longest conversation. */
  readonly capMs: number
  /** Whether it is ended then, or the operator is only warned. */
  readonly capCuts: boolean
  /** Pause before an operator who missed or declined is rung again. */
  readonly restMs: number
  readonly missesBeforePause: number
  /** How long a caller is kept for the operator of the last conversation; null: no such preference. */
  readonly stickyMs: number | null
  /** Operators who speak English, and how long a caller who asked for it is kept for them. */
  readonly speakEnglish: readonly string[]
  readonly englishMs: number
  /** A wait this long is an alarm. */
  readonly alarmMs: number
  /** How long nothing rings after a conversation; null: until the operator says ready. */
  readonly wrapUpMs: number | null
  /** A shorter voice message counts as none. */
  readonly messageMinMs: number
  readonly messageMaxS: number
  /** Whether callers are asked one question after a conversation. */
  readonly survey: boolean
  /** How long the phone of whom we call rings. */
  readonly dialMs: number
  /** How often a kept place is called, and how long after one vain attempt the next. */
  readonly attempts: number
  readonly attemptGapMs: number
  readonly outgoing: OutgoingRules
  /** The lines by which the desk is called; see lines.ts. */
  readonly lines: readonly LineRules[]
  /** When each operator is to be at the telephone by the rota, in order; none of it is known where nothing is put down. */
  readonly presences: readonly Presence[]
}

/** From `from` until `until`, in ms since 1970. */
export type Presence = { readonly operatorId: string; readonly from: number; readonly until: number }

/** The line of whoever dials a number that is no other line's; there always is one. */
export const mainLine = 'guichet'

export type LineRules = {
  readonly id: string
  /** What is dialled for it, normalised. */
  readonly numbers: readonly string[]
  /** How much earlier than they came its callers count as having come. */
  readonly aheadMs: number
  /** Who serves it; null: everybody. */
  readonly operators: readonly string[] | null
  /** After which wait other operators are rung for its callers too; null: never. */
  readonly overflowMs: number | null
  /** The sound by which its callers are welcomed; null: there is none. */
  readonly welcome: string | null
  /** Whether its conversations are recorded: never, when an operator asks, or always. */
  readonly recording: Recording
  /** Whether the limit ends its conversations, or the operator is only warned; null: as for the desk. */
  readonly limitCuts: boolean | null
}
export type Recording = 'off' | 'on-demand' | 'always'

/** What may be dialled, and how much. */
type OutgoingRules = {
  /** Beginnings of normalised numbers: `ext:`, `+335`. */
  readonly prefixes: readonly string[]
  readonly perOperatorPerHour: number
  readonly perHour: number
}

export const defaultSettings: Settings = {
  disruptions: [],
  closure: null,
  ringMs: 20_000,
  ringMost: 1,
  musicMs: 45_000,
  capMs: 15 * 60_000,
  capCuts: true,
  restMs: 5_000,
  missesBeforePause: 2,
  wrapUpMs: 120_000,
  stickyMs: null,
  speakEnglish: [],
  englishMs: 60_000,
  alarmMs: 15 * 60_000,
  messageMinMs: 2_000,
  messageMaxS: 180,
  survey: false,
  dialMs: 35_000,
  attempts: 3,
  attemptGapMs: 5 * 60_000,
  outgoing: {
    prefixes: ['ext:', '+331', '+332', '+333', '+334', '+335', '+336', '+337', '+339'],
    perOperatorPerHour: 40,
    perHour: 200,
  },
  lines: [{ id: mainLine, numbers: [], aheadMs: 0, operators: null, overflowMs: null, welcome: null, recording: 'off', limitCuts: null }],
  presences: [],
}

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
  lines: lines.map(({ id, numbers, aheadSeconds, operators, overflowSeconds, recording, limitCuts }) => ({
    id,
    numbers: numbers.flatMap((number) => normaliseNumber(number) ?? []),
    aheadMs: aheadSeconds * 1_000,
    operators,
    overflowMs: overflowSeconds === null ? null : overflowSeconds * 1_000,
    welcome: null,
    recording,
    limitCuts,
  })),
})
