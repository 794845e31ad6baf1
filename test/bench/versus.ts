import type { DeskLine } from '../support/desk-line.ts'
import { compared, inTurn } from './against.ts'
import { type Processes, cpuMs, processesOf, residentKb, treeCpuMs } from './cost.ts'
import { type Figure, percentile, ratioOfMedians, rounded } from './figures.ts'
import { openLine } from './line.ts'
import { announcingRun, crowd, handoverRun, inviteRun, noAnswerRun, type Run } from './runs.ts'
import { openSides, type Side, type Sides } from './sides.ts'

/** `npm run bench -- --only queue`: the desk and app_queue side by side, on one Asterisk, with the same phones and calls. */
const handovers = 20

/** From INVITE to INVITE and what a call costs, from the same calls. */
export async function measureQueue(line: DeskLine, sides: Sides, pairs: number): Promise<readonly Figure[]> {
  const processes = await processesOf(line)
  const cost = { desk: [] as number[][], app_queue: [] as number[][] }
  const costed: Run = async (at, side) => {
    const before = spent(processes, side)
    const tries = await inviteRun(at, side)
    cost[side.name].push([(spent(processes, side) - before) / tries.length])
    return tries
  }
  await inviteRun(line, sides.desk)
  await line.reset()
  const tries = await inTurn(line, sides, costed, pairs)
  const cpu = { desk: cost.desk.flat(), peer: cost.app_queue.flat() }
  const ratio = ratioOfMedians(cost.desk, cost.app_queue)
  return [
    compared('queue.invite.versus', tries, { mostRatio: 1.8 }),
    {
      ...compared('queue.cpu', { desk: cost.desk, peer: cost.app_queue }, {}),
      value: rounded(percentile(cpu.desk, 0.5)),
      met: ratio.value <= 2.5,
      tries: tries.desk.flat().length,
    },
  ]
}

/** All that a call of this side costs, in ms of processor: app_queue needs neither service nor database. */
const spent = ({ service, asterisk, database }: Processes, side: Side) =>
  cpuMs(asterisk) + (side.name === 'desk' ? cpuMs(service) + treeCpuMs(database) : 0)

/** @param waiting how many wait meanwhile */
export async function measureHandover(line: DeskLine, sides: Sides, pairs: number, waiting: number): Promise<Figure> {
  const tries = await inTurn(line, sides, handoverRun(waiting, handovers), pairs)
  return compared(`queue.handover.${waiting}`, tries, { p50: 10, p95: 20, leastRatio: 50 })
}

export async function measureAnnouncing(line: DeskLine, sides: Sides, pairs: number): Promise<Figure> {
  return compared('queue.announcing', await inTurn(line, sides, announcingRun(4), pairs), { p95: 50 })
}

export async function measureNoAnswer(line: DeskLine, sides: Sides, pairs: number): Promise<Figure> {
  return compared('queue.noanswer', await inTurn(line, sides, noAnswerRun(4), pairs), { p95: 50 })
}

/** What each waiting caller takes, in kB of memory, from a fresh start of everything; one try each. */
export async function measureMemory(waiting: number): Promise<Figure> {
  const of = async (which: keyof Sides): Promise<number> => {
    const line = await openLine()
    try {
      const side = (await openSides(line))[which]
      const { service, asterisk } = await processesOf(line)
      await crowd(line, side, 1, 0)
      const used = (): number => residentKb(asterisk) + (which === 'desk' ? residentKb(service) : 0)
      const before = used()
      await crowd(line, side, waiting, 0)
      return rounded((used() - before) / waiting)
    } finally {
      await line.close()
    }
  }
  const [ours, theirs] = [await of('desk'), await of('peer')]
  const ratio = rounded(ours / theirs)
  return {
    name: 'queue.memory',
    value: ours,
    unit: 'kB',
    p50: null,
    p95: null,
    goal: null,
    met: null,
    tries: waiting,
    peer: { p50: theirs, p95: theirs, tries: waiting },
    ratio: { value: ratio, low: ratio, high: ratio },
  }
}

/** Five calls a second: how many were not answered, or left something behind. */
export async function measureRate(line: DeskLine, sides: Sides, seconds: number): Promise<Figure> {
  const calls = 5 * seconds
  await sides.desk.staff(3)
  const live = await line.live(await line.service.signIn('sophie'))
  await line.phone('phone-answers-at-once')
  const caller = await line.caller({ scenario: '../../bench/scenarios/caller-hangs-up-soon-after-the-answer', calls, rate: 5 })
  await caller.done
  await live.until('the last end', () => live.ended.length >= calls, 30_000)
  await line.clean()
  const stuck = live.ended.filter((call) => call.operatorId === null).length
  return { name: 'queue.rate', value: stuck, unit: 'calls', p50: null, p95: null, goal: 0, met: stuck === 0, tries: calls }
}
