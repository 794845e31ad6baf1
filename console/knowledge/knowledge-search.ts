import type { ArticleState } from '../../server/contract/articles.ts'
import { articleStates, wordOf } from '../../server/contract/vocabulary.ts'

/** What the address of « Connaissances » says. */
export type KnowledgeSearch = {
  readonly q?: string
  readonly rubrique?: string
  readonly etat?: ArticleState
  readonly relire?: 'oui'
  /** Closed tickets in place of articles, and their category. */
  readonly tickets?: 'clos'
  readonly categorie?: string
}

const word = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)

export function readKnowledge(search: Record<string, unknown>): KnowledgeSearch {
  const state = wordOf(articleStates, search['etat'])
  const [q, topic, category] = [word(search['q']), word(search['rubrique']), word(search['categorie'])]
  return {
    ...(q !== undefined && { q }),
    ...(topic !== undefined && { rubrique: topic }),
    ...(state && { etat: state }),
    ...(search['relire'] === 'oui' && { relire: 'oui' as const }),
    ...(search['tickets'] === 'clos' && { tickets: 'clos' as const }),
    ...(category !== undefined && { categorie: category }),
  }
}
