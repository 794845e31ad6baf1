/** A word of the search that is in an article. `rank`: the higher, the more it is what the article is about (PostgreSQL's `ts_rank`). */
export type Hit = { readonly article: number; readonly word: number; readonly rank: number }

/** Above this a word is in the title or among the keywords. */
const strongRank = 0.3
/** How much of what was typed an article must be about to be suggested unasked. */
const leastCover = 0.34
/** From here on it is likely the answer, and worth a stop before a request is sent. */
const answerCover = 0.6
const unknownWeight = 0.5

type Scored = { readonly article: number; readonly score: number; readonly cover: number; readonly strong: boolean }

/**
 * Articles by how well they answer the words. A word counts by how rare it is among all articles (inverse document frequency), times its
 * rank in this one.
 * @param words how many were looked for @param total how many articles there are
 */
function scored(hits: readonly Hit[], words: number, total: number): readonly Scored[] {
  const frequency = new Map<number, number>()
  for (const { word } of hits) frequency.set(word, (frequency.get(word) ?? 0) + 1)
  // A word that no article knows is rare, and yet maybe only how this person tells it.
  const weight = (word: number) => (frequency.has(word) ? 1 : unknownWeight) * Math.log(1 + total / (frequency.get(word) ?? 1))
  const whole = Array.from({ length: words }, (_, word) => weight(word)).reduce((sum, w) => sum + w, 0)
  const byArticle = Map.groupBy(hits, ({ article }) => article)
  return [...byArticle]
    .map(([article, found]) => ({
      article,
      score: found.reduce((sum, { word, rank }) => sum + weight(word) * rank, 0),
      cover: whole === 0 ? 0 : found.reduce((sum, { word }) => sum + weight(word), 0) / whole,
      strong: found.some(({ rank }) => rank >= strongRank),
    }))
    .toSorted((a, b) => b.cover * b.score - a.cover * a.score || a.article - b.article)
}

/** Numbers of the articles found, the best first. */
export const ranked = (hits: readonly Hit[], words: number, total: number): readonly number[] =>
  scored(hits, words, total).map(({ article }) => article)

/** @property answers it is about most of what was typed */
export type Suggestion = { readonly article: number; readonly answers: boolean }

/** Those worth showing to somebody who has not asked for them: about the thing itself, and about enough of what was typed. */
export const suggested = (hits: readonly Hit[], words: number, total: number, most: number): readonly Suggestion[] =>
  scored(hits, words, total)
    .filter(({ strong, cover }) => strong && cover >= leastCover)
    .slice(0, most)
    .map(({ article, cover }) => ({ article, answers: cover >= answerCover }))
