import type { Logger } from 'pino'
import type { Config } from '../config.ts'
import type { Person } from '../contract/entities.ts'
import type { Part } from '../contract/http.ts'
import { normaliseNumber } from '../calls/number.ts'
import { LdapConnection, type LdapTimes } from './connection.ts'
import { personOf, wantedAttributes } from './entry.ts'
import { numberFilter } from './filters.ts'
import type { NumberIndex } from './number-index.ts'
import { createPartState } from './part-state.ts'
import type { PeopleStore } from './ports.ts'
import { PeopleSaver } from './saver.ts'
import { synchronise } from './synchronise.ts'

export type Directory = {
  /** Fills the index from PostgreSQL's copy, then synchronises in the background. Never rejects. */
  start(): Promise<void>
  stop(): Promise<void>
  /** A complete synchronisation now; the one under way when there is one. Never rejects: see `state`. */
  synchronise(): Promise<void>
  /**
   * Asks the directory itself who has a number that the index does not know; what it answers enters the index.
   * @param number normalised
   * @returns nobody when the directory is slow (3 s), down, or `signal` is aborted. Never rejects.
   */
  lookupNumber(number: string, signal?: AbortSignal): Promise<readonly Person[]>
  /** @param raw a number as a person or an exchange writes it. From memory, or by `lookupNumber` on a miss. Never rejects. */
  findByPhone(raw: string, signal?: AbortSignal): Promise<readonly Person[]>
  state(): Part
}

export type DirectoryParts = {
  readonly config: Config['ldap']
  readonly people: PeopleStore
  readonly index: NumberIndex
  readonly log: Pick<Logger, 'info' | 'warn'>
  readonly times?: LdapTimes & { readonly lookupMs: number; readonly everyMs: number; readonly retryMs: number }
}

const usualTimes = { connectMs: 3_000, operationMs: 10_000, lookupMs: 3_000, everyMs: 15 * 60_000, retryMs: 60_000 }
/** More look-ups than this under way mean that the directory no longer follows: the next ones are not worth asking. */
const mostLookups = 20
/** A great loss seen at this many complete synchronisations running is no accident of the directory's. */
const lossesToBelieve = 4

/** The directory: people in memory for calls, kept up to date from LDAP. Without `config`, PostgreSQL's copy alone. */
export function createDirectory({ config, people, index, log, times = usualTimes }: DirectoryParts): Directory {
  const part = createPartState('directory', config === null ? 'off' : 'starting')
  const ldap = config === null ? null : { config, connection: new LdapConnection(config, times) }
  const saver = new PeopleSaver(people)
  const lookedUp = new Set<string>()
  let loaded = false
  let lossesInARow = 0
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

  const run = async () => {
    if (!loaded) await loadCopy()
    if (ldap === null) return
    lookedUp.clear()
    try {
      const done = await synchronise({ ...ldap, people, saver, index, alsoSeen: lookedUp, believeLoss: lossesInARow >= lossesToBelieve })
      lossesInARow = done.kept === 0 ? 0 : lossesInARow + 1
      if (!done.saved) log.warn('The copy of the directory cannot be written; it will be at the next synchronisation')
      part.set('up', `${done.seen} personnes${done.kept === 0 ? '' : `, ${done.kept} disparues d’un coup et gardées`}`)
      log.info(done, 'Directory synchronised')
    } catch (error) {
      if (stopped) return
      part.set('down', reasonOf(error))
      log.warn({ reason: reasonOf(error) }, 'The directory cannot be synchronised')
    }
  }

  const synchroniseOnce = () =>
    (running ??= run().finally(() => {
      running = null
      if (stopped || (ldap === null && loaded)) return
      again(loaded && part.get().state === 'up' ? times.everyMs : times.retryMs)
    }))

  const again = (inMs: number) => {
    if (timer !== null) clearTimeout(timer)
    timer = setTimeout(() => void synchroniseOnce(), inMs)
    timer.unref()
  }

  const ask = async (number: string): Promise<readonly Person[]> => {
    if (ldap === null) return []
    const { attributes } = ldap.config
    const entries = await ldap.connection.search(numberFilter(number, attributes.phones), wantedAttributes(attributes), 50)
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
    if (ldap === null || given() || lookups >= mostLookups) return []
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

  return {
    async start() {
      await loadCopy()
      void synchroniseOnce()
    },
    async stop() {
      stopped = true
      if (timer !== null) clearTimeout(timer)
      await ldap?.connection.close()
      await running
    },
    synchronise: synchroniseOnce,
    lookupNumber,
    async findByPhone(raw, signal) {
      const number = normaliseNumber(raw)
      if (number === null) return []
      const known = index.find(number)
      return known.length > 0 ? known : await lookupNumber(number, signal)
    },
    state: part.get,
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
