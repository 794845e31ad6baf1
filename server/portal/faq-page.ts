import { withPublicPictures, type Article, type ListedArticle, type Topic } from '../contract/articles.ts'
import { html, Html, type Value } from './html.ts'
import { icons, page, type Look } from './layout.ts'
import { faqWords } from './words-faq.ts'
import { moment } from './words.ts'

/** `/faq/12-se-connecter-au-wi-fi`: the number finds it, the rest is for people. */
export function articleAddress({ number, title }: Pick<ListedArticle, 'number' | 'title'>): string {
  const slug = title
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60)
  return `/faq/${number}${slug === '' ? '' : `-${slug}`}`
}

type Searched = {
  readonly typed: string
  readonly found: readonly ListedArticle[]
  readonly corrected: readonly { readonly typed: string; readonly taken: string }[]
}

const searchForm = (look: Look, typed: string) => {
  const t = faqWords[look.language]
  return html`<form class="find" method="get" action="/faq" role="search"><label class="seen" for="q">${t.search}</label>
<input id="q" name="q" type="search" maxlength="200" value="${typed}" autocomplete="off"><button class="button main" type="submit">${t.searchSend}</button></form>`
}

const row = (one: ListedArticle, withText: boolean) =>
  html`<li><a href="${articleAddress(one)}"><strong>${one.title}</strong>${withText && html`<small>${one.beginning}</small>`}</a></li>`

function index(topics: readonly Topic[], articles: readonly ListedArticle[], other: string): Value {
  const live = topics.filter(({ retired }) => !retired)
  const known = new Set(live.map(({ id }) => id))
  const of = (id: string | null) => articles.filter(({ topicId }) => (topicId !== null && known.has(topicId) ? topicId : null) === id)
  // A heading and those below it stand together, under the one at the top.
  const below = (id: string): readonly Topic[] => live.filter(({ parentId }) => parentId === id)
  const section = (topic: Topic): Html | false => {
    const own = of(topic.id)
    const subs = below(topic.id).map((sub) => ({ sub, own: of(sub.id) }))
    if (own.length + subs.reduce((n, { own: some }) => n + some.length, 0) === 0) return false
    return html`<section class="card"><h2>${topic.name}</h2>${own.length > 0 && html`<ul class="rows">${own.map((one) => row(one, false))}</ul>`}
${subs.map(({ sub, own: some }) => some.length > 0 && html`<h3>${sub.name}</h3><ul class="rows">${some.map((one) => row(one, false))}</ul>`)}</section>`
  }
  const tops = live.filter(({ parentId }) => parentId === null || !known.has(parentId))
  const rest = of(null)
  return html`<div class="topics">${tops.map(section)}${rest.length > 0 && html`<section class="card"><h2>${other}</h2><ul class="rows">${rest.map((one) => row(one, false))}</ul></section>`}</div>`
}

/** The index, or what a search finds. */
export function faqPage(
  look: Look,
  {
    topics,
    articles,
    searched,
  }: { readonly topics: readonly Topic[]; readonly articles: readonly ListedArticle[]; readonly searched: Searched | null },
): string {
  const t = faqWords[look.language]
  const results = (s: Searched) =>
    html`<p class="lead" role="status">${t.results(s.found.length, s.typed)}</p>
${s.corrected.map(({ typed, taken }) => html`<p class="small">${t.corrected(typed, taken)}</p>`)}
${s.found.length > 0 ? html`<section class="card"><ul class="rows found">${s.found.map((one) => row(one, true))}</ul></section>` : html`<p>${t.nothing}</p>`}
<p class="gestures"><a class="button main" href="/demande?objet=${encodeURIComponent(s.typed)}">${t.ask}</a> <a class="button" href="/faq">${t.all}</a></p>`
  const body = html`<h1>${t.title}</h1>${searched === null && html`<p class="lead">${t.lead}</p>`}
${searchForm(look, searched?.typed ?? '')}
${searched !== null ? results(searched) : articles.length === 0 ? html`<p>${t.none}</p>` : index(topics, articles, t.other)}`
  return page(look, { title: searched === null ? t.title : `${searched.typed} · ${t.title}`, body, wide: searched === null, here: '/faq' })
}

/** One answer. @param said what whoever reads it has just said of it */
export function articlePage(look: Look, one: Article, topic: string | null, said: 'oui' | 'non' | null): string {
  const t = faqWords[look.language]
  const opinion =
    said === null
      ? html`<form class="opinion" method="post" action="/faq/${one.number}/avis"><p><strong>${t.helped}</strong></p><p class="gestures"><button class="button" name="avis" value="oui">${t.yes}</button> <button class="button" name="avis" value="non">${t.no}</button></p></form>`
      : html`<div class="band ok" role="status"><p>${said === 'oui' ? t.thanks : t.thanksNo}</p></div>`
  const body = html`<p class="small"><a href="/faq">${t.title}</a>${topic !== null && html` · ${topic}`}</p>
<h1>${one.title}</h1>
<article class="card article" lang="fr">${new Html(withPublicPictures(one.body))}</article>
<p class="small">${t.updated(moment(one.at, look.language, look.timeZone, false))}</p>
${opinion}
<section class="card noprint"><h2>${icons.form}${t.askAbout}</h2><p>${t.askSays}</p><p class="gestures"><a class="button${said === 'non' && html` main`}" href="/demande?article=${one.number}">${t.ask}</a></p></section>`
  return page(look, { title: one.title, body, here: '/faq' })
}
