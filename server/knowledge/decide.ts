import type { ArticleContent, ArticleState, ArticleVersion } from '../contract/articles.ts'

/*
 * An article is what its last version says. Each change is a new version; going back is one too, whose content is an older one's. Nothing
 * is ever taken away: an article that is wrong is a draft again.
 */
export type ArticleFacts = { readonly version: number; readonly content: ArticleContent }
export type ArticleDecision =
  | { readonly kind: 'changed'; readonly what: ArticleVersion['what']; readonly version: number; readonly content: ArticleContent }
  | { readonly kind: 'refused'; readonly code: 'conflict' | 'invalid_body'; readonly detail: string }

type Context = { readonly today: string; readonly reviewMonths: number }

/** The same day so many months later; the month's last when it has no such day. @param day `2026-11-28` */
export function monthsLater(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const at = year * 12 + month - 1 + months
  const [y, m] = [Math.floor(at / 12), (at % 12) + 1]
  const last = [31, (y % 4 === 0 && y % 100 !== 0) || y % 400 === 0 ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][m - 1] ?? 30
  return `${String(y).padStart(4, '0')}-${String(m).padStart(2, '0')}-${String(Math.min(date, last)).padStart(2, '0')}`
}

const isRead = (state: ArticleState) => state !== 'draft'
/** What others read says when it is to be read again. */
const reviewed = (content: ArticleContent, { today, reviewMonths }: Context): ArticleContent => ({
  ...content,
  reviewOn: isRead(content.state) ? (content.reviewOn ?? monthsLater(today, reviewMonths)) : content.reviewOn,
})

const says = (body: string) => body.replace(/<(?!img )[^>]*>|&nbsp;|\s/g, '') !== ''
/** Every picture says in words what it shows, or by an empty text that it says nothing. */
const described = (body: string) => (body.match(/<img [^>]*>/g) ?? []).every((picture) => / alt="/.test(picture))

export function write(content: ArticleContent, context: Context): ArticleDecision {
  if (isRead(content.state) && !says(content.body)) return { kind: 'refused', code: 'invalid_body', detail: 'body' }
  if (isRead(content.state) && !described(content.body)) return { kind: 'refused', code: 'invalid_body', detail: 'alt' }
  return { kind: 'changed', what: 'created', version: 1, content: reviewed(content, context) }
}

export function change(facts: ArticleFacts, read: number, content: ArticleContent, context: Context): ArticleDecision {
  if (read !== facts.version) return { kind: 'refused', code: 'conflict', detail: 'version' }
  const decision = write(content, context)
  return decision.kind === 'refused' ? decision : { ...decision, what: 'changed', version: facts.version + 1 }
}

/** Read again, and still right: the next day of review is the usual time from now. */
export function review({ version, content }: ArticleFacts, read: number, context: Context): ArticleDecision {
  if (read !== version) return { kind: 'refused', code: 'conflict', detail: 'version' }
  if (!isRead(content.state)) return { kind: 'refused', code: 'conflict', detail: 'draft' }
  return { kind: 'changed', what: 'reviewed', version: version + 1, content: reviewed({ ...content, reviewOn: null }, context) }
}

/** What an older version said is in force again; who may read it, and when it is read again, stay as they are. */
export function restore({ version, content }: ArticleFacts, read: number, older: ArticleContent): ArticleDecision {
  if (read !== version) return { kind: 'refused', code: 'conflict', detail: 'version' }
  const { title, topicId, body, keywords } = older
  if (isRead(content.state) && !says(body)) return { kind: 'refused', code: 'conflict', detail: 'cette version est vide' }
  if (isRead(content.state) && !described(body))
    return { kind: 'refused', code: 'conflict', detail: 'une image de cette version n’est pas décrite' }
  return { kind: 'changed', what: 'restored', version: version + 1, content: { ...content, title, topicId, body, keywords } }
}
