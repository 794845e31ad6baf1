import type { Server } from 'node:http'
import type { Logger } from 'pino'
import { lineOf } from '../calls/outlook.ts'
import type { Settings } from '../calls/settings.ts'
import { showNumber } from '../calls/number.ts'
import type { Config } from '../config.ts'
import type { Engine } from '../engine/engine.ts'
import { isCrossSite } from '../http/cross-site.ts'
import type { Sessions } from '../http/sessions.ts'
import type { Stores } from '../database/stores.ts'
import type { PageCallTokens } from '../page-call-tokens.ts'
import { pageCallView } from '../portal/call-view.ts'
import { callProblem, callWords } from '../portal/words-call.ts'
import type { SettingsBook } from '../settings/book.ts'
import type { Sounds } from '../sounds/sounds.ts'
import { PageCalls } from '../telephony/page-calls.ts'
import type { Telephony } from '../telephony/telephony.ts'

type Parts = {
  readonly http: Server
  /** Asterisk's HTTP server. */
  readonly asterisk: string
  readonly key: string
  readonly tokens: PageCallTokens
  readonly config: Pick<Config, 'publicUrl'>
  readonly telephony: Telephony
  readonly engine: Engine
  readonly line: () => Settings
  readonly settings: SettingsBook
  readonly sessions: Pick<Sessions, 'authenticate'>
  readonly stores: Pick<Stores, 'people'>
  readonly sounds: Sounds
  readonly log: Logger
  readonly now: () => number
}

/** Calls from the desk's own page, put together. */
export function createPageCalls(parts: Parts): PageCalls {
  const { telephony, engine, line, settings, sessions, stores, sounds, config, now } = parts
  const calls: PageCalls = new PageCalls({
    http: parts.http,
    asterisk: parts.asterisk,
    ari: telephony.ari,
    log: parts.log,
    key: parts.key,
    tokens: parts.tokens,
    now,
    isCrossSite: ({ headers }) => isCrossSite(headers, config.publicUrl),
    async whoAsks({ headers }) {
      const session = await sessions.authenticate(headers.cookie)
      return session === null ? null : { accountId: session.id, person: await stores.people.ofAccount(session.id) }
    },
    settings: () => settings.values.portal.pageCalls,
    takes: () => (!telephony.state.up ? 'away' : engine.state.open ? 'yes' : 'closed'),
    calls: () => engine.state.calls,
    places: () => engine.state.pagePlaces,
    onTurn: (listener) => void engine.onTurn(listener),
    view(call) {
      const position = call.status.kind === 'waiting' ? lineOf(engine.state, call.id, now(), line()).ahead.length + 1 : null
      return pageCallView(call, { settings: line(), position, nowMs: now(), textOf: (name, language) => sounds.textOf(name, language) })
    },
    problem: (problem, language) => callProblem(callWords[language], problem, settings.values.desk.phone),
    farewell: (language, reason, number) =>
      reason === 'kept' ? callWords[language].kept(showNumber(number)) : callWords[language].over[reason],
  })
  telephony.role('page', { onOpen: () => calls.provision() })
  return calls
}
