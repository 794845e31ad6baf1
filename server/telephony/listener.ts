import { type Ari, segment } from './ari.ts'
import { application } from './commands.ts'
import type { AriEvent } from './events.ts'
import type { SideRole } from './telephony.ts'

/** Records what one party of a demo call hears, beside the call, without touching it. */
export class Listener implements SideRole {
  readonly #ari: Ari
  readonly #onHeard: (recording: string) => void
  /** Recordings to begin when their channel has come. */
  readonly #awaited = new Map<string, { readonly name: string; readonly begun: () => void; readonly failed: (error: unknown) => void }>()

  /** @param onHeard told the name of each recording that ended: `heard-SIDE-CALL` */
  constructor(ari: Ari, onHeard: (recording: string) => void) {
    this.#ari = ari
    this.#onHeard = onHeard
  }

  /** Resolves when it listens; the recording ends with the channel. @throws AriError */
  async listen(channel: string, callId: string, side: 'caller' | 'operator'): Promise<void> {
    const snoop = `${channel}~snoop`
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    this.#awaited.set(snoop, { name: `heard-${side}-${callId}`, begun: resolve, failed: reject })
    // What comes in from the far half of the Local channel is what this party hears.
    await this.#ari.request('POST', `/channels/${segment(channel)}/snoop/${segment(snoop)}`, {
      spy: 'in',
      app: application,
      appArgs: 'snoop',
    })
    await promise
  }

  readonly onStart = ({ channel }: Extract<AriEvent, { type: 'StasisStart' }>): void => {
    const awaited = this.#awaited.get(channel.id)
    this.#awaited.delete(channel.id)
    if (awaited === undefined) return
    const query = { name: awaited.name, format: 'wav', ifExists: 'overwrite', maxDurationSeconds: 600 }
    this.#ari.request('POST', `/channels/${segment(channel.id)}/record`, query).then(awaited.begun, awaited.failed)
  }

  readonly onEvent = (event: AriEvent): void => {
    if (event.type === 'RecordingFinished' && event.recording.name.startsWith('heard-')) this.#onHeard(event.recording.name)
  }
}
