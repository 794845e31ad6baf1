import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bridgeOfLeg, callIdOf } from '../../server/calls/ids.ts'
import type { Call, Talking } from '../../server/calls/model.ts'
import { bridgesOf, legsOf } from '../../server/calls/parties.ts'
import type { Settings } from '../../server/calls/settings.ts'
import { runs } from '../support/runs.ts'
import { queue } from './asterisk.ts'
import { ringAll, settings as usual } from './scene.ts'
import { type Happening, histories, historiesWithKills, World } from './world.ts'

const anySettings = fc
  .record({
    survey: fc.boolean(),
    ringMost: fc.constantFrom(1, ringAll.ringMost),
    recording: fc.constantFrom('on-demand' as const, 'always' as const),
    wrapUpMs: fc.constantFrom(0, 20_000),
    capMs: fc.constantFrom(180_000, usual.capMs),
  })
  .map(({ recording, ...others }): Settings => ({ ...usual, ...others, lines: usual.lines.map((line) => ({ ...line, recording })) }))

const callsOf = ({ state }: World) => [...state.calls.values()]
const talksOf = (world: World) => callsOf(world).flatMap((call) => (call.status.kind === 'talking' ? [{ call, talk: call.status }] : []))
/** The phone of a page that is waited for is none any more. */
const phonesOf = (call: Call) =>
  legsOf(call).filter((leg) => call.status.kind !== 'talking' || call.status.rejoining == null || leg !== call.status.leg)
/** Of whom the desk line has yet to hear that they have gone, they are not looked for, nor are those whom they leave behind. */
const isSettled = ({ asterisk }: World, call: Call) => [call.channel, ...phonesOf(call)].every((id) => asterisk.alive(id) !== undefined)
const settled = (world: World) => talksOf(world).filter(({ call }) => isSettled(world, call))
const isApart = ({ onHold, consult, rejoining }: Talking) => rejoining != null || (consult === null ? onHold : consult.phase !== 'joined')

/** Where the operator talks: apart from the caller while somebody is asked. */
const operatorsPlace = ({ consult, bridge }: Talking) => (consult?.phase === 'talking' ? bridgeOfLeg(consult.leg) : bridge)
/** Where each of a conversation should be. */
function placesOf({ channel }: Call, talk: Talking): readonly (readonly [string, string])[] {
  const { leg, bridge, consult, rejoining } = talk
  const aside = operatorsPlace(talk)
  return [
    [channel, isApart(talk) ? queue : bridge],
    ...(rejoining == null ? [[leg, aside] as const] : []),
    ...(consult === null || consult.phase === 'ringing' ? [] : [[consult.leg, aside] as const]),
  ]
}
const placeOf = (talk: Talking) => {
  const { watch } = talk
  return watch?.phase === 'up' ? [[watch.leg, watch.mode === 'join' ? operatorsPlace(talk) : bridgeOfLeg(watch.leg)] as const] : []
}

/** What must hold after whatever happens, and who or what it does not hold for. */
const invariants: Readonly<Record<string, (world: World) => readonly unknown[]>> = {
  'everybody of a conversation is in the bridge where they should be': (world) =>
    settled(world)
      .flatMap(({ call, talk }) => [...placesOf(call, talk), ...placeOf(talk)])
      .filter(([id, bridge]) => world.asterisk.alive(id)?.bridge !== bridge),

  'who waits hears music': (world) =>
    callsOf(world)
      .filter(({ status }) => status.kind === 'waiting' || status.kind === 'transferring')
      .map(({ channel }) => world.asterisk.alive(channel))
      .filter((caller) => caller !== undefined && caller.bridge !== queue),

  'nobody who has been answered is left in silence': (world) =>
    [...world.asterisk.channels.keys()].filter((id) => {
      const { up = false, bridge = null } = world.asterisk.alive(id) ?? {}
      const call = world.state.calls.get(callIdOf(id))
      return up && bridge === null && !world.asterisk.isPlayedTo(id) && call !== undefined && isSettled(world, call)
    }),

  'no phone rings, or talks, whom nobody wants any more': ({ asterisk, state }) => {
    const wanted = new Set([...state.calls.values()].flatMap((call) => [call.channel, ...phonesOf(call)]))
    return [...asterisk.channels.keys()].filter((id) => asterisk.alive(id) !== undefined && !wanted.has(id))
  },

  'every phone that is to ring does': (world) =>
    callsOf(world).flatMap(({ offers }) => offers.filter(({ leg }) => !world.asterisk.channels.has(leg))),

  'nothing is asked of Asterisk that it cannot do': ({ asterisk }) => asterisk.refused,

  'no bridge is left of what is over': (world) => {
    const bridges = new Set([queue, ...callsOf(world).flatMap(bridgesOf)])
    return [...world.asterisk.bridges].filter((id) => !bridges.has(id))
  },

  'no recording is left of what is over': (world) => {
    const recordings = new Set(talksOf(world).map(({ talk }) => talk.recording?.name))
    return [...world.asterisk.talkRecordings.keys()].filter((name) => !recordings.has(name))
  },

  'a conversation is recorded while it should be, and only then': (world) =>
    settled(world).filter(({ talk: { recording, onHold, rejoining } }) => {
      if (recording === null || recording.phase === 'announcing') return false
      const should = recording.phase === 'paused' || onHold || rejoining != null ? 'paused' : 'on'
      const is = world.asterisk.talkRecordings.get(recording.name)?.phase
      // After a kill one that was to begin or go on may not: nothing is kept that should not be.
      return world.wasKilled ? should === 'paused' && is === 'on' : is !== should
    }),

  'an operator is heard, unless muted': (world) =>
    settled(world).filter(({ talk }) => {
      const isMuted = world.asterisk.alive(talk.leg)?.muted
      // One who was to be heard again when the service was killed says so once more.
      return talk.rejoining == null && isMuted !== talk.muted && !(isMuted === true && world.wasKilled)
    }),

  'Asterisk’s own limit is a little after the conversation’s, for everybody in it': (world) =>
    settled(world)
      .flatMap(({ call, talk }) => placesOf(call, talk).map(([id]) => [id, (world.asterisk.alive(id)?.netAt ?? 0) - talk.capAt] as const))
      .filter(([, late]) => late < 0 || late > 12_000),

  'no limit falls on anybody': ({ asterisk }) => asterisk.fallen,
}
const wrongIn = (world: World) => Object.entries(invariants).flatMap(([sentence, wrong]) => wrong(world).map((what) => [sentence, what]))

function live(happened: readonly Happening[], settings: Settings): void {
  const world = new World(settings)
  for (const one of happened) {
    world.live(one)
    expect(wrongIn(world), one.what).toEqual([])
  }
  world.everybodyLeaves()
  const { bridges, talkRecordings, messages } = world.asterisk
  expect([[...bridges], [...talkRecordings], [...messages]]).toEqual([[queue], [], []])
  expect(callsOf(world).filter(({ status }) => status.kind !== 'kept')).toEqual([])
}

describe('Asterisk has what the desk line takes it to have, nobody is left in silence, and nothing is left once everybody has gone', () => {
  it('whatever people do, and whenever it is heard of', () => {
    fc.assert(fc.property(histories, anySettings, live), { numRuns: runs(300), seed: 32 })
  })

  it('and though the service is killed between its word and the deed, and hears nothing for a while', () => {
    fc.assert(fc.property(historiesWithKills, anySettings, live), { numRuns: runs(300), seed: 32 })
  })
})
