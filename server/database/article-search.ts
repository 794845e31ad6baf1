import { sql, type SQL } from 'drizzle-orm'
import { ranked, suggested, type Hit, type Suggestion } from '../knowledge/ranking.ts'
import { wordsOf } from '../knowledge/words.ts'
import type { Queries } from './connection.ts'

export type Found = {
  /** Numbers of articles, the best first. */
  readonly numbers: readonly number[]
  readonly corrected: readonly { readonly typed: string; readonly taken: string }[]
}

/** From this length on a word is looked for by its beginning, and may be mistyped. */
const longEnough = 4

/**
 * Full-text search of articles in French: accents do not count, plurals and conjugations are one word, a word that no article holds is
 * taken for the nearest that some do.
 * @param among which articles may be found at all
 */
export function articleSearch(db: Queries, among: SQL) {
  async function hits(words: readonly string[]): Promise<{ readonly hits: readonly Hit[]; readonly meaning: ReadonlySet<number> }> {
    const asked = sql`select n::int - 1 as word, to_tsquery('public.french_plain', case when length(w) >= ${longEnough} then w || ':*' else w end) as q
      from unnest(array[${sql.join(
        words.map((word) => sql`${word}`),
        sql`, `,
      )}]::text[]) with ordinality as one (w, n)`
    const { rows } = await db.execute<{ word: number; article: number | null; rank: number | null }>(sql`
      with asked as (${asked})
      select asked.word, a.number as article, ts_rank('{0.1, 0.2, 0.6, 1}', a.search, asked.q)::float8 as rank
      from asked left join articles a on a.search @@ asked.q and ${among}
      where numnode(asked.q) > 0`)
    return {
      hits: rows.flatMap(({ word, article, rank }) => (article === null || rank === null ? [] : [{ word, article, rank }])),
      // « ne », « pas » and the like mean nothing here.
      meaning: new Set(rows.map(({ word }) => word)),
    }
  }

  /** The nearest word of the articles: a letter wrong, missing or too many; two in a long word. */
  async function nearest(word: string): Promise<string | null> {
    const most = word.length < 6 ? 1 : 2
    const { rows } = await db.execute<{ word: string }>(sql`
      select w.word from article_words w join articles a on a.id = w.article_id
      where ${among} and levenshtein_less_equal(left(w.word, 60), ${word}, ${most}) <= ${most}
      group by w.word
      order by levenshtein(left(w.word, 60), ${word}), similarity(w.word, ${word}) desc, count(*) desc, w.word
      limit 1`)
    return rows[0]?.word ?? null
  }

  async function look(words: readonly string[]) {
    const first = await hits(words)
    const known = new Set(first.hits.map(({ word }) => word))
    const taken = [...words]
    const corrected: { typed: string; taken: string }[] = []
    for (const [i, word] of words.entries()) {
      if (known.has(i) || !first.meaning.has(i) || word.length < longEnough) continue
      const near = await nearest(word)
      if (near === null) continue
      taken[i] = near
      corrected.push({ typed: word, taken: near })
    }
    const { hits: found, meaning } = corrected.length === 0 ? first : await hits(taken)
    // Numbered again without those that mean nothing.
    const order = [...meaning].toSorted((a, b) => a - b)
    const { rows } = await db.execute<{ total: number }>(sql`select count(*)::int as total from articles a where ${among}`)
    return {
      hits: found.map((hit) => ({ ...hit, word: order.indexOf(hit.word) })),
      words: order.length,
      total: rows[0]?.total ?? 0,
      corrected,
    }
  }

  return {
    async search(typed: string): Promise<Found> {
      const words = wordsOf(typed, true)
      if (words.length === 0) return { numbers: [], corrected: [] }
      const { hits: found, words: count, total, corrected } = await look(words)
      return { numbers: ranked(found, count, total), corrected }
    },
    /** What may answer a title that is being typed. */
    async suggest(title: string, most = 3): Promise<readonly Suggestion[]> {
      const words = wordsOf(title)
      if (words.length === 0) return []
      const { hits: found, words: count, total } = await look(words)
      return suggested(found, count, total, most)
    },
  }
}
