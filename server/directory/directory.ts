import { AndFilter, EqualityFilter } from 'ldapts'
import type { Logger } from 'pino'
import type { Config } from '../config.ts'
import type { Person } from '../contract/entities.ts'
import type { DirectoryState } from '../contract/directory.ts'
import type { Part } from '../contract/http.ts'
import type { DirectorySettings } from '../contract/settings.ts'
import { normaliseNumber } from '../calls/number.ts'
import { LdapConnection, type LdapTimes } from './connection.ts'
import { personOf, values, wantedAttributes } from './entry.ts'
import { numberFilter, peopleFilter } from './filters.ts'
import type { NumberIndex } from './number-index.ts'
import { createPartState } from './part-state.ts'
import { createReport } from './report.ts'
import type { KnownPerson, PeopleStore } from './ports.ts'
import { type AccountKeeper, followRoles, type GroupKeeper, heldGroups } from './roles.ts'
import { PeopleSaver } from './saver.ts'
import { synchronise } from './synchronise.ts'

export type Directory = {
  /** Fills the index from PostgreSQL's copy, then synchronises in the background. Never rejects. */
  start(): Promise<void>
  stop(): Promise<void>
  /**
   * A complete synchronisation now; the one under way when there is one. Never rejects: see `report`.
   * @param believeLoss whoever vanished is retired, however many
   */
  synchronise(believeLoss?: boolean): Promise<void>
  /**
   * Asks the directory itself who has a number that the index does not know; what it answers enters the index.
   * @param number normalised
   * @returns nobody when the directory is slow (3 s), down, or `signal` is aborted. Never rejects.
   */
  lookupNumber(number: string, signal?: AbortSignal): Promise<readonly Person[]>
  /** @param raw a number as a person or an exchange writes it. From memory, or by `lookupNumber` on a miss. Never rejects. */
  findByPhone(raw: string, signal?: AbortSignal): Promise<readonly Person[]>
  /**
   * Whose login and password these are; null when nobody's.
   * @throws Error when no server answers
   */
  signIn(login: string, password: string): Promise<KnownPerson | null>
  /** What the directory holds of the person with this login, and what it is read as; null when there is nobody. @throws Error as `signIn` */
  trial(login: string, mapping: DirectorySettings): Promise<Trial | null>
  state(): Part
  report(): DirectoryState
}

/**
 * @property attributes as the directory gives them
 * @property rule the line of the mapping that gives a role; null: a user
 * @property missingGroups those of the mapping that the directory does not know
 */
type Trial = {
  readonly dn: string
  readonly attributes: Readonly<Record<string, readonly string[]>>
  readonly person: KnownPerson | null
  readonly rule: DirectorySettings['roles'][number] | null
  readonly missingGroups: readonly string[]
}

export type DirectoryParts = {
  readonly config: Config['ldap']
  readonly mapping: () => DirectorySettings
  readonly people: PeopleStore
  /** Roles and groups follow the directory's, after each complete synchronisation. */
  readonly keepers?: {
    readonly accounts: AccountKeeper
    readonly groups: GroupKeeper
    readonly onChange: (accountIds: readonly string[]) => void
  }
  readonly index: NumberIndex
  readonly log: Pick<Logger, 'info' | 'warn'>
  readonly times?: LdapTimes & { readonly lookupMs: number; readonly everyMs: number; readonly retryMs: number }
}

const usualTimes = { connectMs: 3_000, operationMs: 10_000, lookupMs: 3_000, everyMs: 5 * 60_000, retryMs: 60_000 }
/** Those between read only what has changed; who left is noticed by a complete one. */
const completeEvery = 12
/** Servers of one directory follow each other with a delay: what was changed this long before the last change seen is read again. */
const overlapMs = 10 * 60_000
/** More look-ups than this under way mean that the directory no longer follows: the next ones are not worth asking. */
const mostLookups = 20
/** A great loss seen at this many complete synchronisations running is no accident of the directory's. */
const lossesToBelieve = 4

/** The directory: people in memory for calls, kept up to date from LDAP. Without `config`, PostgreSQL's copy alone. */
export function createDirectory({ config, mapping, people, index, log, keepers, times = usualTimes }: DirectoryParts): Directory {
  const part = createPartState('directory', config === null ? 'off' : 'starting')
  const connection = config === null ? null : new LdapConnection(config, times)
  const saver = new PeopleSaver(people)
  const report = createReport()
  const lookedUp = new Set<string>()
  let loaded = false
  let lossesInARow = 0
  let newest: string | null = null
  let sinceComplete = completeEvery
  let lookups = 0
  let running: Promise<void> | null = null
  let timer: NodeJS.Timeout | null = null
  let stopped = false

  const loadCopy = async () => {
    try {
      // What LDAP has said meanwhile is newer than the copy.
      index.load((await people.all()).filter((person) => index.get(person.id) === undefined))
      loaded = true
    } catch (error) {
      log.warn({ reason: reasonOf(error) }, 'The copy of the directory cannot be read')
    }
  }

  const run = async (complete: boolean, believeLoss: boolean) => {
    if (connection !== null) report.began()
    if (!loaded) await loadCopy()
    if (connection === null) return
    const since = complete || newest === null ? null : earlier(newest, overlapMs)
    if (since === null) lookedUp.clear()
    try {
      const attributes = mapping()
      const work = { attributes, connection, people, saver, index, alsoSeen: lookedUp, since, onRead: report.read }
      const done = await synchronise({ ...work, believeLoss: believeLoss || lossesInARow >= lossesToBelieve })
      report.done(done, since === null)
      newest = done.newest
      sinceComplete = since === null ? 1 : sinceComplete + 1
      if (since === null) lossesInARow = done.kept === 0 ? 0 : lossesInARow + 1
      if (!done.saved) log.warn('The copy of the directory cannot be written; it will be at the next synchronisation')
      part.set('up', `${index.size} personnes${done.kept === 0 ? '' : `, ${done.kept} disparues d’un coup et gardées`}`)
      log.info({ ...done, complete: since === null }, 'Directory synchronised')
      if (since === null) await followWorkers(connection)
    } catch (error) {
      if (stopped) return
      part.set('down', reasonOf(error))
      report.failed(reasonOf(error))
      log.warn({ reason: reasonOf(error) }, 'The directory cannot be synchronised')
    }
  }

  const followWorkers = async (ldap: LdapConnection) => {
    if (keepers === undefined) return
    try {
      const { changed, refusedLogins, groupsChanged, workers } = await followRoles(ldap, mapping(), keepers)
      report.followed(workers, refusedLogins)
      if (refusedLogins.length > 0) log.warn({ refusedLogins }, 'Logins of the directory that accounts made here bear already')
      if (changed.length > 0 || groupsChanged) keepers.onChange(changed)
    } catch (error) {
      part.set('up', `${index.size} personnes ; rôles et groupes inchangés : ${reasonOf(error)}`)
      report.notFollowed(reasonOf(error))
      log.warn({ reason: reasonOf(error) }, 'Roles and groups cannot follow the directory')
    }
  }

  const synchroniseOnce = (complete = true, believeLoss = false) =>
    (running ??= run(complete, believeLoss).finally(() => {
      running = null
      if (stopped || (connection === null && loaded)) return
      again(loaded && part.get().state === 'up' ? times.everyMs : times.retryMs)
    }))

  const again = (inMs: number) => {
    if (timer !== null) clearTimeout(timer)
    report.next(inMs)
    timer = setTimeout(() => void synchroniseOnce(sinceComplete >= completeEvery), inMs)
    timer.unref()
  }

  const ask = async (number: string): Promise<readonly Person[]> => {
    if (connection === null) return []
    const attributes = mapping()
    const entries = await connection.search(numberFilter(number, attributes.phones), wantedAttributes(attributes), 50)
    // Only those who do have this number, whatever the server took the question for.
    const found = entries
      .map((entry) => personOf(entry, attributes))
      .filter((p) => p !== null)
      .filter((p) => p.phones.includes(number))
    for (const person of found) {
      index.upsert(person)
      lookedUp.add(person.id)
    }
    saver.add(found)
    saver.flush().catch((error: unknown) => log.warn({ reason: reasonOf(error) }, 'Somebody found in the directory could not be saved yet'))
    return index.find(number)
  }

  const lookupNumber = async (number: string, signal?: AbortSignal): Promise<readonly Person[]> => {
    const given = () => signal?.aborted === true || stopped
    if (connection === null || given() || lookups >= mostLookups) return []
    const limit = AbortSignal.timeout(times.lookupMs)
    lookups += 1
    const answer = ask(number).finally(() => {
      lookups -= 1
    })
    try {
      return await Promise.race([answer, aborted(signal === undefined ? limit : AbortSignal.any([signal, limit]))])
    } catch (error) {
      answer.catch(() => undefined)
      if (given()) return []
      part.set('down', reasonOf(error))
      if (running === null) again(times.retryMs)
      log.warn({ reason: reasonOf(error) }, 'The directory did not say whose number this is')
      return []
    }
  }

  const entryOf = async (login: string, attribute: string, wanted: string[]) => {
    if (connection === null) return null
    const isThem = new AndFilter({ filters: [peopleFilter(), new EqualityFilter({ attribute, value: login })] })
    const found = await connection.search(isThem, wanted, 2)
    // The same one said twice is one; two people of one login are nobody in particular.
    const [first, ...others] = new Map(found.map((entry) => [entry.dn.toLowerCase(), entry])).values()
    if (others.length > 0)
      log.warn({ login, entries: found.map(({ dn }) => dn) }, 'Several people of the directory have this login: none signs in by it')
    return others.length === 0 ? (first ?? null) : null
  }

  return {
    async start() {
      await loadCopy()
      void synchroniseOnce()
    },
    async stop() {
      stopped = true
      if (timer !== null) clearTimeout(timer)
      await connection?.close()
      await running
    },
    synchronise: (believeLoss = false) => synchroniseOnce(true, believeLoss),
    async signIn(login, password) {
      const attributes = mapping()
      const entry = await entryOf(login, attributes.login, wantedAttributes(attributes))
      const person = entry === null ? null : personOf(entry, attributes)
      if (connection === null || entry === null || person === null) return null
      return (await connection.accepts(entry.dn, password)) ? person : null
    },
    async trial(login, tried) {
      const entry = await entryOf(login, tried.login, ['*', 'entryUUID'])
      if (connection === null || entry === null) return null
      const shown = Object.keys(entry).filter((name) => name !== 'dn' && !/password|secret|key/i.test(name))
      const attributes = Object.fromEntries(
        shown.map((name) => [
          name,
          values(entry, name)
            .slice(0, 10)
            .map((v) => v.slice(0, 300)),
        ]),
      )
      const person = personOf(entry, tried)
      const groups = tried.roles.map(({ group }) => group)
      const { held, missing } = await heldGroups(connection, { dn: entry.dn, login: person?.login ?? login }, groups)
      const rule = tried.roles.find(({ group }) => held.includes(group)) ?? null
      return { dn: entry.dn, attributes, person, rule, missingGroups: missing }
    },
    lookupNumber,
    async findByPhone(raw, signal) {
      const number = normaliseNumber(raw)
      if (number === null) return []
      const known = index.find(number)
      return known.length > 0 ? known : await lookupNumber(number, signal)
    },
    state: part.get,
    report: () => ({ configured: config !== null, servers: [...(config?.urls ?? [])], people: index.size, ...report.get() }),
  }
}

/** Rejects when the signal is aborted, and never resolves. */
function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) =>
    signal.addEventListener('abort', () => reject(new Error('pas de réponse dans le délai')), { once: true }),
  )
}

/** What an error says, on one line; the directory's library never puts the password in it. */
function reasonOf(error: unknown): string {
  const text =
    error instanceof Error ? (error.message !== '' ? error.message : 'code' in error ? String(error.code) : error.name) : String(error)
  return text.replace(/\s+/g, ' ').slice(0, 300)
}

/** A generalized time (`20261124083000Z`), earlier by so much. */
function earlier(time: string, byMs: number): string {
  const [, date = '', clock = ''] = /^(\d{8})(\d{6})/.exec(time) ?? []
  const iso = `${date.replace(/(....)(..)(..)/, '$1-$2-$3')}T${clock.replace(/(..)(..)(..)/, '$1:$2:$3')}Z`
  return `${new Date(Date.parse(iso) - byMs).toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`
}
