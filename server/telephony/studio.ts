import { randomUUID } from 'node:crypto'
import type { Logger } from 'pino'
import type { Spoken } from '../calls/announcements.ts'
import type { PhoneProgress, PhoneTask, SoundDraft } from '../contract/announcements.ts'
import { ServiceError } from '../errors.ts'
import { longestS } from '../sounds/bring.ts'
import { type Ari, AriError, segment } from './ari.ts'
import { application, type LegTarget } from './commands.ts'
import type { AriEvent } from './events.ts'
import type { SideRole } from './telephony.ts'
import { Waits } from './waits.ts'

export const studioRole = 'studio'
const prefix = 'studio-'
const ringS = 30
const silenceS = 5
const gone = 404

const said = (name: string, text: string): Spoken => ({ name: `${prefix}${name}`, language: 'fr', text })
/** What the recording telephone says to whoever answers it. */
export const studioVoices: readonly Spoken[] = [
  said('invite', 'Enregistrement d’une annonce. Parlez après le bip, puis appuyez sur la touche dièse.'),
  said('replay', 'Voici votre enregistrement.'),
  said('accept', 'Pour le mettre en service, validez-le dans la console. Au revoir.'),
  said('nothing', 'Nous n’avons rien entendu. Au revoir.'),
]
const media = (name: string) => `sound:guichet/${prefix}${name}`

type StudioPorts = {
  readonly ari: Ari
  readonly log: Logger
  readonly target: (operatorId: string) => LegTarget | null
  /** The demo's telephone answers by itself, as soon as it rings. */
  readonly pickUp: (leg: string, kind: PhoneTask['kind']) => void
  /** Make a recording into a draft. @throws ServiceError `sound_…` */
  readonly take: (wav: Buffer) => Promise<SoundDraft>
  /** How a telephone is played that sound; null when it is unknown. */
  readonly mediaOf: (sound: string) => string | null
  readonly onChange: () => void
}

/** Why a task ended badly, as the console tells it. */
function reasonOf(error: unknown): PhoneProgress['reason'] {
  if (error instanceof NoAnswer || (error instanceof AriError && error.status === gone)) return 'no-answer'
  if (!(error instanceof ServiceError)) return 'telephony'
  return error.code === 'sound_empty' ? 'empty' : error.code === 'sound_too_long' ? 'too-long' : 'telephony'
}

class NoAnswer extends Error {}

/**
 * Announcements at a telephone: it rings, and whoever answers records one after the beep and hears it back, or listens to one.
 * Nothing here is a call of the desk line.
 */
export class Studio implements SideRole {
  readonly #ports: StudioPorts
  readonly #waits = new Waits<AriEvent>()
  /** The last task of each account, by the account's id. */
  readonly #tasks = new Map<string, PhoneProgress & { readonly operatorId: string }>()

  constructor(ports: StudioPorts) {
    this.#ports = ports
  }

  readonly onStart = ({ channel, ...event }: Extract<AriEvent, { type: 'StasisStart' }>): void =>
    this.#waits.settle(`start:${channel.id}`, { channel, ...event })

  readonly onEvent = (event: AriEvent): void => {
    switch (event.type) {
      case 'PlaybackFinished':
        return this.#waits.settle(`playback:${event.playback.id}`, event)
      case 'RecordingFinished':
      case 'RecordingFailed':
        return this.#waits.settle(`recording:${event.recording.name}`, event)
      case 'ChannelDestroyed':
        return this.#waits.abandon(event.channel.id, new NoAnswer('hung up'))
      default:
    }
  }

  /** Telephones that an earlier run of the service was ringing are let go. */
  readonly onOpen = async (): Promise<void> => {
    const channels = (await this.#ports.ari.request('GET', '/channels')) as readonly { readonly id: string }[]
    for (const { id } of channels) if (id.startsWith(prefix)) await this.#hangUp(id)
  }

  /** How far the account's last task is; null when there was none. */
  progress(accountId: string): PhoneProgress | null {
    const task = this.#tasks.get(accountId)
    if (task === undefined) return null
    const { operatorId: _operatorId, ...progress } = task
    return progress
  }

  /**
   * Ring a telephone for an account; what follows is told by `progress`.
   * @throws ServiceError `no_phone`, `conflict` when that telephone is at it already, `not_found` for an unknown sound
   */
  begin(accountId: string, task: PhoneTask): PhoneProgress {
    const target = this.#ports.target(task.operatorId)
    if (target === null) throw new ServiceError('no_phone')
    if ([...this.#tasks.values()].some((t) => t.operatorId === task.operatorId && !isOver(t))) throw new ServiceError('conflict')
    const toPlay = task.kind === 'listen' ? this.#ports.mediaOf(task.sound) : null
    if (task.kind === 'listen' && toPlay === null) throw new ServiceError('not_found')
    const { kind, operatorId } = task
    const begun = { id: `${prefix}${randomUUID()}`, kind, operatorId, stage: 'ringing', reason: null, draft: null } as const
    this.#tasks.set(accountId, begun)
    this.#ports.pickUp(begun.id, kind)
    void this.#run(accountId, begun.id, target, toPlay)
    return { id: begun.id, kind, stage: 'ringing', reason: null, draft: null }
  }

  /** Let the telephone go. */
  async end(accountId: string): Promise<void> {
    const task = this.#tasks.get(accountId)
    if (task !== undefined && !isOver(task)) await this.#hangUp(task.id)
  }

  async #run(accountId: string, channel: string, target: LegTarget, toPlay: string | null): Promise<void> {
    const tell = (change: Partial<PhoneProgress>) => this.#tell(accountId, channel, change)
    try {
      await this.#ring(channel, target)
      if (toPlay === null) await this.#record(channel, tell)
      else {
        tell({ stage: 'playing' })
        await this.#play(channel, toPlay)
      }
      tell({ stage: 'done' })
    } catch (error) {
      // Whoever hung up after recording, or while listening, has what they came for.
      const { stage, draft } = this.#tasks.get(accountId) ?? {}
      if (stage === 'playing' || (draft !== null && draft !== undefined)) tell({ stage: 'done' })
      else tell({ stage: 'failed', reason: reasonOf(error) })
      if (reasonOf(error) === 'telephony')
        this.#ports.log.warn({ reason: (error as Error).message }, 'A telephone could not be recorded at')
    } finally {
      await this.#hangUp(channel)
    }
  }

  /** Made in one piece: a channel that was created and then dialled plays, but does not record. */
  async #ring(channel: string, { endpoint }: LegTarget): Promise<void> {
    const answered = this.#waits.wait(`start:${channel}`, (ringS + 5) * 1_000, channel)
    await this.#ports.ari.request('POST', `/channels/${segment(channel)}`, {
      endpoint,
      app: application,
      appArgs: studioRole,
      callerId: '"Annonces" <guichet>',
      timeout: ringS,
    })
    await answered
  }

  async #record(channel: string, tell: (change: Partial<PhoneProgress>) => void): Promise<void> {
    const { ari, take, mediaOf } = this.#ports
    tell({ stage: 'speaking' })
    await this.#play(channel, media('invite'))
    tell({ stage: 'recording' })
    const recorded = this.#waits.wait(`recording:${channel}`, (longestS + 10) * 1_000)
    await ari.request('POST', `/channels/${segment(channel)}/record`, {
      name: channel,
      format: 'wav',
      maxDurationSeconds: longestS,
      maxSilenceSeconds: silenceS,
      ifExists: 'overwrite',
      beep: true,
      terminateOn: '#',
    })
    await recorded
    try {
      const draft = await take(await ari.download(`/recordings/stored/${segment(channel)}/file`))
      tell({ stage: 'playing', draft })
      await this.#play(channel, [media('replay'), mediaOf(draft.sound), media('accept')].join(','))
    } catch (error) {
      if (error instanceof ServiceError) await this.#play(channel, media('nothing')).catch(() => undefined)
      throw error
    } finally {
      await ari.request('DELETE', `/recordings/stored/${segment(channel)}`).catch(() => undefined)
    }
  }

  async #play(channel: string, sounds: string): Promise<void> {
    const playback = `${channel}~${randomUUID()}`
    const ended = this.#waits.wait(`playback:${playback}`, (longestS + 30) * 1_000, channel)
    await this.#ports.ari.request('POST', `/channels/${segment(channel)}/play/${segment(playback)}`, { media: sounds, lang: 'fr' })
    await ended
  }

  #tell(accountId: string, id: string, change: Partial<PhoneProgress>): void {
    const task = this.#tasks.get(accountId)
    if (task?.id !== id) return
    this.#tasks.set(accountId, { ...task, ...change })
    this.#ports.onChange()
  }

  async #hangUp(channel: string): Promise<void> {
    await this.#ports.ari.request('DELETE', `/channels/${segment(channel)}`).catch((error: unknown) => {
      if (!(error instanceof AriError)) this.#ports.log.info({ reason: String(error) }, 'A telephone could not be let go')
    })
  }
}

const isOver = ({ stage }: Pick<PhoneProgress, 'stage'>): boolean => stage === 'done' || stage === 'failed'
