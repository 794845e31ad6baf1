import { setTimeout as wait } from 'node:timers/promises'
import type { Callee, Effect } from '../calls/effects.ts'
import { callIdOf } from '../calls/ids.ts'
import type { Input } from '../calls/inputs.ts'
import { type Ari, AriError, type Haste, segment } from './ari.ts'
import { queueBridge, type QueueMusic } from './queue-music.ts'

export const application = 'guichet'
/** Of the sockets that requests go over; nothing is ever in them. */
export const commandApplications: Readonly<Record<Haste, string>> = { ring: 'guichet-commands', talk: 'guichet-talks' }

/** @property shows the number that the phone shows when the effect leaves it to us: the desk's own */
export type LegTarget = { readonly endpoint: string; readonly shows?: { readonly number: string; readonly name: string } }
export type CommandPorts = {
  readonly ari: Ari
  readonly queue: QueueMusic
  readonly target: (to: Callee) => LegTarget | null
}

/**
 * One lane per call: what is said of its channels and bridges is done in that order, so that nothing is made after it was dropped.
 * A watchdog called off beside them has a lane of its own.
 */
export function laneOf(effect: Effect): string {
  switch (effect.type) {
    case 'take-over':
      return effect.beside ? `${effect.channel}~watchdog` : effect.channel
    case 'ring':
      return callIdOf(effect.leg)
    case 'connect':
      return callIdOf(effect.caller)
    case 'join':
      return callIdOf(effect.bridge)
    default:
      return callIdOf(effect.channel)
  }
}

/** Somebody waits for a telephone to ring, nobody for what else is asked in the same breath; what is asked of one call keeps its order. */
export function ringsFirst(effects: readonly Effect[]): readonly Effect[] {
  const before = new Set<string>()
  const [first, then]: [Effect[], Effect[]] = [[], []]
  for (const effect of effects) {
    const lane = laneOf(effect)
    const urgent = effect.type === 'ring' && !before.has(lane)
    ;(urgent ? first : then).push(effect)
    if (!urgent) before.add(lane)
  }
  return [...first, ...then]
}

/** What the core hears when a command fails; null when there is nothing to learn from it. A channel that is gone says so itself. */
export function failureOf(effect: Effect): Input | null {
  switch (effect.type) {
    case 'ring':
      return { type: 'command-failed', command: 'ring', target: effect.leg }
    case 'play':
      return { type: 'command-failed', command: 'play', target: effect.playback }
    case 'record':
    case 'record-talk':
      return { type: 'command-failed', command: 'record', target: effect.recording }
    case 'announce':
      return { type: 'command-failed', command: 'announce', target: effect.playback }
    case 'connect':
      return { type: 'command-failed', command: 'connect', target: effect.leg }
    default:
      return null
  }
}

/** @param haste null for a channel that may hear an announcement: the answer comes at its end then */
const setVariable = (ari: Ari, haste: Haste | null, channel: string, variable: string, value: string | number): Promise<unknown> =>
  haste === null
    ? ari.request('POST', `/channels/${segment(channel)}/variable`, { variable, value })
    : ari.atOnce(haste, 'POST', `/channels/${segment(channel)}/variable`, { variable, value })
const limit = (ari: Ari, haste: Haste | null, channel: string, seconds: number) =>
  setVariable(ari, haste, channel, 'TIMEOUT(absolute)', seconds)

/** On each phone that we ring: whose it is, for a service that knows nothing of the call. */
export const calleeVariable = 'GUICHET_FOR'
/** On each caller: `1` while in conversation. */
export const talkingVariable = 'GUICHET_TALKING'
/** On whom we talk to: the name of what was begun last to record it. */
export const recordingVariable = 'GUICHET_RECORDING'
const calleeSaid = (to: Callee): string => (to.kind === 'operator' ? `operator:${to.operatorId}` : `number:${to.number}`)
/** @returns null for what no version of ours has written */
export function readCallee(said: string): Callee | null {
  const [, kind, value = ''] = /^(operator|number):(.+)$/s.exec(said) ?? []
  if (kind === undefined) return null
  return kind === 'operator' ? { kind, operatorId: value } : { kind: 'number', number: value }
}

const [stopTries, stopAgainMs] = [20, 50]
/** Before its first sound has begun Asterisk answers 500, and would play it to its end. */
async function stopPlaying(ari: Ari, playback: string): Promise<void> {
  for (let left = stopTries; ; left -= 1) {
    try {
      await unlessGone(ari.request('DELETE', `/playbacks/${segment(playback)}`))
      return
    } catch (error) {
      if (!(error instanceof AriError && error.status === 500) || left === 0) throw error
      await wait(stopAgainMs)
    }
  }
}

/** In a bridge that was made with the telephone, nearly always: two who wait for one another to speak do not wait for the question. */
async function putTogether(ari: Ari, bridge: string, channel: string): Promise<void> {
  const add = () => ari.atOnce('talk', 'POST', `/bridges/${segment(bridge)}/addChannel`, { channel })
  try {
    await add()
  } catch (error) {
    if (!(error instanceof AriError && error.status === 404)) throw error
    await ari.request('POST', `/bridges/${segment(bridge)}`, { type: 'mixing', name: bridge }).catch(tolerate)
    await add()
  }
}

/** Perform one effect. @throws AriError, or a network error, when Asterisk did not do it. */
export async function perform(effect: Effect, { ari, queue, target }: CommandPorts): Promise<void> {
  switch (effect.type) {
    case 'take-over':
      await limit(ari, effect.beside ? 'ring' : null, effect.channel, 0)
      return
    case 'answer':
      await ari.atOnce('talk', 'POST', `/channels/${segment(effect.channel)}/answer`)
      return
    case 'hold':
      // Side by side: what follows, an announcement mostly, waits for both.
      await Promise.all([queue.join(effect.channel), limit(ari, null, effect.channel, effect.limitS)])
      return
    case 'play':
      await ari.request('POST', `/channels/${segment(effect.channel)}/play/${segment(effect.playback)}`, {
        media: effect.sounds.join(','),
        lang: effect.language,
      })
      return
    case 'stop-playing':
      await stopPlaying(ari, effect.playback)
      return
    case 'record':
      await limit(ari, null, effect.channel, effect.maxS + 60)
      // A channel in a bridge cannot be recorded; one that is in none answers 4xx here, which is as well.
      await ari.request('POST', `/bridges/${queueBridge}/removeChannel`, { channel: effect.channel }).catch(tolerate)
      await ari.request('POST', `/channels/${segment(effect.channel)}/record`, {
        name: effect.recording,
        format: 'wav',
        maxDurationSeconds: effect.maxS,
        maxSilenceSeconds: 8,
        ifExists: 'overwrite',
        beep: true,
        terminateOn: '#',
      })
      return
    case 'ring': {
      const to = target(effect.to)
      if (to === null) throw new AriError(404, 'ring', 'there is no telephone to ring')
      const shows = effect.shows ?? to.shows ?? { number: '', name: '' }
      const number = shows.number?.replace(/^ext:/, '') ?? ''
      const variables = {
        'CALLERID(num)': number,
        'CALLERID(name)': shows.name,
        'CONNECTEDLINE(num,i)': number,
        'CONNECTEDLINE(name,i)': shows.name,
        [calleeVariable]: calleeSaid(effect.to),
      }
      // It enters the application by the dialplan, once it is picked up: Asterisk would hang up what we sent there ourselves while we were away.
      const how = { endpoint: to.endpoint, context: 'legs', extension: 's', priority: 1, timeout: effect.timeoutS }
      const ring = (originator?: string) =>
        ari.atOnce('ring', 'POST', `/channels/${segment(effect.leg)}`, { ...how, originator }, { variables })
      await Promise.all([
        // 400: whoever it rings for has hung up just now, which says so itself; the telephone is at no fault.
        effect.caller === null
          ? ring()
          : ring(effect.caller).catch((error: unknown) => {
              unless(400)(error)
              return ring()
            }),
        // After the phone: it is needed only once that is answered.
        ...(effect.bridge === null
          ? []
          : [ari.atOnce('ring', 'POST', `/bridges/${segment(effect.bridge)}`, { type: 'mixing', name: effect.bridge })]),
      ])
      return
    }
    case 'connect':
      await putTogether(ari, effect.bridge, `${effect.caller},${effect.leg}`)
      await Promise.all([
        limit(ari, 'talk', effect.caller, effect.limitS),
        limit(ari, 'talk', effect.leg, effect.limitS),
        setVariable(ari, 'talk', effect.caller, talkingVariable, '1'),
      ])
      return
    case 'limit':
      await Promise.all([effect.channel, ...(effect.leg === null ? [] : [effect.leg])].map((one) => limit(ari, 'talk', one, effect.limitS)))
      return
    case 'whisper':
      // Heard by this party alone; `sayWhisper` follows when the channel that whispers has come.
      await ari.request('POST', `/channels/${segment(effect.channel)}/snoop/${segment(whisperOf(effect.channel))}`, {
        whisper: 'out',
        app: application,
        appArgs: whisperRole,
      })
      return
    case 'announce':
      await ari.request('POST', `/bridges/${segment(effect.bridge)}/play/${segment(effect.playback)}`, {
        media: effect.sounds.join(','),
        lang: effect.language,
      })
      return
    case 'leave-talk':
      await setVariable(ari, null, effect.channel, talkingVariable, '0')
      return
    case 'leave-bridge':
      await ari.atOnce('talk', 'POST', `/bridges/${segment(effect.bridge)}/removeChannel`, { channel: effect.channel }).catch(tolerate)
      return
    case 'mute':
      await ari.request(effect.on ? 'POST' : 'DELETE', `/channels/${segment(effect.channel)}/mute`, { direction: 'in' })
      return
    case 'send-keys':
      await ari.request('POST', `/channels/${segment(effect.channel)}/dtmf`, { dtmf: effect.keys })
      return
    case 'join':
      await ari.request('POST', `/bridges/${segment(effect.bridge)}/addChannel`, { channel: effect.channel })
      return
    case 'spy':
      await ari.request('POST', `/bridges/${segment(effect.bridge)}/addChannel`, { channel: effect.leg })
      // `admitSpy` takes it into that bridge when it has come.
      await ari.request('POST', `/channels/${segment(effect.channel)}/snoop/${segment(spyOf(effect.leg))}`, {
        spy: 'both',
        whisper: effect.whisper ? 'out' : 'none',
        app: application,
        appArgs: `${spyRole},${effect.bridge}`,
      })
      return
    case 'stop-spying':
      await unlessGone(ari.request('DELETE', `/channels/${segment(spyOf(effect.leg))}`))
      return
    case 'record-talk':
      await setVariable(ari, null, effect.channel, recordingVariable, effect.recording)
      // 409: it is being recorded already, said once more by a comparison.
      await ari
        .request('POST', `/bridges/${segment(effect.bridge)}/record`, { name: effect.recording, format: 'wav', ifExists: 'fail' })
        .catch(unless(409))
      return
    case 'pause-recording':
      await unlessGone(ari.request(effect.on ? 'POST' : 'DELETE', `/recordings/live/${segment(effect.recording)}/pause`))
      return
    case 'stop-recording':
      await unlessGone(ari.request('POST', `/recordings/live/${segment(effect.recording)}/stop`))
      return
    case 'hang-up':
      await unlessGone(ari.atOnce('talk', 'DELETE', `/channels/${segment(effect.channel)}`, { reason: 'normal' }))
      return
    case 'drop-bridge':
      await unlessGone(ari.atOnce('talk', 'DELETE', `/bridges/${segment(effect.bridge)}`))
      return
    default:
      return effect satisfies never
  }
}

export const spyRole = 'spy'
const spyOf = (leg: string) => `${leg}~spy`
/** A channel that spies has come: into the bridge where the supervisor waits. */
export const admitSpy = (ari: Ari, spy: string, bridge: string): Promise<unknown> =>
  ari.request('POST', `/bridges/${segment(bridge)}/addChannel`, { channel: spy })

export const whisperRole = 'whisper'
const whispering = '~whisper'
const whisperOf = (channel: string) => `${channel}${whispering}`
/** The tone, twice, into the channel that whispers. */
export const sayWhisper = (ari: Ari, whisper: string): Promise<unknown> =>
  ari.request('POST', `/channels/${segment(whisper)}/play/${segment(whisper)}`, { media: 'sound:beep,sound:beep' })
/** Whether a playback was a whisper's, whose channel has done its work. */
export const isWhisper = (playback: string): boolean => playback.endsWith(whispering)

const tolerate = (error: unknown) => {
  if (!(error instanceof AriError)) throw error
}

const unless = (status: number) => (error: unknown) => {
  if (!(error instanceof AriError && error.status === status)) throw error
}

const unlessGone = (work: Promise<unknown>) => work.catch(unless(404))
