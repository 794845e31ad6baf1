import { describe, expect, it } from 'vitest'
import { evolve } from '../../server/calls/evolve.ts'
import type { Fact } from '../../server/calls/facts.ts'
import { emptyDesk, type Target } from '../../server/calls/model.ts'
import { claire, nine, Scene } from './scene.ts'

/* Facts that name what is not there, as a log may that was cut: they are folded without harm, and change nothing of what is there. */

type Kind = Fact['type']
type Rest<K extends Kind> = Omit<Extract<Fact, { type: K }>, 'at' | 'type' | 'callId'>
const fact = <K extends Kind>(type: K, rest: Rest<K>): Fact => ({ at: nine, type, callId: 'gone', ...rest }) as unknown as Fact
const announcement = { playback: 'p', sounds: [] }
const bruno: Target = { kind: 'operator', operatorId: 'nobody', name: 'Nobody' }
const leg = { leg: 'gone~leg1', bridge: 'gone~leg1~bridge' }
const operatorId = 'nobody'

const facts: readonly Fact[] = [
  fact('caller-identified', { people: [claire] }),
  fact('call-queued', { announcement }),
  fact('announcement-started', { announcement, promisedBy: null }),
  fact('announcement-ended', { nextAt: 0 }),
  fact('wait-alarm', {}),
  fact('closed-message-started', { announcement }),
  fact('message-invited', { recording: 'r', announcement }),
  fact('message-number-asked', { keeping: { step: 'keying', digits: '' }, announcement }),
  fact('message-numbered', { number: '+33561551234', announcement }),
  fact('message-started', { recording: 'r' }),
  fact('message-left', { recording: 'r', durationMs: 1 }),
  fact('offer-made', { operatorId, leg: 'gone~leg1' }),
  fact('offer-ended', { operatorId, reason: 'no-answer', restUntil: 0 }),
  fact('call-answered', { operatorId, ...leg, capAt: 0 }),
  fact('place-left', {}),
  fact('place-due', {}),
  fact('number-keyed', { digits: '0', nextAt: 0 }),
  fact('language-chosen', { language: 'en' }),
  fact('limit-extended', { operatorId, reason: 'x', capAt: 0 }),
  fact('limit-warned', { how: 'passed' }),
  fact('operator-muted', { on: true }),
  fact('consult-started', { operatorId, target: bruno, leg: 'l', tone: 't' }),
  fact('consult-answered', {}),
  fact('consult-ended', { reason: 'left' }),
  fact('conference-joined', { bridge: 'b' }),
  fact('transfer-started', { operatorId, target: bruno, leg: 'l' }),
  fact('transfer-failed', { reason: 'busy', announcement }),
  fact('call-transferred', { operatorId, target: bruno, ...leg, capAt: 0 }),
  fact('watch-started', { supervisorId: operatorId, leg: 'l', mode: 'listen' }),
  fact('watch-answered', {}),
  fact('watch-changed', { mode: 'join' }),
  fact('watch-ended', {}),
  fact('recording-started', { recording: 'r' }),
  fact('recording-paused', { on: true }),
  fact('recording-stopped', { reason: 'failed' }),
  fact('operator-lost', {}),
  fact('operator-rung-again', { leg: null }),
  fact('operator-back', { leg: 'l' }),
  fact('caller-requeued', { announcement }),
  fact('caller-held', {}),
  fact('caller-resumed', {}),
  fact('farewell-started', { announcement, reason: 'closed' }),
  fact('survey-answered', { rating: 1 }),
  fact('call-ended', { reason: 'completed', by: 'caller' }),
  fact('dialling-ended', { operatorId, reason: 'busy', nextAt: null }),
  { at: nine, type: 'operator-ready', operatorId },
  { at: nine, type: 'operator-paused', operatorId, reason: 'x' },
  { at: nine, type: 'operator-at-front-desk', operatorId },
  { at: nine, type: 'operator-left', operatorId },
  { at: nine, type: 'operator-will-rest', operatorId, then: null },
  { at: nine, type: 'browser-phone', operatorId, here: false },
  { at: nine, type: 'wrap-up-timed', operatorId, until: 0 },
]

function busy() {
  const scene = Scene.open('alice')
  scene.arrives('c1')
  scene.answers('c1')
  scene.arrives('c2', '+33561559999')
  return scene.state
}

describe('of a call or an operator that is not known', () => {
  it.each(facts.map((one) => [one.type, one] as const))('%s changes no call and nobody that is known', (_type, one) => {
    const before = busy()
    const after = evolve(before, one)
    expect([...after.calls]).toEqual([...before.calls])
    expect([...after.operators]).toEqual([...before.operators])
    const nothing = evolve(emptyDesk, one)
    expect([nothing.calls.size, nothing.operators.size]).toEqual([0, 0])
  })
})

describe('of a call that waits', () => {
  const inConversation: readonly Kind[] = [
    'operator-muted',
    'consult-answered',
    'consult-ended',
    'conference-joined',
    'watch-answered',
    'watch-changed',
    'watch-ended',
    'recording-started',
    'recording-paused',
    'recording-stopped',
    'operator-rung-again',
    'operator-back',
    'caller-held',
    'caller-resumed',
    'limit-extended',
    'limit-warned',
    'place-due',
    'message-number-asked',
    'message-numbered',
  ]
  it.each(facts.filter(({ type }) => inConversation.includes(type)).map((one) => [one.type, one] as const))(
    '%s, which is of another moment, changes nothing',
    (_type, one) => {
      const scene = Scene.open()
      scene.arrives('gone')
      const before = scene.state
      expect(evolve(before, one).calls.get('gone')?.status).toEqual(before.calls.get('gone')?.status)
    },
  )
})
