import type { FoundTalk, Inventory, ListedChannel } from '../calls/inputs.ts'
import { bridgeOfLeg, callIdOf, isLeg, serialOf } from '../calls/ids.ts'
import { type Ari, segment } from './ari.ts'
import { application, calleeVariable, readCallee, recordingVariable, talkingVariable } from './commands.ts'
import type { AriChannel } from './events.ts'

/** Who calls, and by which number or page. @param dialled as the exchange wrote it */
export type Identify = (channel: AriChannel, dialled: string) => Pick<ListedChannel, 'number' | 'dialled' | 'people' | 'page' | 'rank'>

const stateOf = (state: string): ListedChannel['state'] =>
  state === 'Up' ? 'up' : state === 'Down' || state === 'Rsrvd' ? 'down' : 'ringing'

/** Of a phone that we ring: it is up for us once it has entered the application. */
const legState = ({ state, dialplan }: AriChannel): ListedChannel['state'] =>
  state === 'Up' && dialplan.app_name !== 'Stasis' ? 'ringing' : stateOf(state)

export type Known = { readonly isCall: (id: string) => boolean; readonly isInLine: (id: string) => boolean }
export type Listed = Omit<Inventory, 'startedAt'>

/**
 * What Asterisk has now. `isCall` tells the callers already known, wherever in the dialplan they are, `isInLine` those who are thought to
 * wait; `lingers`, who is listed and gone.
 */
export async function readInventory(
  ari: Ari,
  identify: Identify,
  { isCall, isInLine }: Known,
  lingers: (id: string) => boolean,
): Promise<Listed> {
  const [all, bridges] = await Promise.all([
    ari.request('GET', '/channels') as Promise<readonly AriChannel[]>,
    ari.request('GET', '/bridges') as Promise<readonly { readonly id: string; readonly channels: readonly string[] }[]>,
  ])
  const channels = await Promise.all(
    all.map(async (channel) => (lingers(channel.id) || isHeardOut(channel) || (await hasHungUp(ari, channel, isCall)) ? [] : [channel])),
  )
  const listed = channels.flat().flatMap((channel): ListedChannel[] => {
    const { id } = channel
    if (isLeg(id)) return [{ id, state: legState(channel), role: 'leg', number: null, dialled: null, people: [] }]
    const [app = '', role = '', dialled = ''] = channel.dialplan.app_name === 'Stasis' ? channel.dialplan.app_data.split(',') : []
    const known = isCall(id)
    if (!known && (app !== application || role !== 'caller')) return []
    const since = Date.parse(channel.creationtime)
    const found = { id, state: stateOf(channel.state), role: 'caller' as const, ...identify(channel, dialled) }
    return [known || Number.isNaN(since) ? found : { ...found, since }]
  })
  const inside = new Map(bridges.map((b) => [b.id, b.channels]))
  const [recordings, talks] = await Promise.all([
    liveRecordings(ari, listed),
    foundTalks(ari, listed, inside, (id) => isCall(id) && !isInLine(id)),
  ])
  return { channels: listed, bridges: inside, recordings, talks }
}

/**
 * The dialplan, having asked for us in vain, has this caller leave a message, or says goodbye. They do not come back into the line, and no
 * operator is rung for them: their message is brought in once they have hung up.
 */
const isHeardOut = ({ dialplan }: AriChannel): boolean =>
  dialplan.context === 'desk' && (dialplan.app_name === 'Record' || dialplan.app_name === 'Playback')

/** An unknown caller may be one who hung up before, see Lingering; what is known of that is lost with the service. */
async function hasHungUp(ari: Ari, { id, dialplan }: AriChannel, isCall: (id: string) => boolean): Promise<boolean> {
  if (isLeg(id) || isCall(id) || dialplan.app_name !== 'Stasis') return false
  return (await read(ari, id, 'CHANNEL(hangupsource)')) !== ''
}

/** Conversations of calls that nobody here knows, or thinks to be in line, by what the phones we rang say of themselves. */
async function foundTalks(
  ari: Ari,
  channels: readonly ListedChannel[],
  bridges: Inventory['bridges'],
  isServed: (id: string) => boolean,
): Promise<readonly FoundTalk[]> {
  const up = channels.filter(({ id, state }) => state === 'up' && !isServed(callIdOf(id)))
  const calls = [...new Set(up.filter(({ role }) => role === 'leg').map(({ id }) => callIdOf(id)))]
  const found = await Promise.all(
    calls.map(async (callId) => {
      const ofIt = up.filter(({ id }) => callIdOf(id) === callId)
      const phones = await Promise.all(
        ofIt.map(async ({ id, role }) => ({ id, role, callee: readCallee(await read(ari, id, calleeVariable)) })),
      )
      const theirs = phones.find(({ role, callee }) => role === 'caller' || callee?.kind === 'number')
      if (theirs === undefined || (await read(ari, theirs.id, talkingVariable)) !== '1') return []
      const together = (id: string) => bridges.get(bridgeOfLeg(id))?.includes(theirs.id) === true
      const ours = phones
        .flatMap(({ id, callee }) => (callee?.kind === 'operator' ? [{ leg: id, operatorId: callee.operatorId }] : []))
        // Nobody talks to a caller on hold: the first who was rung has the call, whoever is being asked.
        .toSorted((a, b) => Number(together(b.leg)) - Number(together(a.leg)) || serialOf(a.leg) - serialOf(b.leg))[0]
      if (ours === undefined) return []
      const left = Number(await read(ari, theirs.id, 'TIMEOUT(absolute)'))
      const recording = await read(ari, theirs.id, recordingVariable)
      return [
        {
          callId,
          channel: theirs.id,
          ...ours,
          bridge: bridgeOfLeg(ours.leg),
          called: theirs.callee?.kind === 'number' ? theirs.callee.number : null,
          leftS: left > 0 ? left : null,
          recording: recording === '' ? null : recording,
          serial: Math.max(...ofIt.filter(({ role }) => role === 'leg').map(({ id }) => serialOf(id))) + soundsSince,
        },
      ]
    }),
  )
  return found.flat()
}

/** Sounds made after the last phone have numbers too. */
const soundsSince = 1_000

/** @returns empty when the channel has none, or is gone */
async function read(ari: Ari, channel: string, variable: string): Promise<string> {
  const answer = await ari.request('GET', `/channels/${segment(channel)}/variable`, { variable }).catch(() => null)
  return (answer as { value?: string } | null)?.value ?? ''
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
