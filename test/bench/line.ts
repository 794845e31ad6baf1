import { startPostgres } from '../../server/supervisor/postgres.ts'
import { DeskLine } from '../support/desk-line.ts'
import { removeTestFolder, testFolder } from '../support/folders.ts'
import type { Live } from '../support/live.ts'
import { quiet } from '../support/quiet.ts'
import type { SignedIn } from '../support/service-process.ts'
import type { Party } from '../support/sipp.ts'

export const warmUpCalls = 10
const callsPerSecond = 5

export type Round = {
  /** The exchange's side: what callers sent, what operators' phones received. */
  readonly caller: Party
  readonly phone: Party
  readonly live: Live
}

/** The desk as it is delivered: a PostgreSQL that writes through, a real Asterisk, the service logging as by default. @param sounds it puts its own where callers hear them */
export async function openLine(env: Readonly<Record<string, string>> = {}, sounds = false): Promise<DeskLine> {
  const varDir = testFolder()
  const postgres = await startPostgres({ varDir, log: quiet })
  const drop = async () => {
    await postgres.stop()
    removeTestFolder(varDir)
  }
  try {
    return await DeskLine.open({ LOG_LEVEL: 'info', ...env }, { database: { url: postgres.url, drop }, sounds })
  } catch (error) {
    await drop()
    throw error
  }
}

/**
 * Calls one after another, up to five a second, each answered at once and ended a tenth of a second later; whoever was called is
 * ready again at once, and two others are ready meanwhile.
 */
export async function placeCalls(desk: DeskLine, calls: number): Promise<Round> {
  const operators = new Map<string, SignedIn>()
  for (const login of ['alice', 'bruno', 'chloe']) {
    const me = await desk.service.signIn(login)
    await me.state('ready')
    operators.set(login, me)
  }
  const live = await desk.live(await desk.service.signIn('sophie'))
  const phone = await desk.phone('phone-answers-at-once')
  const caller = await desk.caller({
    scenario: '../../bench/scenarios/caller-hangs-up-soon-after-the-answer',
    calls,
    rate: callsPerSecond,
    atOnce: 1,
  })
  await Promise.all([caller.done, readyAgain(live, operators, calls)])
  const unanswered = live.ended.filter((call) => call.operatorId === null).length
  if (unanswered > 0) throw new Error(`${unanswered} of ${calls} calls found no operator ready: the machine is too busy to measure`)
  return { caller, phone, live }
}

async function readyAgain(live: Live, operators: ReadonlyMap<string, SignedIn>, calls: number): Promise<void> {
  const resting = () => [...operators].filter(([id]) => live.operators.get(id)?.state === 'wrap-up')
  const over = () => live.ended.length >= calls
  while (!over() || resting().length > 0) {
    await live.until('the next end of a call', () => over() || resting().length > 0)
    for (const [id, me] of resting()) {
      await me.state('ready')
      await live.until('readiness', () => live.operators.get(id)?.state !== 'wrap-up')
    }
  }
}
