import { describe, expect, it } from 'vitest'
import { articleContent, knowledgeSettings } from '../../server/contract/articles.ts'
import { change, monthsLater, restore, review, write } from '../../server/knowledge/decide.ts'
import { ranked, suggested } from '../../server/knowledge/ranking.ts'
import { vocabularyOf, wordsOf } from '../../server/knowledge/words.ts'

const context = { today: '2026-11-28', reviewMonths: 12 }
const content = articleContent.parse({ title: 'Wi-Fi', body: '<p>Choisissez eduroam.</p>', state: 'public' })

describe('an article', () => {
  it('that others read has a day on which it is read again; a draft needs none, and nothing empty is published', () => {
    expect(write(content, context)).toMatchObject({ version: 1, content: { reviewOn: '2027-11-28' } })
    expect(write({ ...content, state: 'draft', body: '' }, context)).toMatchObject({ kind: 'changed', content: { reviewOn: null } })
    expect(write({ ...content, body: '<p>&nbsp; </p>' }, context)).toMatchObject({ kind: 'refused', detail: 'body' })
  })

  it('changed, read again or taken back by who has not seen the last version stays as it is', () => {
    const facts = { version: 3, content }
    for (const decision of [change(facts, 2, content, context), review(facts, 2, context), restore(facts, 2, content)])
      expect(decision).toMatchObject({ kind: 'refused', code: 'conflict' })
  })

  it('goes back to what it said, and stays as public as it is', () => {
    const facts = { version: 3, content: { ...content, title: 'Wi-Fi et filaire', state: 'staff' as const } }
    expect(restore(facts, 3, content)).toMatchObject({ version: 4, what: 'restored', content: { title: 'Wi-Fi', state: 'staff' } })
    expect(review(facts, 3, context)).toMatchObject({ what: 'reviewed', content: { reviewOn: '2027-11-28', title: 'Wi-Fi et filaire' } })
  })

  it('that others read does not go back to a picture that nobody described, nor to nothing', () => {
    const facts = { version: 3, content }
    const refused = (body: string) => restore(facts, 3, { ...content, state: 'draft', body })
    expect(refused('<p>Ici :</p><img src="/api/articles/pictures/x">')).toMatchObject({
      code: 'conflict',
      detail: expect.stringContaining('image'),
    })
    expect(refused('<p> </p>')).toMatchObject({ code: 'conflict', detail: expect.stringContaining('vide') })
    expect(restore({ version: 3, content: { ...content, state: 'draft' } }, 3, { ...content, body: '<img src="x">' })).toMatchObject({
      version: 4,
    })
  })

  it.each([
    ['2026-11-28', 3, '2027-02-28'],
    ['2026-11-30', 3, '2027-02-28'],
    ['2027-11-30', 3, '2028-02-29'],
    ['2026-12-31', 12, '2027-12-31'],
    ['2026-03-31', 1, '2026-04-30'],
  ])('%s and %i months is %s', (day, months, later) => expect(monthsLater(day, months)).toBe(later))
})

it('an index that goes round in circles, or hangs from nothing, is none', () => {
  const topic = (id: string, parentId: string | null) => ({ id, name: id, parentId })
  const index = (...topics: ReturnType<typeof topic>[]) => knowledgeSettings.safeParse({ topics }).success
  expect(index(topic('a', null), topic('b', 'a'))).toBe(true)
  expect(index(topic('a', 'b'), topic('b', 'a'))).toBe(false)
  expect(index(topic('a', 'nowhere'))).toBe(false)
  expect(index(topic('a', null), topic('a', null))).toBe(false)
})

describe('words', () => {
  it('are looked for without accents, once, with what is joined by a hyphen as one', () => {
    expect(wordsOf('L’imprimante du Wi-Fi, l’Imprimante d’Éva !', true)).toEqual(['imprimante', 'du', 'wifi', 'eva'])
    expect(vocabularyOf('Le Wi-Fi du cœur 2026')).toEqual(['wifi', 'coeur'])
  })
  it('that tell nothing apart are no reason to suggest', () => {
    expect(wordsOf('Bonjour, problème urgent : ça ne marche plus')).not.toContain('probleme')
  })
})

describe('what is found', () => {
  const hits = [
    { article: 1, word: 0, rank: 0.6 },
    { article: 2, word: 0, rank: 0.06 },
    { article: 2, word: 1, rank: 0.06 },
    { article: 3, word: 1, rank: 0.06 },
  ]
  it('is in the order of how rare and how central the words are', () => {
    expect(ranked(hits, 2, 10)).toEqual([1, 2, 3])
  })
  it('is suggested only when it is about the thing, and about enough of what was typed', () => {
    expect(suggested(hits, 2, 10, 3)).toEqual([{ article: 1, answers: false }])
    expect(suggested(hits.slice(0, 1), 1, 10, 3)).toEqual([{ article: 1, answers: true }])
    expect(suggested(hits, 5, 10, 3)).toEqual([])
  })
})
