import { randomUUID } from 'node:crypto'
import type { Logger } from 'pino'
import { normaliseNumber, showNumber } from './calls/number.ts'
import type { CallStatus } from './calls/model.ts'
import type { Session } from './contract/http.ts'
import { pathOf } from './contract/category-tree.ts'
import type { RunningTraining, TrainingDebrief, TrainingState } from './contract/training.ts'
import { demoAccounts, demoPeople } from './database/demo-people.ts'
import type { Stores } from './database/stores.ts'
import type { TrainingStore } from './database/training-store.ts'
import type { Disruptions } from './engine/disruptions.ts'
import type { Engine } from './engine/engine.ts'
import { Rounds } from './engine/rounds.ts'
import { ServiceError } from './errors.ts'
import type { TrainingPort } from './http/ports.ts'
import type { SettingsBook } from './settings/book.ts'
import { debriefOf, type Debrief, type Recorded } from './training/debrief.ts'
import type { Played, Scene, Script, ScriptName, TrainingDay } from './training/model.ts'
import { nextStep, type Standing } from './training/play.ts'
import { scripts, scriptOf } from './training/scripts.ts'

/** Calls as sample people, see demo.ts. */
export type SampleCalls = {
  /** @throws ServiceError `telephony_away` @returns the caller's own channel */
  place(caller: { readonly number: string | null; readonly who: string; readonly voice: string }): Promise<string>
  hangUp(channel: string): Promise<void>
  /** Whoever is called back at these numbers speaks with these voices, until told otherwise. */
  answerWith(voices: ReadonlyMap<string, string>): void
}

type Parts = {
  readonly engine: Pick<Engine, 'state'>
  readonly calls: SampleCalls
  readonly store: TrainingStore
  readonly stores: Pick<Stores, 'tickets' | 'disruptions' | 'groups'>
  readonly disruptions: Pick<Disruptions, 'changed'>
  readonly categories: () => SettingsBook['values']['categories']['categories']
  readonly onTicketSaved: (ticket: Awaited<ReturnType<Stores['tickets']['close']>>) => void
  readonly log: Logger
  readonly now: () => number
}

const everyMs = 1_000
const trainingVoice = (scene: Scene): string => `training-${scene.id}`
const unansweredKinds: readonly CallStatus['kind'][] = ['ringing', 'waiting', 'closed', 'message', 'kept']
const iso = (ms: number) => new Date(ms).toISOString()
const seconds = (ms: number | null) => (ms === null ? null : Math.round(ms / 1_000))
const [level2] = demoAccounts.filter(({ role }) => role === 'level2')

/** Plays training days: one at a time, for whoever is at the desk. A day survives a restart of the service. */
export class TrainingDays implements TrainingPort {
  readonly #parts: Parts
  readonly #rounds: Rounds
  #day: TrainingDay | null = null

  constructor(parts: Parts) {
    this.#parts = parts
    this.#rounds = new Rounds({ everyMs, look: () => this.#look(), failing: 'The training day could not go on', log: parts.log })
  }

  /** Once the database is there. */
  async start(): Promise<void> {
    this.#take(await this.#parts.store.running())
    this.#rounds.start()
  }

  stop(): Promise<void> {
    return this.#rounds.stop()
  }

  async state(): Promise<TrainingState> {
    const past = await this.#parts.store.past()
    return {
      scripts: Object.values(scripts).map(({ id, minutes, scenes, disruption }) => ({
        id,
        minutes,
        calls: scenes.length,
        disruption: disruption !== null,
      })),
      running: await this.#running(),
      past: past.map(({ id, script, startedAt, endedAt, startedBy, good, of }) => ({
        id,
        script,
        startedAt,
        endedAt,
        startedBy,
        good,
        of,
      })),
    }
  }

  async begin(script: ScriptName, by: Session): Promise<TrainingState> {
    const day: TrainingDay = { id: randomUUID(), script, startedAt: this.#parts.now(), startedBy: by.name, played: [], disruption: null }
    await this.#parts.store.begin(day)
    this.#take(day)
    return this.state()
  }

  async end(): Promise<TrainingDebrief> {
    const day = this.#day
    if (day === null) throw new ServiceError('conflict', 'aucune journée d’entraînement n’est en cours')
    this.#take(null)
    try {
      return await this.#finish(day)
    } catch (error) {
      // What could not be written down is not over: left so, nobody could end it, nor begin another.
      this.#take(day)
      throw error
    }
  }

  async debrief(id: string): Promise<TrainingDebrief> {
    const found = await this.#parts.store.debrief(id)
    if (found === null) throw new ServiceError('not_found')
    return found
  }

  #take(day: TrainingDay | null): void {
    this.#day = day
    const script = day && scriptOf(day.script)
    this.#parts.calls.answerWith(new Map(script?.scenes.map((scene) => [digitsOf(callerOf(scene).number), trainingVoice(scene)] as const)))
  }

  async #look(): Promise<void> {
    const day = this.#day
    const script = day && scriptOf(day.script)
    if (day === null || script === null) return
    const { engine, now } = this.#parts
    const standing = new Map(
      day.played.flatMap(({ callId }): (readonly [string, Standing])[] => {
        const call = engine.state.calls.get(callId)
        return call === undefined ? [] : [[callId, unansweredKinds.includes(call.status.kind) ? 'unanswered' : 'answered']]
      }),
    )
    const free = [...engine.state.operators.values()].some(({ status }) => status.kind === 'ready')
    const step = nextStep(script, day, standing, free, now())
    if (step === null) return
    if (step.do === 'finish') {
      await this.end()
      return
    }
    const after = await this.#do(step, script, day)
    // Ended, or ended and begun anew, meanwhile.
    if (this.#day?.id !== day.id) return
    this.#day = after
    await this.#parts.store.keep(after)
  }

  async #do(
    step: Exclude<NonNullable<ReturnType<typeof nextStep>>, { do: 'finish' }>,
    script: Script,
    day: TrainingDay,
  ): Promise<TrainingDay> {
    const { calls, now } = this.#parts
    switch (step.do) {
      case 'note-over':
        return over(day, step.callId, now())
      case 'hang-up':
        await calls.hangUp(step.channel)
        return over(day, step.callId, now())
      case 'announce':
        return this.#announce(script, day)
      case 'end-disruption':
        return this.#endDisruption(script, day)
      case 'call':
        return { ...day, played: [...day.played, await this.#call(step.scene)] }
      default:
        return step satisfies never
    }
  }

  async #call(scene: Scene): Promise<Played> {
    const { calls, now } = this.#parts
    const { number, who, personId } = callerOf(scene)
    const channel = await calls.place({ number, who, voice: trainingVoice(scene) })
    return { scene: scene.id, callId: `${channel};2`, channel, number, personId, who, placedAt: now(), overAt: null }
  }

  /** As level 2 does: with a ticket to which callers are attached. */
  async #announce({ disruption }: Script, day: TrainingDay): Promise<TrainingDay> {
    if (disruption === null || level2 === undefined) return day
    const { stores, disruptions, onTicketSaved, now } = this.#parts
    const { title, place, touched, workaround, categoryId } = disruption
    const { ticket } = await stores.tickets.open(
      {
        title,
        summary: [place, touched, workaround].join('\n'),
        requester: { personId: null, name: level2.name, email: null, phone: null },
        medium: 'walk-in',
        urgency: 'high',
        impact: 'high',
        categoryId,
        placeId: null,
        nature: null,
        callId: null,
        solution: null,
        idempotencyKey: day.id,
      },
      level2,
    )
    const { id } = await stores.disruptions.announce(
      {
        kind: 'incident',
        title,
        place,
        placeId: null,
        categoryId,
        touched,
        workaround,
        audience: 'public',
        startsAt: iso(now()),
        expectedEndAt: null,
        spoken: null,
      },
      ticket.number,
      level2,
    )
    onTicketSaved(ticket)
    await disruptions.changed()
    return { ...day, disruption: { id, ticket: ticket.number, announcedAt: now(), endedAt: null } }
  }

  async #endDisruption(script: Script, day: TrainingDay): Promise<TrainingDay> {
    const { stores, disruptions, onTicketSaved, now } = this.#parts
    if (day.disruption === null || day.disruption.endedAt !== null || level2 === undefined) return day
    const resolution = script.disruption?.resolution ?? ''
    const { version, endedAt } = await stores.disruptions.find(day.disruption.id)
    // Somebody at the desk may have ended it already.
    if (endedAt === null) await stores.disruptions.end(day.disruption.id, version, resolution, level2)
    const parent = await stores.tickets.find(day.disruption.ticket)
    if (parent !== null && parent.status !== 'closed') onTicketSaved(await stores.tickets.close(parent.number, resolution, level2))
    await disruptions.changed()
    return { ...day, disruption: { ...day.disruption, endedAt: now() } }
  }

  async #finish(day: TrainingDay): Promise<TrainingDebrief> {
    const { store, engine, calls, log } = this.#parts
    const script = scriptOf(day.script)
    for (const { callId, channel } of day.played) if (engine.state.calls.has(callId)) await calls.hangUp(channel)
    await this.#endDisruption(script, day).catch((error: unknown) => log.warn({ err: error }, 'A training disruption could not be ended'))
    const made = await this.#judge(script, day)
    await store.end(day.id, made)
    return made
  }

  async #records(day: TrainingDay): Promise<readonly Recorded[]> {
    const categories = this.#parts.categories()
    return this.#parts.store.records(day, (id) => pathOf(categories, id).map((one) => one.id))
  }

  async #judge(script: Script, day: TrainingDay): Promise<TrainingDebrief> {
    const { stores, now } = this.#parts
    const debrief = debriefOf(script, day, await this.#records(day))
    const categories = new Map(this.#parts.categories().map(({ id, name }) => [id, name]))
    const groups = new Map((await stores.groups.list()).map(({ id, name }) => [id, name]))
    const { judged, longestWaitMs, meanTalkMs, ...figures } = debrief
    return {
      id: day.id,
      script: day.script,
      startedAt: iso(day.startedAt),
      endedAt: iso(now()),
      startedBy: day.startedBy,
      ...figures,
      longestWaitSeconds: Math.round(longestWaitMs / 1_000),
      meanTalkSeconds: Math.round(meanTalkMs / 1_000),
      judged: judged.map((one) => shownCall(one, categories, groups)),
    }
  }

  async #running(): Promise<RunningTraining | null> {
    const day = this.#day
    const script = day && scriptOf(day.script)
    if (day === null || script === null) return null
    const { engine } = this.#parts
    const { unwritten, forgotten, judged } = debriefOf(script, day, await this.#records(day))
    const live = [...engine.state.calls.values()]
    const calls = day.played.map((played) => {
      const { callId, who, number, overAt } = played
      const own = engine.state.calls.get(callId)
      const back = live.find((call) => call.direction === 'out' && call.number === number && number !== null)
      const talking = [own, back].some((call) => call?.status.kind === 'talking')
      const heard =
        talking || judged.some(({ recorded }) => recorded?.callId === callId && (recorded.answered || recorded.owed?.reached === true))
      return {
        callId,
        who,
        says: heard ? (script.scenes.find(({ id }) => id === played.scene)?.says ?? null) : null,
        state: talking ? ('talking' as const) : overAt === null && own !== undefined ? ('waiting' as const) : ('over' as const),
      }
    })
    return {
      id: day.id,
      script: day.script,
      startedAt: iso(day.startedAt),
      startedBy: day.startedBy,
      total: script.scenes.length,
      calls,
      allCame: day.played.length === script.scenes.length && calls.every(({ state }) => state === 'over'),
      unwritten,
      toCallBack: forgotten,
    }
  }
}

const over = (day: TrainingDay, callId: string, at: number): TrainingDay => ({
  ...day,
  played: day.played.map((one) => (one.callId === callId ? { ...one, overAt: at } : one)),
})

const digitsOf = (number: string | null): string => (number ?? '').replace(/\D/g, '')

function callerOf({ caller }: Scene): { readonly number: string | null; readonly who: string; readonly personId: string | null } {
  if ('number' in caller) {
    const number = normaliseNumber(caller.number)
    return { number, who: showNumber(number), personId: null }
  }
  const person = demoPeople.find(({ login }) => login === caller.login)
  if (person === undefined) throw new Error(`No sample person ${caller.login}`)
  return { number: person.phones[0] ?? null, who: person.name, personId: person.id }
}

function shownCall(
  { scene, recorded, who, checks }: Debrief['judged'][number],
  categories: ReadonlyMap<string, string>,
  groups: ReadonlyMap<string, string>,
): TrainingDebrief['judged'][number] {
  const { expected } = scene
  const named = (ids: readonly string[], names: ReadonlyMap<string, string>) => ids.map((id) => names.get(id) ?? id)
  return {
    scene: scene.id,
    title: scene.title,
    who,
    says: scene.says,
    lesson: scene.lesson,
    expected: {
      kind: expected.kind,
      categories: 'categories' in expected ? named(expected.categories, categories) : [],
      groups: 'groups' in expected ? named(expected.groups, groups) : [],
    },
    operator: recorded?.operator ?? null,
    waitSeconds: seconds(recorded?.waitMs ?? null),
    talkSeconds: seconds(recorded?.talkMs ?? null),
    ticket: recorded?.ticket == null ? null : { number: recorded.ticket.number, title: recorded.ticket.title },
    checks: checks.map((check) => ({ ...check })),
  }
}
