import type { Entry } from 'ldapts'
import { normaliseNumber } from '../calls/number.ts'
import type { DirectoryAttributes as Attributes } from '../contract/settings.ts'
import type { KnownPerson } from './ports.ts'

/** What is asked of the directory for each person; names the site did not choose are fallbacks. */
export function wantedAttributes(a: Attributes): string[] {
  return [
    ...new Set([
      'entryUUID',
      'modifyTimestamp',
      'cn',
      'sn',
      'givenName',
      a.login,
      a.name,
      a.mail,
      ...a.phones,
      a.affiliation,
      a.unit,
      a.place,
      a.title,
    ]),
  ]
}

/** The values of an attribute, whatever its case and number; binary values are ignored. */
export function values(entry: Entry, attribute: string): string[] {
  const wanted = attribute.toLowerCase()
  const key = attribute in entry ? attribute : Object.keys(entry).find((name) => name.toLowerCase() === wanted)
  const found = key === undefined ? [] : (entry[key] ?? [])
  return (Array.isArray(found) ? found : [found])
    .filter((v) => typeof v === 'string')
    .map((v) => v.trim())
    .filter((v) => v !== '')
}

/** Words of SupAnn, of eduPerson and of plain French. */
const affiliations: readonly (readonly [RegExp, KnownPerson['affiliation']])[] = [
  [/^(student|etudiant|eleve|doctorant|alum)/, 'student'],
  [/^(staff|employee|faculty|teacher|researcher|emeritus|retired|personnel|enseignant|chercheur|biatss|titulaire|contractuel)/, 'staff'],
  [/^(affiliate|hosted|heberge|invite|guest|external|exterieur|registered-reader|library-walk-in|vacataire)/, 'hosted'],
]

function affiliation(words: readonly string[]): KnownPerson['affiliation'] {
  const plain = words.map((w) => w.toLowerCase().normalize('NFD').replace(/\p{M}/gu, ''))
  return affiliations.find(([pattern]) => plain.some((w) => pattern.test(w)))?.[1] ?? 'unknown'
}

/**
 * A directory entry as a person; null when it has no name or nothing that identifies it. The id is the entry's UUID where
 * there is one, because a login may be given again to somebody else.
 */
export function personOf(entry: Entry, a: Attributes): KnownPerson | null {
  const first = (attribute: string) => values(entry, attribute)[0] ?? null
  const key = first('entryUUID') ?? first(a.login)
  const composed = [first('givenName'), first('sn')].filter((part) => part !== null).join(' ')
  const name = first(a.name) ?? first('cn') ?? (composed === '' ? null : composed)
  if (key === null || name === null) return null
  const phones = a.phones
    .flatMap((attribute) => values(entry, attribute))
    .map(normaliseNumber)
    .filter((n) => n !== null)
  return {
    id: `ldap:${key}`,
    name: name.slice(0, 200),
    email: first(a.mail),
    phones: [...new Set(phones)],
    affiliation: affiliation(values(entry, a.affiliation)),
    unit: first(a.unit),
    place: first(a.place),
    title: first(a.title),
    login: first(a.login),
  }
}
