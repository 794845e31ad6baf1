import { AndFilter, type Filter, GreaterThanEqualsFilter } from 'ldapts'
import type { DirectoryAttributes } from '../contract/settings.ts'
import type { LdapConnection } from './connection.ts'
import { personOf, values, wantedAttributes } from './entry.ts'
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
  /** When the latest change seen was made, as the directory writes it; null when it does not say. */
  readonly newest: string | null
}

type Work = {
  readonly attributes: DirectoryAttributes
  readonly connection: LdapConnection
  readonly people: PeopleStore
  readonly saver: PeopleSaver
  readonly index: NumberIndex
  /** Ids found meanwhile by other means: in the directory, though maybe after their page was read. */
  readonly alsoSeen: ReadonlySet<string>
  /** Only what has changed from this moment on (a generalized time); null: everybody, and whoever is gone is retired. */
  readonly since: string | null
  /** Retire even half of the people: the directory has been saying so for long enough. */
  readonly believeLoss: boolean
  /** How many have been read so far. */
  readonly onRead?: (people: number) => void
}

/** Small enough that reading one page never holds the event loop for more than a few milliseconds. */
const pageSize = 100
/** A desk may lose this many people at once whatever its size; beyond, half of them. */
const plausibleLoss = 50

/**
 * Reads the directory, page by page, into the index and the store; those who are no longer there are retired once everything has been
 * read.
 * @throws Error when the directory fails on the way: what was read is kept, nobody is retired.
 */
export async function synchronise({
  attributes,
  connection,
  people,
  saver,
  index,
  alsoSeen,
  since,
  believeLoss,
  onRead,
}: Work): Promise<Synchronised> {
  const known = [...index.ids()].filter((id) => id.startsWith('ldap:'))
  const seen = new Set<string>()
  let changed = 0
  let saved = true
  let newest: string | null = since
  // The index answers calls: it follows the directory even while PostgreSQL is away, which is asked once only.
  const save = async (write: () => Promise<unknown>) => {
    if (saved)
      saved = await write().then(
        () => true,
        () => false,
      )
  }

  await connection.pages(peopleSince(since), wantedAttributes(attributes), pageSize, async (entries) => {
    for (const entry of entries) {
      const [modified = ''] = values(entry, 'modifyTimestamp')
      if (/^\d{14}/.test(modified) && (newest === null || modified > newest)) newest = modified
      const person = personOf(entry, attributes)
      if (person === null) continue
      seen.add(person.id)
      if (same(index.get(person.id), person)) continue
      changed += 1
      index.upsert(person)
      saver.add([person])
    }
    onRead?.(seen.size)
    await save(() => saver.flush())
  })
  await save(() => saver.flush())

  if (since !== null) return { seen: seen.size, changed, retired: 0, kept: 0, saved, newest }
  const gone = known.filter((id) => !seen.has(id) && !alsoSeen.has(id))
  if (!believeLoss && gone.length > Math.max(plausibleLoss, known.length / 2)) {
    return { seen: seen.size, changed, retired: 0, kept: gone.length, saved, newest }
  }
  for (const id of gone) {
    index.retire(id)
    saver.forget(id)
  }
  await save(() => people.retireMissing('directory', [...seen, ...alsoSeen]))
  return { seen: seen.size, changed, retired: gone.length, kept: 0, saved, newest }
}

/** Everybody, or those whose entry has changed from a moment on. */
function peopleSince(since: string | null): Filter {
  if (since === null) return peopleFilter()
  return new AndFilter({ filters: [peopleFilter(), new GreaterThanEqualsFilter({ attribute: 'modifyTimestamp', value: since })] })
}

function same(a: KnownPerson | undefined, b: KnownPerson): boolean {
  return a !== undefined && JSON.stringify({ ...a, ...b }) === JSON.stringify(a)
}
