import { inArray, or, sql, type SQL } from 'drizzle-orm'
import type { Queries } from './connection.ts'
import { tickets } from './schema.ts'

/** What a search asks of tickets. */
export type Looked = {
  /** Each word as the index knows it: whole words, any of which will do, or a beginning of too many to name. */
  readonly words: readonly { readonly whole: readonly string[]; readonly beginning: string | null }[]
  /** The words as they were typed, without those that the index passes over. */
  readonly typed: readonly string[]
  /** What may be a ticket's number. */
  readonly numbers: readonly number[]
}

const mostWords = 12
/** Of more, the index reads the beginning itself. */
const mostNamed = 100

/** Every word of a search as the beginning of a word in French, accents ignored; or a ticket's number. */
export async function lookedFor(db: Queries, search: string): Promise<Looked> {
  const words = (search.normalize('NFC').match(/[\p{L}\p{N}]+/gu) ?? []).slice(0, mostWords)
  const numbers = words.filter((word) => /^\d{1,9}$/.test(word)).map(Number)
  if (words.length === 0) return { words: [], typed: [], numbers }
  const { rows } = await db.execute<{ query: string; typed: string; known: string[] | null }>(sql`
    select q.query, q.typed, case when q.begin is not null then array(
        select l.lexeme from ticket_lexemes l
        where l.lexeme >= q.begin collate "C" and l.lexeme < (q.begin || chr(1114111)) collate "C" limit ${mostNamed + 1}) end as known
    from (
      select n, word as typed, query, substring(query from '^''([[:alnum:]]+)'':\\*$') as begin
      from unnest(${sql.param(words)}::text[]) with ordinality as typed (word, n),
        lateral (select to_tsquery('public.french_plain', word || ':*')::text as query) parsed
    ) q
    where q.query <> '' order by q.n`)
  return {
    words: rows.map(({ query, known }) =>
      known === null || known.length > mostNamed ? { whole: [], beginning: query } : { whole: known, beginning: null },
    ),
    typed: rows.map(({ typed }) => typed),
    numbers,
  }
}

/** @param where `itself`: what was added to the ticket since does not count */
export function matching({ words, numbers }: Looked, where: 'anywhere' | 'itself' = 'anywhere'): SQL | undefined {
  const weights = where === 'itself' ? 'ABC' : ''
  const asked = words.map(({ whole, beginning }) =>
    beginning === null ? whole.map((word) => `'${word.replaceAll(/['\\]/g, '$&$&')}':${weights}`).join(' | ') : beginning + weights,
  )
  const text =
    asked.length === 0 || asked.includes('') ? sql`false` : sql`${tickets.search} @@ ${asked.map((one) => `(${one})`).join(' & ')}::tsquery`
  return numbers.length === 0 ? text : or(text, inArray(tickets.number, [...numbers]))
}
