import {
  atRest,
  become,
  inLine,
  isAtRest,
  lostPlaybackMs,
  newTalk,
  releaseTalk,
  status,
  withCall,
  withOperator,
  withTalk,
} from './change.ts'
import { evolveOutgoing } from './evolve-outgoing.ts'
import { evolveTalk } from './evolve-talk.ts'
import type { Fact } from './facts.ts'
import type { Call, DeskState, Operator } from './model.ts'
import { mainLine } from './settings.ts'
import { placeOf } from './queue.ts'
import { pageLeft, speaks, spoke, waitOver, withoutNumbers, wrapUpOver } from './remembered.ts'

/** The state after one more fact. Total: a fact about something unknown changes nothing. */
export function evolve(state: DeskState, fact: Fact): DeskState {
  const at = fact.at
  switch (fact.type) {
    case 'server-met':
      return { ...state, serverStartedAt: fact.startedAt }
    case 'desk-opened':
      return { ...state, open: true }
    case 'desk-closed':
      return { ...state, open: false }
    case 'opening-ordered':
      return { ...state, opening: { open: fact.open, by: fact.by, at, until: fact.until } }
    case 'opening-order-over':
      return { ...state, opening: null }
    case 'roster-set': {
      const operators = new Map<string, Operator>()
      for (const entry of fact.operators) {
        const known = state.operators.get(entry.id)
        operators.set(
          entry.id,
          known === undefined
            ? { ...entry, status: { kind: 'offline', since: at }, misses: 0, restUntil: 0, orderedBy: null }
            : { ...known, ...entry, phone: entry.phone ?? null },
        )
      }
      for (const [id, operator] of state.operators) {
        const busy = !isAtRest(operator.status)
        if (busy && !operators.has(id)) operators.set(id, operator)
      }
      return { ...state, operators }
    }
    case 'operator-ready':
      return withOperator(wrapUpOver(state, fact.operatorId, at), fact.operatorId, (o) => ({
        ...become({ kind: 'ready', since: at }, fact.by)(o),
        misses: 0,
        restUntil: 0,
      }))
    case 'operator-paused':
      return withOperator(state, fact.operatorId, become({ kind: 'paused', since: at, reason: fact.reason }, fact.by))
    case 'operator-at-front-desk':
      return withOperator(state, fact.operatorId, become({ kind: 'front-desk', since: at }, fact.by))
    case 'operator-left':
      return withOperator(state, fact.operatorId, become({ kind: 'offline', since: at }, fact.by))
    case 'operator-will-rest':
      return withOperator(state, fact.operatorId, (o) =>
        o.status.kind === 'talking' ? { ...o, orderedBy: fact.by ?? null, status: { ...o.status, then: fact.then } } : o,
      )
    case 'browser-phone':
      return withOperator(state, fact.operatorId, (o) => ({ ...o, browserHere: fact.here }))
    case 'wrap-up-timed':
      return withOperator(state, fact.operatorId, (o) =>
        o.status.kind === 'wrap-up' ? { ...o, status: { ...o.status, until: fact.until } } : o,
      )
    case 'call-arrived': {
      const place = placeOf(state, fact.number)
      const inEnglish = fact.number !== null && state.english[fact.number] !== undefined
      const call: Call = {
        id: fact.callId,
        channel: fact.callId,
        direction: 'in',
        owedId: null,
        line: fact.line ?? mainLine,
        rank: Math.min(fact.rank ?? at, place?.rank ?? Number.POSITIVE_INFINITY),
        order: place?.order ?? state.nextOrder,
        arrivedAt: at,
        number: fact.number,
        people: fact.people,
        status: { kind: 'ringing', since: at },
        offers: [],
        passedBy: [],
        serial: fact.serial ?? 0,
        promisedBy: null,
        alarmedAt: null,
        why: null,
        ticket: null,
        language: fact.page?.language === 'en' || inEnglish ? 'en' : 'fr',
        ...(fact.page && { page: { id: fact.page.id, signedIn: fact.page.signedIn, ticket: fact.page.ticket } }),
      }
      const pagePlaces = state.pagePlaces.filter(({ page }) => page !== fact.page?.after)
      const arrived = { ...state, nextOrder: state.nextOrder + 1, calls: new Map(state.calls).set(call.id, call), pagePlaces }
      return inEnglish && fact.number !== null ? speaks(arrived, fact.number, 'en', at) : arrived
    }
    case 'caller-identified':
      return withCall(state, fact.callId, (c) => ({ ...c, people: fact.people }))
    case 'call-queued':
      return withCall(state, fact.callId, (c) => ({
        ...c,
        ...toldOf(c, fact),
        serial: c.serial + 1,
        status: inLine(fact.announcement, at),
      }))
    case 'announcement-started':
      return withCall(state, fact.callId, (c) =>
        c.status.kind !== 'waiting'
          ? c
          : {
              ...c,
              serial: c.serial + 1,
              ...toldOf(c, fact),
              promisedBy: fact.promisedBy ?? c.promisedBy,
              status: { ...inLine(fact.announcement, at), since: c.status.since },
            },
      )
    case 'ticket-found':
      return withCall(state, fact.callId, (c) => ({ ...c, ticket: { news: fact.ticket, told: false } }))
    case 'ticket-told':
      return withCall(state, fact.callId, (c) =>
        c.status.kind !== 'waiting' || c.ticket === null
          ? c
          : {
              ...c,
              serial: c.serial + 1,
              ticket: { ...c.ticket, told: true },
              status: { ...c.status, playing: fact.announcement, nextAnnouncementAt: at + lostPlaybackMs, aboutTicket: true },
            },
      )
    case 'wait-alarm':
      return withCall(state, fact.callId, (c) => ({
        ...c,
        alarmedAt: at,
        // Music gives way to what can be done other than wait; what is being said, or keyed in, ends first.
        status:
          c.status.kind === 'waiting' && c.status.playing === null && c.status.keeping === null
            ? { ...c.status, nextAnnouncementAt: at }
            : c.status,
      }))
    case 'announcement-ended':
      return withCall(state, fact.callId, (c) => {
        const { status: was } = c
        if (was.kind === 'waiting') return { ...c, status: { ...was, playing: null, nextAnnouncementAt: fact.nextAt } }
        if (was.kind !== 'message' || was.asking === undefined) return c
        return { ...c, status: { ...was, playing: null, asking: { ...was.asking, nextAt: fact.nextAt } } }
      })
    case 'closed-message-started':
      return withCall(waitOver(state, fact.callId, at, false), fact.callId, (c) => ({
        ...c,
        ...toldOf(c, fact),
        serial: c.serial + 1,
        // Known as it begins, it is part of it.
        ticket: c.ticket === null ? null : { ...c.ticket, told: true },
        status: { kind: 'closed', since: at, playing: fact.announcement },
      }))
    case 'message-invited':
      return withCall(waitOver(state, fact.callId, at, true), fact.callId, (c) => ({
        ...c,
        serial: c.serial + 1,
        status: {
          kind: 'message',
          since: at,
          recording: fact.recording,
          playing: fact.announcement,
          ...(fact.asks && { asking: { keeping: fact.asks, nextAt: at + lostPlaybackMs } }),
        },
      }))
    case 'message-number-asked':
      return withCall(state, fact.callId, (c) =>
        c.status.kind !== 'message'
          ? c
          : {
              ...c,
              serial: c.serial + 1,
              status: { ...c.status, playing: fact.announcement, asking: { keeping: fact.keeping, nextAt: at + lostPlaybackMs } },
            },
      )
    case 'message-numbered':
      return withCall(state, fact.callId, (c) =>
        c.status.kind !== 'message'
          ? c
          : {
              ...c,
              serial: c.serial + 1,
              number: fact.number ?? c.number,
              status: { kind: 'message', since: at, recording: c.status.recording, playing: fact.announcement },
            },
      )
    case 'message-started':
      return withCall(state, fact.callId, status({ kind: 'message', since: at, recording: fact.recording, playing: null }))
    case 'message-left':
    case 'survey-answered':
      return state
    case 'disruption-joined':
      return withCall(state, fact.callId, (c) => ({ ...c, number: fact.number }))
    case 'offer-made': {
      const offered = withCall(state, fact.callId, (c) => ({
        ...c,
        serial: c.serial + 1,
        offers: [...c.offers, { operatorId: fact.operatorId, leg: fact.leg, madeAt: at, why: fact.why ?? null }],
        why: fact.why ?? null,
      }))
      return withOperator(offered, fact.operatorId, (o) => ({
        ...o,
        status: { kind: 'offered', since: at, callId: fact.callId, before: atRest(o.status) },
      }))
    }
    case 'offer-ended': {
      const missed = fact.reason === 'no-answer' || fact.reason === 'unreachable'
      const passed = missed || fact.reason === 'declined'
      const freed = withCall(state, fact.callId, (c) => ({
        ...c,
        offers: c.offers.filter((o) => o.operatorId !== fact.operatorId),
        passedBy: passed && !c.passedBy.includes(fact.operatorId) ? [...c.passedBy, fact.operatorId] : c.passedBy,
      }))
      return withOperator(freed, fact.operatorId, (o) => ({
        ...o,
        misses: missed ? o.misses + 1 : o.misses,
        restUntil: fact.restUntil,
        status: o.status.kind === 'offered' ? o.status.before : o.status,
      }))
    }
    case 'call-answered': {
      const { callId, operatorId, leg, bridge, capAt } = fact
      const talking = withCall(waitOver(state, callId, at, false), callId, (c) => ({
        ...c,
        offers: [],
        promisedBy: null,
        serial: Math.max(c.serial, fact.serial ?? 0),
        why: c.offers.find((o) => o.operatorId === operatorId)?.why ?? c.why,
        status: newTalk({ operatorId, outside: null, leg, bridge, capAt }, at),
      }))
      return withOperator(spoke(talking, callId, operatorId, at), operatorId, (o) => ({
        ...o,
        misses: 0,
        orderedBy: null,
        status: { kind: 'talking', since: at, callId, then: o.status.kind === 'talking' ? o.status.then : null },
      }))
    }
    case 'language-chosen': {
      const number = state.calls.get(fact.callId)?.number ?? null
      // Told in the language before, it is told again.
      const said = withCall(state, fact.callId, (c) => ({
        ...c,
        language: fact.language,
        ticket: c.ticket === null ? null : { ...c.ticket, told: false },
      }))
      return number === null ? said : speaks(said, number, fact.language, at)
    }
    case 'numbers-forgotten':
      return withoutNumbers(state, (moment) => moment < fact.before || fact.remembered.includes(moment))
    case 'limit-extended':
      return withTalk(state, fact.callId, (talk) => ({ ...talk, capAt: fact.capAt, extensions: talk.extensions + 1, warned: 'none' }))
    case 'limit-warned':
      return withCall(
        withTalk(state, fact.callId, (talk) => ({ ...talk, warned: fact.how })),
        fact.callId,
        (c) => ({ ...c, serial: c.serial + 1 }),
      )
    case 'caller-held':
      return withTalk(state, fact.callId, (talk) => ({ ...talk, onHold: true }))
    case 'caller-resumed':
      return withTalk(state, fact.callId, (talk) => ({ ...talk, onHold: false }))
    case 'place-asked':
    case 'number-keyed':
    case 'place-kept':
    case 'place-left':
    case 'place-due':
    case 'call-placed':
    case 'dialling-started':
    case 'dialling-ended':
    case 'outgoing-refused':
      return evolveOutgoing(state, fact)
    case 'operator-muted':
    case 'consult-started':
    case 'target-passed':
    case 'consult-answered':
    case 'consult-ended':
    case 'conference-joined':
    case 'transfer-started':
    case 'transfer-failed':
    case 'call-transferred':
    case 'watch-started':
    case 'watch-answered':
    case 'watch-changed':
    case 'watch-ended':
    case 'recording-announced':
    case 'recording-started':
    case 'recording-paused':
    case 'recording-stopped':
    case 'operator-lost':
    case 'operator-rung-again':
    case 'operator-back':
    case 'caller-requeued':
      return evolveTalk(state, fact)
    case 'farewell-started':
      return withCall(releaseTalk(waitOver(state, fact.callId, at, fact.reason === 'attached'), fact.callId, at), fact.callId, (c) => ({
        ...c,
        serial: c.serial + 1,
        status: { kind: 'ending', since: at, playing: fact.announcement, reason: fact.reason, asks: fact.asks ?? false },
      }))
    case 'call-ended': {
      const left = pageLeft(state, fact.callId, at, fact.by === 'caller' || fact.reason === 'cut')
      const released = releaseTalk(waitOver(left, fact.callId, at, fact.reason === 'abandoned'), fact.callId, at)
      const calls = new Map(released.calls)
      calls.delete(fact.callId)
      return { ...released, calls }
    }
    default:
      return fact satisfies never
  }
}

const toldOf = ({ heardOf = [] }: Call, { disruption }: { readonly disruption?: string }) =>
  disruption === undefined ? {} : { toldOf: disruption, heardOf: [...heardOf.filter((one) => one !== disruption), disruption] }
