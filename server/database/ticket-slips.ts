import { sql } from 'drizzle-orm'
import { folded } from '../knowledge/words.ts'
import type { Queries } from './connection.ts'

export type Meant = {
  readonly search: string
  /** Mistyped words, and what was looked for in their place. */
  readonly corrected: readonly { readonly typed: string; readonly taken: string }[]
}

/** Shorter words are too near to too many others. */
const longEnough = 4
/** A short word with a slip shares few of its letters' runs with what is meant: it is looked for by its first letter too. */
const shortWord = 6

/** A search whose words no ticket holds, with the nearest that some do: a letter wrong, missing or too many; two in a long word. */
export async function meantBy(db: Queries, search: string): Promise<Meant> {
  const words = (search.normalize('NFC').match(/[\p{L}\p{N}]+/gu) ?? []).slice(0, 12)
  const corrected: { typed: string; taken: string }[] = []
  const taken: string[] = []
  for (const typed of words) {
    const near = typed.length < longEnough || /\d/.test(typed) ? null : await nearest(db, folded(typed))
    taken.push(near ?? typed)
    if (near !== null) corrected.push({ typed, taken: near })
  }
  return { search: taken.join(' '), corrected }
}

/** Null when some ticket has a word that begins so, or none has one that is near. */
async function nearest(db: Queries, word: string): Promise<string | null> {
  const most = word.length < 6 ? 1 : 2
  const { rows } = await db.execute<{ word: string }>(sql`
    select k.word from ticket_words k
    where not exists (select 1 from ticket_words b where b.word like ${`${word}%`})
      and (k.word % ${word} ${word.length > shortWord ? sql`` : sql`or k.word like ${`${word[0]}%`}`})
      and levenshtein_less_equal(k.word, ${word}, ${most}) <= ${most}
    order by levenshtein(k.word, ${word}), similarity(k.word, ${word}) desc, k.word
    limit 1`)
  return rows[0]?.word ?? null
}
