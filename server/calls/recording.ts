/**
 * Recording conversations (R91): off unless a line's rule says otherwise, and never before everybody in it was told. First the
 * sentence, and once it is over the recording; who joins later is told before it goes on, in a recording of its own. While the
 * caller is apart with music nothing is kept. It is the desk's conversation that is recorded: none with somebody outside it.
 */
import type { RecordingOrder } from '../contract/http.ts'
import { sound } from './announcements.ts'
import { playbackId, talkRecordingId } from './ids.ts'
import { rulesOf } from './lines.ts'
import type { Call, DeskState, Talking, TalkRecording } from './model.ts'
import type { Turn } from './turn.ts'

const talkOf = (call: Call | undefined): Talking | null => (call?.status.kind === 'talking' ? call.status : null)
const isMade = (recording: TalkRecording | null): boolean => recording !== null && recording.phase !== 'announcing'
/** Whether the caller hears music, and nothing of what is said. */
const isApart = ({ onHold, rejoining }: Talking): boolean => onHold || rejoining != null
/** Whether it keeps nothing of what is said now. */
const rests = (talk: Talking): boolean => talk.recording?.phase === 'paused' || isApart(talk)

function tell(turn: Turn, call: Call, bridge: string, operatorId: string | null): void {
  const playback = playbackId(call)
  turn.record({ type: 'recording-announced', callId: call.id, operatorId, recording: talkRecordingId(call), playback })
  turn.perform({ type: 'announce', channel: call.channel, bridge, playback, sounds: [sound('recorded')], language: call.language })
}

/** What an operator wants of the recording. What a line always records can only be paused. */
export function orderRecording(turn: Turn, call: Call, operatorId: string, order: RecordingOrder): void {
  const talk = talkOf(call)
  const mode = rulesOf(turn.settings, call.line).recording
  if (talk === null || talk.operatorId !== operatorId) return
  const { recording, bridge } = talk
  switch (order) {
    case 'start':
      if (mode !== 'off' && recording === null && !isApart(talk)) tell(turn, call, bridge, operatorId)
      return
    case 'pause':
    case 'resume':
      if (recording?.phase === (order === 'pause' ? 'on' : 'paused'))
        turn.record({ type: 'recording-paused', callId: call.id, on: order === 'pause' })
      return
    case 'cancel':
      if (mode !== 'always' && recording !== null) turn.record({ type: 'recording-stopped', callId: call.id, reason: 'operator' })
      return
    default:
      return order satisfies never
  }
}

/** The sentence was said: what follows is recorded. A caller put apart meanwhile has not heard it, and is told again. */
export function recordingTold(turn: Turn, call: Call, playback: string): void {
  const talk = talkOf(call)
  if (talk === null || isApart(talk) || talk.recording?.phase !== 'announcing' || talk.recording.playback !== playback) return
  turn.record({ type: 'recording-started', callId: call.id, recording: talk.recording.name })
}

/** Asterisk does not record, or could not tell of it. @param target the recording, or the sentence's playback */
export function recordingFailed(turn: Turn, call: Call, target: string): void {
  const recording = talkOf(call)?.recording ?? null
  if (recording?.name === target || (recording?.playback === target && recording.phase === 'announcing'))
    turn.record({ type: 'recording-stopped', callId: call.id, reason: 'failed' })
}

/** A recording is over that the desk did not end. */
export function recordingLost(turn: Turn, call: Call, name: string): void {
  const recording = talkOf(call)?.recording ?? null
  if (isMade(recording)) recordingFailed(turn, call, name)
}

/** After an absence: what was being said is said again, what was recorded goes on. */
export function resumeRecording(turn: Turn, call: Call): void {
  const talk = talkOf(turn.call(call.id))
  if (talk?.recording == null) return
  if (talk.recording.phase !== 'announcing') keep(turn, call, talk, talk.recording)
  else if (!isApart(talk)) tell(turn, turn.latest(call), talk.bridge, null)
}

function keep(turn: Turn, { channel }: Call, talk: Talking, { name: recording }: TalkRecording): void {
  turn.perform({ type: 'record-talk', channel, bridge: talk.bridge, recording })
  if (rests(talk)) turn.perform({ type: 'pause-recording', channel, recording, on: true })
}

/** What the turn did to conversations, done to their recordings. */
export function followRecordings(turn: Turn, before: DeskState): void {
  for (const was of before.calls.values()) {
    const talk = talkOf(was)
    if (talk !== null && isMade(talk.recording)) endOther(turn, was, talk.recording)
  }
  for (const call of turn.state.calls.values()) {
    const was = talkOf(before.calls.get(call.id))
    if (call.status.kind === 'talking' && call.status !== was) follow(turn, call, call.status, was)
  }
}

function endOther(turn: Turn, { id, channel }: Call, recording: TalkRecording | null): void {
  const now = talkOf(turn.call(id))?.recording ?? null
  if (recording !== null && now?.name !== recording.name) turn.perform({ type: 'stop-recording', channel, recording: recording.name })
}

function follow(turn: Turn, call: Call, talk: Talking, was: Talking | null): void {
  const { recording, bridge, operatorId } = talk
  // Three who talk have another bridge than two.
  const isNew = was === null || was.bridge !== bridge || was.operatorId !== operatorId
  if (recording === null) {
    const always = rulesOf(turn.settings, call.line).recording === 'always'
    if (isNew && always && operatorId !== null && !isApart(talk)) tell(turn, call, bridge, null)
  } else if (was !== null && isNew) joined(turn, call, talk, recording)
  else if (recording.phase === 'announcing') {
    if (was !== null && isApart(was) && !isApart(talk)) tell(turn, call, bridge, null)
  } else if (!isMade(was?.recording ?? null) || was?.recording?.name !== recording.name) keep(turn, call, talk, recording)
  else if (was !== null && rests(was) !== rests(talk))
    turn.perform({ type: 'pause-recording', channel: call.channel, recording: recording.name, on: rests(talk) })
}

/** Somebody is there who was not told. */
function joined(turn: Turn, call: Call, { bridge }: Talking, { name, phase }: TalkRecording): void {
  if (phase === 'paused') turn.record({ type: 'recording-stopped', callId: call.id, reason: 'company' })
  else tell(turn, call, bridge, null)
  if (phase !== 'announcing') turn.perform({ type: 'stop-recording', channel: call.channel, recording: name })
}
