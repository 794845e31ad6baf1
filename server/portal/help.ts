import type { PublicDisruption } from '../contract/disruptions.ts'
import type { SuggestedArticle } from '../database/article-store.ts'
import { ServiceError } from '../errors.ts'
import { alike, type Told } from '../knowledge/alike.ts'
import type { PortalParts } from './desk-now.ts'
import { articleAddress } from './faq-page.ts'
import { html, type Html } from './html.ts'
import type { Look } from './layout.ts'
import { faqWords } from './words-faq.ts'

/** A disruption that what is typed looks like; one that has no ticket can be read of, not followed. */
type Trouble = Pick<PublicDisruption, 'id' | 'title' | 'place' | 'workaround'> & { readonly followable: boolean }
/** What may spare a request. */
export type Help = { readonly articles: readonly SuggestedArticle[]; readonly troubles: readonly Trouble[] }
export const noHelp: Help = { articles: [], troubles: [] }

/** What answers a request that is being typed; nothing while the database is away, since the form is what matters. */
export async function helpFor({ stores }: Pick<PortalParts, 'stores'>, told: Told): Promise<Help> {
  try {
    const [articles, published] = await Promise.all([stores.articles.suggest(told.title, 'public'), stores.disruptions.published()])
    const going = published.filter(({ phase }) => phase === 'under-way' || phase === 'overdue')
    const troubles = await Promise.all(
      alike(told, going)
        .slice(0, 3)
        .map(async ({ id, title, place, workaround }) => {
          const { ticket } = await stores.disruptions.find(id)
          return { id, title, place, workaround, followable: ticket !== null }
        }),
    )
    return { articles, troubles }
  } catch (error) {
    if (error instanceof ServiceError) return noHelp
    throw error
  }
}

const markOf = ({ number }: Pick<SuggestedArticle, 'number'>) => `a${number}`
const marksOf = ({ articles, troubles }: Help): readonly string[] => [...articles.map(markOf), ...troubles.map(({ id }) => `d${id}`)]
/** By which a form says what its author has been shown. */
export const seenMark = (help: Help): string => marksOf(help).join(' ')
const shownBy = (seen: string): ReadonlySet<string> => new Set(seen.slice(0, 2_000).split(' '))
/** Whether there is anything that they have not been shown yet and that is worth a stop: an article about some of it is told afterwards. */
export const isNews = ({ articles, troubles }: Help, seen: string): boolean => {
  const known = shownBy(seen)
  return marksOf({ articles: articles.filter(({ answers }) => answers), troubles }).some((mark) => !known.has(mark))
}
/** The articles that they have not been shown yet, by their numbers. */
export const unseenArticles = ({ articles }: Help, seen: string): readonly number[] =>
  articles.filter((one) => !shownBy(seen).has(markOf(one))).map(({ number }) => number)

/**
 * What may spare the request, within its form: articles open beside it, a disruption is followed by sending the same form.
 * @param guest nobody knows whose address theirs is: it is to be confirmed first
 */
export function helpView(look: Look, help: Help, guest: boolean): Html | false {
  const t = faqWords[look.language].help
  if (marksOf(help).length === 0) return false
  return html`${
    help.troubles.length > 0 &&
    html`<p><strong>${t.troubles}</strong></p>${help.troubles.map(
      ({ id, title, place, workaround, followable }) =>
        html`<div class="match"><p>${place === '' ? title : `${title}, ${place}`}</p>${workaround !== '' && html`<p class="small">${workaround}</p>`}<p class="small">${t.troubleSays}${followable && guest && html` ${t.troubleConfirm}`}</p>
${followable && html`<p class="gestures"><button class="button" type="submit" name="suivre" value="${id}">${t.follow}</button></p>`}</div>`,
    )}`
  }
${help.articles.length > 0 && html`<p><strong>${t.articles}</strong></p><ul>${help.articles.map((one) => html`<li><a href="${articleAddress(one)}" target="_blank" rel="noopener">${one.title}<span class="seen"> (${t.newTab})</span></a></li>`)}</ul>`}`
}
