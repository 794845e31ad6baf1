import type { Language } from '../calls/announcements.ts'
import { asksForNumber, choicesOf, type Choice } from '../calls/choices.ts'
import type { Call } from '../calls/model.ts'
import type { Settings } from '../calls/settings.ts'
import type { PageCallView } from '../contract/page-calls.ts'
import { callWords, type CallWords } from './words-call.ts'

type Parts = {
  readonly settings: Settings
  /** 1 for the next to be served; null when not waiting. */
  readonly position: number | null
  readonly nowMs: number
  /** What an announcement says; null: it is a recording, or unknown. */
  readonly textOf: (name: string, language: Language) => string | null
}
type Said = PageCallView['said'][number]

/** What a caller at a page hears at this moment, for who reads it; in the call's own language. */
export function pageCallView(call: Call, { settings, position, nowMs, textOf }: Parts): PageCallView {
  const { status, language } = call
  const t = callWords[language]
  const playing = 'playing' in status ? status.playing : null
  const since = status.kind === 'talking' ? status.since : call.arrivedAt
  return {
    state: stateOf(call),
    title: titleOf(t, call, position),
    hint: asksForNumber(call) ? t.figuresHint : status.kind === 'waiting' || status.kind === 'ringing' ? t.waitingHint : '',
    said: playing === null ? [] : saidOf(playing.sounds, language, textOf),
    choices: choicesOf(call, settings).map((choice) => ({ key: choice.key, label: labelOf(t, choice) })),
    figures: asksForNumber(call),
    seconds: Math.max(0, Math.round((nowMs - since) / 1_000)),
  }
}

function stateOf({ status }: Call): PageCallView['state'] {
  switch (status.kind) {
    case 'talking':
    case 'message':
    case 'ringing':
      return status.kind
    case 'waiting':
    case 'transferring':
      return 'waiting'
    default:
      return 'ending'
  }
}

function titleOf(t: CallWords, { status }: Call, position: number | null): string {
  switch (status.kind) {
    case 'ringing':
      return t.state.ringing
    case 'waiting':
      return position === null ? t.state.waiting : t.state.position(position)
    case 'closed':
      return t.state.closed
    case 'message':
      if (status.asking !== undefined) return t.state.messageNumber
      return status.playing === null ? t.state.message : t.state.messageSoon
    case 'transferring':
      return t.state.transferring
    case 'talking':
      return status.onHold || (status.consult !== null && status.consult.phase !== 'joined') || status.rejoining != null
        ? t.state.held
        : t.state.talking
    default:
      return t.state.ending
  }
}

const labelOf = (t: CallWords, { key, name }: Choice): string => (name === 'rating' ? t.rating(Number(key)) : t.choice[name])

/** Figures said one by one are read as one number. */
function saidOf(sounds: readonly string[], language: Language, textOf: Parts['textOf']): readonly Said[] {
  const said: Said[] = []
  let figures = ''
  const tell = () => {
    if (figures !== '') said.push({ text: figures.replace(/(\d\d)(?=\d)/g, '$1\u00a0'), lang: language })
    figures = ''
  }
  for (const sound of sounds) {
    const [, figure] = /^sound:digits\/(\d)$/.exec(sound) ?? []
    const [, name] = /^sound:guichet\/(.+)$/.exec(sound) ?? []
    if (figure !== undefined) figures += figure
    if (name === undefined) continue
    tell()
    const text = textOf(name, language)
    if (text !== null) said.push({ text, lang: name === 'other-language' ? (language === 'fr' ? 'en' : 'fr') : language })
  }
  tell()
  return said
}
