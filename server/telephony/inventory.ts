import type { Inventory, ListedChannel } from '../calls/inputs.ts'
import { isLeg } from '../calls/ids.ts'
import type { Ari } from './ari.ts'
import { application } from './commands.ts'
import type { AriChannel } from './events.ts'

export type Identify = (channel: AriChannel, dialled: string) => Pick<ListedChannel, 'number' | 'people' | 'dialled' | 'page'>

const stateOf = (state: string): ListedChannel['state'] =>
  state === 'Up' ? 'up' : state === 'Down' || state === 'Rsrvd' ? 'down' : 'ringing'

/** @property adrift known callers who are in the dialplan, whom the application does not follow */
export type Listed = Omit<Inventory, 'startedAt'> & { readonly adrift: readonly string[] }

/** What Asterisk has now. `isCall` tells the callers already known, wherever in the dialplan they are. */
export async function readInventory(ari: Ari, identify: Identify, isCall: (id: string) => boolean): Promise<Listed> {
  const [channels, bridges] = await Promise.all([
    ari.request('GET', '/channels') as Promise<readonly AriChannel[]>,
    ari.request('GET', '/bridges') as Promise<readonly { readonly id: string; readonly channels: readonly string[] }[]>,
  ])
  const listed = channels.flatMap((channel): ListedChannel[] => {
    const { id } = channel
    if (isLeg(id)) return [{ id, state: stateOf(channel.state), role: 'leg', number: null, dialled: null, people: [] }]
    const [app = '', role = '', dialled = ''] = channel.dialplan.app_name === 'Stasis' ? channel.dialplan.app_data.split(',') : []
    const waits = app === application && role === 'caller'
    return waits || isCall(id) ? [{ id, state: stateOf(channel.state), role: 'caller', ...identify(channel, dialled) }] : []
  })
  const inDialplan = channels.filter(({ id, dialplan }) => dialplan.app_name !== 'Stasis' && !isLeg(id) && isCall(id))
  return {
    adrift: inDialplan.map(({ id }) => id),
    channels: listed,
    bridges: new Map(bridges.map((b) => [b.id, b.channels])),
    recordings: await liveRecordings(ari, listed),
  }
}

/** ARI lists stored recordings only; whether one is still being made is asked by its name, for the callers present. */
async function liveRecordings(ari: Ari, channels: readonly ListedChannel[]): Promise<readonly string[]> {
  const names = channels.filter((c) => c.role === 'caller').map((c) => `message-${c.id}`)
  const found = await Promise.all(
    names.map((name) =>
      ari.request('GET', `/recordings/live/${encodeURIComponent(name)}`).then(
        () => name,
        () => null,
      ),
    ),
  )
  return found.filter((name) => name !== null)
}
