import { type Ari, segment } from './ari.ts'
import { application } from './commands.ts'

/** Records what one party of a demo call hears, beside the call, without touching it. */
export class Listener {
  readonly #ari: Ari

  constructor(ari: Ari) {
    this.#ari = ari
  }

  /** @returns the recording's name: `heard-SIDE-CALL`. It ends with the channel. */
  async listen(channel: string, callId: string, side: 'caller' | 'operator'): Promise<string> {
    const name = `heard-${side}-${callId}`
    const snoop = `${channel}~snoop`
    // What comes in from the far half of the Local channel is what this party hears.
    await this.#ari.request('POST', `/channels/${segment(channel)}/snoop/${segment(snoop)}`, {
      spy: 'in',
      app: application,
      appArgs: 'snoop',
    })
    await this.#ari.request('POST', `/channels/${segment(snoop)}/record`, {
      name,
      format: 'wav',
      ifExists: 'overwrite',
      maxDurationSeconds: 600,
    })
    return name
  }
}
