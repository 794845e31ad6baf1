import type { CallView } from '../../server/contract/entities.ts'
import type { OwedList } from '../../server/contract/http.ts'
import type { Live } from '../support/live.ts'
import type { SignedIn } from '../support/service-process.ts'
import { once, type Party } from '../support/sipp.ts'
import type { World } from './world.ts'

export type Scene = {
  readonly me: SignedIn
  readonly live: Live
  readonly phone: Party
  readonly caller: Party
  readonly crowd: Party | null
}

export const supervise = async ({ desk }: World): Promise<Live> => desk.live(await desk.service.signIn('sophie'))
export const telephonyIs = ({ desk }: World, state: 'up' | 'down', withinMs = 20_000): Promise<void> =>
  once(async () => (await desk.service.part('telephony')) === state, withinMs, `telephony ${state}`)
export const calls = (live: Live): readonly CallView[] => [...live.calls.values()]
export const statusOf = (live: Live, status: string): CallView | undefined => calls(live).find((call) => call.status === status)
export const since = (start: number): number => performance.now() - start
export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** Alice talks to a caller, and a crowd waits. @param scenario alice's phone's */
export async function talking(world: World, crowdSize: number, scenario = 'phone-answers-at-once'): Promise<Scene> {
  const { desk } = world
  const { me, live } = await desk.operator('alice')
  const phone = await desk.phone(scenario)
  const caller = await desk.caller({ from: '<sip:0561551200@127.0.0.1>' })
  const status = scenario === 'phone-answers-at-once' ? 'talking' : 'ringing'
  await live.until(`the call that is ${status}`, () => statusOf(live, status) !== undefined)
  const crowd = crowdSize === 0 ? null : await desk.caller({ calls: crowdSize, rate: 20, from: '<sip:0561551300@127.0.0.1>' })
  await live.until('the crowd', () => calls(live).filter((call) => call.status === 'waiting').length === crowdSize, 30_000)
  // Attended, not only in line: whoever the service has not yet begun to serve is taken back by the dialplan, and that is another story.
  const last = calls(live).findLast((call) => call.status === 'waiting')
  if (last !== undefined)
    await once(
      async () => (await desk.ari<{ id?: string }>(`/playbacks/${encodeURIComponent(`${last.id}~play0`)}`)).id !== undefined,
      10_000,
      'an announcement to the last of the crowd',
    )
  return { me, live, phone, caller, crowd }
}

type Kept = Pick<CallView, 'arrivedAt' | 'answeredAt' | 'capAt' | 'number'>
const keptOf = ({ arrivedAt, answeredAt, capAt, number }: CallView): Kept => ({ arrivedAt, answeredAt, capAt, number })
const inOrder = (live: Live) =>
  calls(live)
    .filter(({ position }) => position !== null)
    .toSorted((a, b) => (a.position ?? 0) - (b.position ?? 0))
    .map(({ id }) => id)

export type Picture = { readonly kept: ReadonlyMap<string, Kept>; readonly order: readonly string[] }
/** What a fault must not change: who is there, since when, in which order, and the conversations' clocks. */
export const pictureOf = (live: Live): Picture => ({
  kept: new Map(calls(live).map((call) => [call.id, keptOf(call)])),
  order: inOrder(live),
})

/** How many calls are not as they were, and how many are new. @param gone ids that were to end meanwhile */
export function compare(before: Picture, after: Picture, gone: readonly string[] = []): { lost: number; duplicated: number } {
  const expected = [...before.kept].filter(([id]) => !gone.includes(id))
  const lost = expected.filter(([id, kept]) => {
    const now = after.kept.get(id)
    // Somebody may have been answered meanwhile; nothing else may have moved.
    return now === undefined || now.arrivedAt !== kept.arrivedAt || (kept.answeredAt !== null && now.capAt !== kept.capAt)
  }).length
  const order = before.order.filter((id) => after.order.includes(id))
  const swapped = after.order.filter((id) => before.order.includes(id)).some((id, i) => id !== order[i])
  const duplicated = [...after.kept.keys()].filter((id) => !before.kept.has(id)).length
  return { lost: lost + (swapped ? 1 : 0), duplicated }
}

/** @returns those of `ids` to whom an answer is owed (for what `counts` says), once they all are, or after `withinMs` */
export async function owedTo(
  { desk }: World,
  ids: readonly string[],
  withinMs: number,
  counts: (kind: string) => boolean = () => true,
): Promise<readonly string[]> {
  const sophie = await desk.service.signIn('sophie')
  let owed: readonly string[] = []
  await once(
    async () => {
      const { entries } = (await sophie.ask<OwedList>('GET', '/api/owed')).body
      const noted = new Set(entries.flatMap(({ origins }) => origins).flatMap(({ kind, callId }) => (counts(kind) ? [callId] : [])))
      owed = ids.filter((id) => noted.has(id))
      return owed.length === ids.length
    },
    withinMs,
    'an answer owed to each',
  ).catch(() => undefined)
  return owed
}
