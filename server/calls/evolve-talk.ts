import { afterTalk, atRest, engageOperator, inLine, newTalk, releaseOperator, status, withCall, withOperator, withTalk } from './change.ts'
import type { Fact } from './facts.ts'
import type { Call, DeskState, Talking, TalkRecording, Target } from './model.ts'
import { countDialled } from './evolve-outgoing.ts'
import { isInternal } from './number.ts'
import { talkOver } from './remembered.ts'

/** Facts of a conversation with more than two parties. */
export type TalkFact = Extract<
  Fact,
  {
    type:
      | 'operator-muted'
      | 'consult-started'
      | 'target-passed'
      | 'consult-answered'
      | 'consult-ended'
      | 'conference-joined'
      | 'transfer-started'
      | 'transfer-failed'
      | 'call-transferred'
      | 'watch-started'
      | 'watch-answered'
      | 'watch-changed'
      | 'watch-ended'
      | 'recording-announced'
      | 'recording-started'
      | 'recording-paused'
      | 'recording-stopped'
      | 'operator-lost'
      | 'operator-rung-again'
      | 'operator-back'
      | 'caller-requeued'
  }
>

const bumped = (state: DeskState, id: string): DeskState => withCall(state, id, (c) => ({ ...c, serial: c.serial + 1 }))

/** @see evolve */
export function evolveTalk(state: DeskState, fact: TalkFact): DeskState {
  const { at, callId } = fact
  switch (fact.type) {
    case 'operator-muted':
      return withTalk(state, callId, (talk) => ({ ...talk, muted: fact.on }))
    case 'consult-started': {
      const { target, leg, tone } = fact
      const asked = withTalk(state, callId, (talk) => ({
        ...talk,
        onHold: true,
        consult: { target, leg, tone, since: at, phase: 'ringing' },
      }))
      return rings(bumped(asked, callId), { target, callId, at, by: fact.operatorId })
    }
    case 'target-passed': {
      const { target, leg } = fact
      const rung = targetRung(state, callId)
      if (rung === null) return state
      const freed = frees(state, rung.target, callId, at)
      const passed = withCall(freed, callId, (c) => ({
        ...c,
        serial: c.serial + 1,
        status: rungInstead(c.status, { target, leg, since: at }),
      }))
      return rings(passed, { target, callId, at, by: rung.by })
    }
    case 'consult-answered': {
      const target = consultedBy(state, callId)
      const talking = withTalk(state, callId, (talk) => ({
        ...talk,
        consult: talk.consult === null ? null : { ...talk.consult, phase: 'talking', since: at },
      }))
      return target === null ? talking : engage(talking, target, callId, at)
    }
    case 'consult-ended': {
      const target = consultedBy(state, callId)
      const back = withTalk(state, callId, (talk) => ({ ...talk, onHold: false, consult: null }))
      return target === null ? back : frees(back, target, callId, at)
    }
    case 'conference-joined':
      return withTalk(state, callId, (talk) => ({
        ...talk,
        onHold: false,
        bridge: fact.bridge,
        consult: talk.consult === null ? null : { ...talk.consult, phase: 'joined' },
      }))
    case 'transfer-started': {
      const { operatorId, target, leg } = fact
      const left = finishTalk(state, callId, at)
      const handed = withCall(left, callId, status({ kind: 'transferring', since: at, from: operatorId, target, leg }))
      return consultedBy(state, callId) === null ? rings(bumped(handed, callId), { target, callId, at, by: operatorId }) : handed
    }
    case 'transfer-failed': {
      const call = state.calls.get(callId)
      const freed = call?.status.kind === 'transferring' ? frees(state, call.status.target, callId, at) : state
      return withCall(freed, callId, (c) => ({ ...c, serial: c.serial + 1, status: inLine(fact.announcement, at) }))
    }
    case 'call-transferred': {
      const { target, leg, bridge, capAt } = fact
      const talk = state.calls.get(callId)?.status
      const left = talk?.kind === 'talking' ? finishTalk(state, callId, at) : state
      const had = withCall(left, callId, status(newTalk({ ...whoHas(target), leg, bridge, capAt }, at)))
      return engage(had, target, callId, at)
    }
    case 'watch-started': {
      const { supervisorId, leg, mode } = fact
      const there = withTalk(state, callId, (talk) => ({ ...talk, watch: { supervisorId, leg, mode, since: at, phase: 'ringing' } }))
      return withOperator(bumped(there, callId), supervisorId, (o) => ({
        ...o,
        status: { kind: 'watching', since: at, callId, before: atRest(o.status) },
      }))
    }
    case 'watch-answered':
      return withTalk(state, callId, (talk) => ({ ...talk, watch: talk.watch === null ? null : { ...talk.watch, phase: 'up' } }))
    case 'watch-changed':
      return withTalk(state, callId, (talk) => ({ ...talk, watch: talk.watch === null ? null : { ...talk.watch, mode: fact.mode } }))
    case 'watch-ended': {
      const talk = state.calls.get(callId)?.status
      const supervisorId = talk?.kind === 'talking' ? talk.watch?.supervisorId : undefined
      const left = withTalk(state, callId, (t) => ({ ...t, watch: null }))
      return supervisorId === undefined ? left : releaseOperator(left, supervisorId, callId, at)
    }
    case 'recording-announced': {
      const { recording: name, playback } = fact
      return bumped(
        withTalk(state, callId, (talk) => ({ ...talk, recording: { name, playback, phase: 'announcing' } })),
        callId,
      )
    }
    case 'recording-started':
      return withTalk(state, callId, inPhase('on'))
    case 'recording-paused':
      return withTalk(state, callId, inPhase(fact.on ? 'paused' : 'on'))
    case 'operator-lost':
      return withTalk(state, callId, (talk) => ({ ...talk, rejoining: { since: at, leg: null } }))
    case 'operator-rung-again': {
      const { leg } = fact
      const rung = withTalk(state, callId, (talk) => ({ ...talk, rejoining: talk.rejoining == null ? null : { ...talk.rejoining, leg } }))
      return leg === null ? rung : bumped(rung, callId)
    }
    case 'operator-back':
      return withTalk(state, callId, (talk) => ({ ...talk, leg: fact.leg, rejoining: null }))
    case 'caller-requeued':
      return withCall(finishTalk(state, callId, at), callId, (c) => ({
        ...c,
        serial: c.serial + 1,
        status: inLine(fact.announcement, at),
      }))
    case 'recording-stopped':
      return withTalk(state, callId, (talk) => ({ ...talk, recording: null }))
    default:
      return fact satisfies never
  }
}

const inPhase = (phase: TalkRecording['phase']) => (talk: Talking) =>
  talk.recording === null ? talk : { ...talk, recording: { ...talk.recording, phase } }

function consultedBy(state: DeskState, callId: string): Target | null {
  const talk = state.calls.get(callId)?.status
  return talk?.kind === 'talking' ? (talk.consult?.target ?? null) : null
}

/** Whose phone rings to be asked or handed the caller, and on whose behalf. */
function targetRung(state: DeskState, callId: string): { readonly target: Target; readonly by: string } | null {
  const now = state.calls.get(callId)?.status
  if (now?.kind === 'transferring') return { target: now.target, by: now.from }
  return now?.kind === 'talking' && now.consult !== null && now.operatorId !== null
    ? { target: now.consult.target, by: now.operatorId }
    : null
}

type Rung = { readonly target: Target; readonly leg: string; readonly since: number }
function rungInstead(now: Call['status'], rung: Rung): Call['status'] {
  if (now.kind === 'transferring') return { ...now, ...rung }
  return now.kind === 'talking' && now.consult !== null ? { ...now, consult: { ...now.consult, ...rung } } : now
}

/** The operator of a conversation leaves it; who was asked stays. */
function finishTalk(state: DeskState, callId: string, at: number): DeskState {
  const talk = state.calls.get(callId)?.status
  if (talk?.kind !== 'talking' || talk.operatorId === null) return state
  const freed = withOperator(state, talk.operatorId, (o) => ({ ...o, status: afterTalk(o, callId, at) }))
  return talkOver(freed, at - talk.since)
}

type Ringing = { readonly target: Target; readonly callId: string; readonly at: number; readonly by: string }
function rings(state: DeskState, { target, callId, at, by }: Ringing): DeskState {
  if (target.kind === 'number') return isInternal(target.number) ? state : countDialled(state, { at, by })
  return withOperator(state, target.operatorId, (o) => ({ ...o, status: { kind: 'offered', since: at, callId, before: atRest(o.status) } }))
}

const engage = (state: DeskState, target: Target, callId: string, at: number): DeskState =>
  target.kind === 'number' ? state : engageOperator(state, target.operatorId, callId, at)

const frees = (state: DeskState, target: Target, callId: string, at: number): DeskState =>
  target.kind === 'number' ? state : releaseOperator(state, target.operatorId, callId, at)

const whoHas = (target: Target) =>
  target.kind === 'operator' ? { operatorId: target.operatorId, outside: null } : { operatorId: null, outside: target }
