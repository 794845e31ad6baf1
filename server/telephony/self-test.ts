import { randomUUID } from 'node:crypto'
import { type Ari, segment } from './ari.ts'
import { application } from './commands.ts'
import type { AriEvent } from './events.ts'
import type { SideRole } from './telephony.ts'
import { Waits } from './waits.ts'

export type Heard = { readonly music: number; readonly announcement: number; readonly recording: number }

/** Below this share of full scale, sound is taken for silence. */
export const audible = 0.003
const eventMs = 8_000
const prefix = 'selftest-'
const listenMs = 700
const patience = 8
const announcementMedia = 'sound:guichet/waiting'
const playbackOf = (channel: string, media: string) => `${channel}~${media.replace(/\W/g, '-')}`

/**
 * The service calls itself on loopback and measures what the other end really receives: music from a holding bridge, an
 * announcement, and the playback of a recording. Asterisk answering its commands does not prove that callers hear anything.
 */
export class SelfTest implements SideRole {
  readonly #ari: Ari
  readonly #waits = new Waits<AriEvent>()

  constructor(ari: Ari) {
    this.#ari = ari
  }

  readonly onStart = (event: Extract<AriEvent, { type: 'StasisStart' }>): void =>
    this.#waits.settle(event.args[1] === 'speaker' ? 'speaker' : `start:${event.channel.id}`, event)
  readonly onEvent = (event: AriEvent): void => {
    if (event.type === 'RecordingFinished' || event.type === 'RecordingFailed')
      this.#waits.settle(`recording:${event.recording.name}`, event)
  }

  /** What a test cut short by a kill left in Asterisk goes. */
  readonly onOpen = async (): Promise<void> => {
    for (const kind of ['channels', 'bridges']) {
      const left = (await this.#ari.request('GET', `/${kind}`)) as readonly { readonly id: string }[]
      for (const { id } of left) if (id.startsWith(prefix)) await this.#quietly('DELETE', `/${kind}/${segment(id)}`)
    }
  }

  /** @returns what was heard of each, as RMS in 0…1. @throws when the call or a part of it could not be made. */
  async run(): Promise<Heard> {
    const id = `${prefix}${randomUUID()}`
    const bridge = `${id}~bridge`
    const spoken = this.#waits.wait('speaker', eventMs)
    const listening = this.#waits.wait(`start:${id}`, eventMs)
    const names = { music: `${id}-music`, announcement: `${id}-announcement`, recording: `${id}-recording` }
    try {
      await this.#ari.request('POST', `/channels/${segment(id)}`, {
        endpoint: 'Local/s@selftest/n',
        app: application,
        appArgs: 'selftest,listener',
      })
      const speaker = await spoken
      if (speaker.type !== 'StasisStart') throw new Error('the self-test call did not arrive')
      const far = speaker.channel.id
      await this.#post(`/channels/${segment(far)}/answer`)
      await listening
      await this.#post(`/bridges/${segment(bridge)}`, { type: 'holding' })
      await this.#post(`/bridges/${segment(bridge)}/addChannel`, { channel: far })
      await this.#post(`/bridges/${segment(bridge)}/moh`)
      const music = await this.#hearMusic(id, names.music)
      await this.#post(`/bridges/${segment(bridge)}/removeChannel`, { channel: far })
      const announcement = await this.#hear(id, names.announcement, () => this.#play(far, announcementMedia))
      await this.#quietly('DELETE', `/playbacks/${segment(playbackOf(far, announcementMedia))}`)
      const recording = await this.#hear(id, names.recording, () => this.#play(far, `recording:${names.announcement}`))
      return { music, announcement, recording }
    } finally {
      this.#waits.clear()
      await this.#quietly('DELETE', `/channels/${segment(id)}`)
      await this.#quietly('DELETE', `/bridges/${segment(bridge)}`)
      for (const name of Object.values(names)) await this.#quietly('DELETE', `/recordings/stored/${segment(name)}`)
    }
  }

  /** Music may begin softly, or with a rest. */
  async #hearMusic(channel: string, name: string): Promise<number> {
    for (let listening = 1; ; listening += 1) {
      const heard = await this.#hear(channel, name)
      if (heard >= audible || listening === patience) return heard
    }
  }

  /** Record for a moment what the listening end receives, and measure it. */
  async #hear(channel: string, name: string, speak?: () => Promise<unknown>): Promise<number> {
    const finished = this.#waits.wait(`recording:${name}`, eventMs)
    await speak?.()
    await this.#post(`/channels/${segment(channel)}/record`, { name, format: 'wav', maxDurationSeconds: 5, ifExists: 'overwrite' })
    await new Promise((resolve) => setTimeout(resolve, listenMs))
    await this.#post(`/recordings/live/${segment(name)}/stop`)
    const event = await finished
    if (event.type === 'RecordingFailed') throw new Error(`recording ${name} failed`)
    return rms(await this.#ari.download(`/recordings/stored/${segment(name)}/file`))
  }

  async #play(channel: string, media: string): Promise<unknown> {
    return this.#post(`/channels/${segment(channel)}/play/${segment(playbackOf(channel, media))}`, { media, lang: 'fr' })
  }

  #post(path: string, query: Readonly<Record<string, string | number>> = {}): Promise<unknown> {
    return this.#ari.request('POST', path, query)
  }

  async #quietly(method: 'DELETE', path: string): Promise<void> {
    await this.#ari.request(method, path).catch(() => undefined)
  }
}

/** RMS of a 16-bit PCM WAV's samples, as a share of full scale; its first 100 ms are left out. */
function rms(wav: Buffer): number {
  const start = Math.max(44, wav.indexOf('data') + 8) + 1_600
  let sum = 0
  let count = 0
  for (let i = start; i + 1 < wav.length; i += 2, count += 1) sum += (wav.readInt16LE(i) / 32_768) ** 2
  return count === 0 ? 0 : Math.sqrt(sum / count)
}
