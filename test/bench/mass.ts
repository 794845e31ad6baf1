import { once } from '../support/sipp.ts'
import { seeded } from '../support/seeded.ts'
import type { Disruption } from '../../server/contract/disruptions.ts'
import type { DeskLine } from '../support/desk-line.ts'
import { type Figure, percentile, rounded } from './figures.ts'
import { openLine } from './line.ts'

/*
 * Many call about one thing. The same callers, at the same moments, once without and once with a disruption that is opened after the
 * twentieth: how long the queue becomes, how long those wait who are answered, how many are left at the end. Conversations last as long
 * in both. Who calls about it presses 4 a moment after its text; who does not, waits for somebody.
 */
export const massFigures = ['mass.queue', 'mass.left', 'mass.wait', 'mass.absorbed', 'mass.others'].flatMap((name) => [
  `${name}.without`,
  `${name}.with`,
])

const openedAfter = 20
const talkMs = 25_000
/** Of those who call in an outage, so many call about it. */
const concerned = 0.8
/** From the beginning of the text to the key: it is heard, and thought about. */
const thinksMs = { least: 9_000, most: 16_000 }
const operators = ['alice', 'bruno', 'chloe'] as const

type Run = {
  readonly longest: number
  readonly left: number
  readonly waitsS: readonly number[]
  /** Of those who do not call about it. */
  readonly othersS: readonly number[]
  readonly absorbed: number
}
type Caller = { readonly number: string; readonly isConcerned: boolean; readonly thinks: number }

/** @param callers how many, spread evenly over `seconds` */
export async function measureMass(callers: number, seconds: number): Promise<readonly Figure[]> {
  const random = seeded(17)
  const who = Array.from(
    { length: callers },
    (_, i): Caller => ({
      number: `0561${String(550_000 + i)}`,
      isConcerned: random() < concerned,
      thinks: thinksMs.least + random() * (thinksMs.most - thinksMs.least),
    }),
  )
  const without = await run(who, seconds, false)
  const withOne = await run(who, seconds, true)
  return [without, withOne].flatMap((one, i): Figure[] => {
    const side = i === 0 ? 'without' : 'with'
    return [
      counted(`mass.queue.${side}`, one.longest),
      counted(`mass.left.${side}`, one.left),
      waited(`mass.wait.${side}`, one.waitsS),
      waited(`mass.others.${side}`, one.othersS),
      counted(`mass.absorbed.${side}`, one.absorbed),
    ]
  })
}

const counted = (name: string, value: number): Figure => ({
  name,
  value,
  unit: 'calls',
  p50: null,
  p95: null,
  goal: null,
  met: null,
  tries: 1,
})
const waited = (name: string, values: readonly number[]): Figure => {
  const [p50, p95] = values.length === 0 ? [0, 0] : [rounded(percentile(values, 0.5)), rounded(percentile(values, 0.95))]
  return { name, value: p50, unit: 's', p50, p95, goal: null, met: null, tries: values.length }
}

async function run(who: readonly Caller[], seconds: number, opens: boolean): Promise<Run> {
  const desk = await openLine({}, true)
  try {
    const staff = new Map<string, Awaited<ReturnType<DeskLine['operator']>>['me']>()
    for (const login of operators) staff.set(login, (await desk.operator(login)).me)
    const live = await desk.live(await desk.service.signIn('sophie'))
    await desk.phone('phone-answers-at-once')
    const party = await desk.caller({
      scenario: '../../bench/scenarios/caller-presses-4-when-told',
      calls: who.length,
      rate: who.length / seconds,
      atOnce: who.length,
      numbers: who.map(({ number }) => number),
    })
    const started = Date.now()
    const arrivedAt = new Map<string, { at: number; caller: Caller }>()
    const waits: { readonly caller: Caller; readonly s: number }[] = []
    const told = new Set<string>()
    const talking = new Map<string, number>()
    let openedAt: number | null = null
    let longest = 0
    let announcing: Promise<void> | null = null
    const byNumber = new Map(who.map((caller) => [caller.number.replace(/^0/, '+33'), caller]))
    const open = async () => {
      const nadia = await desk.service.signIn('nadia')
      await nadia.ask('POST', '/api/disruptions', {
        title: 'Wi-Fi en panne',
        startsAt: new Date().toISOString(),
        spoken: {
          fr: 'Le réseau sans fil est en panne. Nos équipes interviennent.',
          en: 'The wireless network is down. Our teams are on it.',
        },
        ticket: 'new',
      })
      await once(async () => (await nadia.ask<Disruption[]>('GET', '/api/disruptions')).body[0]?.telephone === 'on', 60_000, 'the text')
      openedAt = Date.now()
    }
    while (Date.now() - started < seconds * 1_000) {
      const now = Date.now()
      const waiting = [...live.calls.values()].filter(({ status }) => status === 'waiting' || status === 'ringing')
      longest = Math.max(longest, waiting.length)
      for (const { id, number } of live.calls.values()) {
        const caller = byNumber.get(number ?? '')
        if (caller !== undefined && !arrivedAt.has(id)) arrivedAt.set(id, { at: now, caller })
      }
      if (opens && announcing === null && arrivedAt.size >= openedAfter) announcing = open()
      for (const { id, status } of live.calls.values()) {
        const known = arrivedAt.get(id)
        if (known === undefined) continue
        if (status === 'talking' && !talking.has(id)) {
          talking.set(id, now)
          waits.push({ caller: known.caller, s: (now - known.at) / 1_000 })
        }
        const heardAt = openedAt === null ? null : Math.max(openedAt, known.at)
        if (status === 'waiting' && heardAt !== null && known.caller.isConcerned && !told.has(id) && now - heardAt >= known.caller.thinks) {
          told.add(id)
          await party.tell(who.indexOf(known.caller) + 1)
        }
      }
      for (const [login, me] of staff) {
        const theirs = [...live.calls.values()].find(({ operatorId, status }) => operatorId === login && status === 'talking')
        const since = theirs === undefined ? undefined : talking.get(theirs.id)
        if (theirs !== undefined && since !== undefined && now - since >= talkMs) await me.ask('POST', `/api/calls/${theirs.id}/hangup`, {})
        if (live.operators.get(login)?.state === 'wrap-up') await me.state('ready')
      }
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
    await announcing
    const left = [...live.calls.values()].filter(({ status }) => status === 'waiting' || status === 'ringing').length
    const absorbed = live.ended.filter(({ reason }) => reason === 'attached').length
    party.stop()
    return {
      longest,
      left,
      absorbed,
      waitsS: waits.map(({ s }) => s),
      othersS: waits.filter(({ caller }) => !caller.isConcerned).map(({ s }) => s),
    }
  } finally {
    await desk.close()
  }
}
