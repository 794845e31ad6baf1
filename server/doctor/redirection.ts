import pg from 'pg'
import { categoryName } from '../contract/category-tree.ts'
import type { SettingsValues } from '../contract/settings.ts'
import { unled } from '../contract/unled.ts'
import { type Finding, watch, well } from './finding.ts'

const patienceMs = 4_000
const mostNamed = 5

/** Whether tickets of every category go to somebody. Nothing is said while the database is away, of which something else is said. */
export async function checkRedirection(
  url: string | null,
  { categories: { categories }, redirection: { rules } }: Pick<SettingsValues, 'categories' | 'redirection'>,
): Promise<readonly Finding[]> {
  if (url === null) return []
  const what = 'Redirection'
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: patienceMs, query_timeout: patienceMs })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query<{ id: string }>(
      `select g.id from groups g where g.retired_at is null
        and (g.mail is not null or exists (select from group_members m join accounts a on a.id = m.account_id
          where m.group_id = g.id and m.part = 'member' and a.disabled_at is null and a.role <> 'user'))`,
    )
    const found = unled(categories, rules, new Set(rows.map(({ id }) => id)))
    if (found.length === 0) return [well(what, 'chaque nature mène à un groupe où quelqu’un l’apprend, ou reste au guichet par une règle.')]
    const names = found.map(({ categoryId }) => categoryName(categories, categoryId) ?? categoryId)
    const named = [...names.slice(0, mostNamed), ...(names.length > mostNamed ? ['…'] : [])].join(', ')
    const count = names.length === 1 ? '1 nature ne mène à personne' : `${names.length} natures ne mènent à personne`
    return [watch(what, `${count} (${named}) : voyez « Réglages » › « Redirection ».`)]
  } catch {
    return []
  } finally {
    await client.end().catch(() => undefined)
  }
}
