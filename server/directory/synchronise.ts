import type { Config } from '../config.ts'
import type { LdapConnection } from './connection.ts'
import { personOf, wantedAttributes } from './entry.ts'
import { peopleFilter } from './filters.ts'
import type { NumberIndex } from './number-index.ts'
import type { KnownPerson, PeopleStore } from './ports.ts'
import type { PeopleSaver } from './saver.ts'

export type Synchronised = {
  readonly seen: number
  readonly changed: number
  readonly retired: number
  /** How many vanished at once and were kept, because that many do not leave in a quarter of an hour. */
  readonly kept: number
  /** Whether PostgreSQL's copy has followed; the index always has. */
  readonly saved: boolean
}

type Work = {
  readonly config: NonNullable<Config['ldap']>
  readonly connection: LdapConnection
  readonly people: PeopleStore
  readonly saver: PeopleSaver
  readonly index: NumberIndex
  /** Ids found meanwhile by other means: in the directory, though maybe after their page was read. */
  readonly alsoSeen: ReadonlySet<string>
  /** Retire even half of the people: the directory has been saying so for long enough. */
  readonly believeLoss: boolean
}

/** Small enough that reading one page never holds the event loop for more than a few milliseconds. */
const pageSize = 100
/** A desk may lose this many people at once whatever its size; beyond, half of them. */
const plausibleLoss = 50

/**
 * Reads the whole directory, page by page, into the index and the store; those who are no longer there are retired once
 * everything has been read.
 * @throws Error when the directory fails on the way: what was read is kept, nobody is retired.
 */
export async function synchronise({ config, connection, people, saver, index, alsoSeen, believeLoss }: Work): Promise<Synchronised> {
  const known = [...index.ids()].filter((id) => id.startsWith('ldap:'))
  const seen = new Set<string>()
  let changed = 0
  let saved = true
  // The index answers calls: it follows the directory even while PostgreSQL is away, which is asked once only.
  const save = async (write: () => Promise<unknown>) => {
    if (saved)
      saved = await write().then(
        () => true,
        () => false,
      )
  }

  await connection.pages(peopleFilter(), wantedAttributes(config.attributes), pageSize, async (entries) => {
    for (const entry of entries) {
      const person = personOf(entry, config.attributes)
      if (person === null) continue
      seen.add(person.id)
      if (same(index.get(person.id), person)) continue
      changed += 1
      index.upsert(person)
      saver.add([person])
    }
    await save(() => saver.flush())
  })
  await save(() => saver.flush())

  const gone = known.filter((id) => !seen.has(id) && !alsoSeen.has(id))
  if (!believeLoss && gone.length > Math.max(plausibleLoss, known.length / 2)) {
    return { seen: seen.size, changed, retired: 0, kept: gone.length, saved }
  }
  for (const id of gone) {
    index.retire(id)
    saver.forget(id)
  }
  await save(() => people.retireMissing('directory', [...seen, ...alsoSeen]))
  return { seen: seen.size, changed, retired: gone.length, kept: 0, saved }
}

function same(a: KnownPerson | undefined, b: KnownPerson): boolean {
  return a !== undefined && JSON.stringify({ ...a, ...b }) === JSON.stringify(a)
}
