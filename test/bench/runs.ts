import type { DeskLine } from '../support/desk-line.ts'
import { once, type Party } from '../support/sipp.ts'
import type { Side } from './sides.ts'

/** One run on one side: what it measured, in ms. */
export type Run = (line: DeskLine, side: Side) => Promise<readonly number[]>

const callsOfOneRun = 10
const talkMs = 200
const sixMinutes = 360_000

/** From a caller's INVITE to the free phone's: ten calls, one after another, each hung up by the caller. */
export const inviteRun: Run = async (line, side) => {
  await side.staff(3)
  const phone = await line.phone('phone-answers-at-once')
  const caller = await line.caller({
    scenario: '../../bench/scenarios/caller-hangs-up-soon-after-the-answer',
    service: side.number,
    calls: callsOfOneRun,
    rate: 5,
    atOnce: 1,
  })
  await caller.done
  const [dialled, rung] = [firsts(caller, 'INVITE', true), firsts(phone, 'INVITE', false)]
  if (dialled.length !== rung.length) throw new Error(`${side.name}: ${rung.length} phones rang for ${dialled.length} calls`)
  return dialled.map((at, i) => ((rung[i] ?? 0) - at) * 1_000)
}

/** From the phone's BYE to its next INVITE, while so many wait; whoever leaves is followed by another who comes. */
export const handoverRun =
  (waiting: number, handovers: number): Run =>
  async (line, side) => {
    await crowd(line, side, waiting, handovers)
    return takenInTurn(line, side, handovers, talkMs, false)
  }

/** The same while the caller who comes next is being told something. */
export const announcingRun =
  (handovers: number): Run =>
  async (line, side) => {
    await side.staff(0, true)
    await waitersOf(line, side, 2, handovers + 3)
    return takenInTurn(line, side, handovers, 2_500, true)
  }

/** From the CANCEL of a phone that did not answer to the next phone's INVITE; one caller, three phones, since a phone that was missed rests for a while. */
export const noAnswerRun =
  (tries: number): Run =>
  async (line, side) => {
    await side.staff(3)
    const phone = await line.phone('phone-rings-unanswered')
    await waitersOf(line, side, 1, 1)
    await once(() => firsts(phone, 'INVITE', false).length > tries, sixMinutes, `${side.name}: the next phones`)
    return untilNext(phone, 'CANCEL', false).slice(0, tries)
  }

/** So many callers wait, and nobody takes them. */
export async function crowd(line: DeskLine, side: Side, waiting: number, more: number): Promise<void> {
  await side.staff(0)
  await waitersOf(line, side, waiting, waiting + more)
  await once(async () => (await side.waiting()) >= waiting, 60_000, `${side.name}: ${waiting} waiting`)
}

const waitersOf = (line: DeskLine, side: Side, atOnce: number, calls: number) =>
  line.caller({ scenario: '../../bench/scenarios/caller-waits-until-the-desk-hangs-up', service: side.number, calls, rate: 50, atOnce })

async function takenInTurn(line: DeskLine, side: Side, wanted: number, pauseMs: number, announcing: boolean): Promise<readonly number[]> {
  const phone = await line.phone('../../bench/scenarios/phone-answers-and-hangs-up', { pauseMs })
  await side.staff(1, announcing)
  await once(() => firsts(phone, 'INVITE', false).length > wanted, sixMinutes, `${side.name}: ${wanted} hand-overs`)
  return untilNext(phone, 'BYE', true).slice(0, wanted)
}

/** For each call that rang at these phones but the last: from the message that ended it to the next call's INVITE, in ms. */
function untilNext(phones: Party, end: 'BYE' | 'CANCEL', sent: boolean): readonly number[] {
  const endedAt = firstOf(phones, end, sent)
  // One phone rings at a time: what comes in between was sent to the phones before, which are gone, and said once more.
  let over = 0
  const rung = [...firstOf(phones, 'INVITE', false)].filter(([callId, at]) => {
    if (at < over) return false
    over = endedAt.get(callId) ?? over
    return true
  })
  return rung.flatMap(([callId], i) => {
    const [ended, next] = [endedAt.get(callId), rung[i + 1]?.[1]]
    return ended === undefined || next === undefined ? [] : [(next - ended) * 1_000]
  })
}

/** When each call's first message of that kind was sent or received, in s and in order. */
export const firsts = (party: Party, method: 'INVITE', sent: boolean): readonly number[] => [...firstOf(party, method, sent).values()]

function firstOf(party: Party, method: 'INVITE' | 'BYE' | 'CANCEL', sent: boolean): ReadonlyMap<string, number> {
  const first = new Map<string, number>()
  for (const message of party.messages()) {
    if (message.sent === sent && message.line.startsWith(`${method} `) && !first.has(message.callId)) first.set(message.callId, message.at)
  }
  return first
}
