import type { ArticleState } from '../../server/contract/articles.ts'

export const stateTones = { draft: 'hold', staff: 'plain', public: 'ok' } as const satisfies Record<ArticleState, string>
