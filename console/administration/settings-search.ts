import { folded } from '../ui/folded.ts'
import { i18n } from '../ui/i18n.ts'
import { isNearly } from '../ui/slips.ts'
import { pages } from './pages.ts'

type Page = (typeof pages)[number]
/** Where the words of each page stand; of one that is not here its title is found. */
const texts: { readonly [T in Page['title']]?: readonly string[] } = {
  hours: ['settings.hours'],
  desk: ['settings.desk', 'recording'],
  lines: ['lines'],
  outgoing: ['settings.outgoing'],
  announcements: ['announcements'],
  operators: ['dutySettings'],
  followUp: ['followUp'],
  tickets: ['life.settings', 'files.settings'],
  clocks: ['clocks.settings'],
  phrases: ['phrases.settings'],
  script: ['script.settings'],
  categories: ['sorting.settings', 'sorting.trees'],
  redirection: ['sorting.rules'],
  portal: ['portalSettings'],
  knowledge: ['knowledge.settings'],
  mails: ['mailing'],
  continuity: ['continuity'],
  waiting: ['waitAccuracy'],
  walls: ['wall.settings'],
  privacy: ['privacy'],
  accounts: ['accounts.all'],
  signIn: ['access.policy'],
  directory: ['access.directory'],
  keys: ['access.keys'],
  webhooks: ['access.webhooks'],
  sharedCalendar: ['sharedCalendar'],
  glpi: ['glpi'],
  ocs: ['ocs'],
  monitors: ['disruptions.monitors'],
  exchanges: ['exchanges'],
  configuration: ['configuration'],
}
/** A setting by the words that its page shows for it. */
export type FoundSetting = { readonly page: Page; readonly label: string; readonly says: string | null }

type Texts = { readonly [key: string]: string | Texts }
const says = 'Says'
/** What fills a text in is not known here, and would not be found on its page. */
const isWhole = (text: string) => !text.includes('{{') && text.length > 2

function* settingsIn(page: Page, all: Texts): Generator<FoundSetting> {
  for (const [key, text] of Object.entries(all)) {
    if (typeof text !== 'string') yield* settingsIn(page, text)
    else if (isWhole(text) && !(key.endsWith(says) && key.slice(0, -says.length) in all)) {
      const more = all[`${key}${says}`]
      yield { page, label: text, says: typeof more === 'string' && isWhole(more) ? more : null }
    }
  }
}

const most = 14
const longestName = 60
/** Words that are in nearly everything. */
const little = new Set('a an and au aux d de des du en et for in l la le les of ou pour sur the to un une'.split(' '))
const indexes = new Map<string, readonly (FoundSetting & { readonly words: string })[]>()
function index() {
  const { language } = i18n
  let known = indexes.get(language)
  if (known === undefined) {
    known = pages.flatMap((page) => {
      const title = i18n.t(`settings.pages.${page.title}`)
      const group = i18n.t(`settings.groups.${page.group}`)
      const all: FoundSetting[] = [{ page, label: title, says: i18n.t(`settings.words.${page.title}`) }]
      for (const place of texts[page.title] ?? []) all.push(...settingsIn(page, i18n.getResource(language, 'translation', place) as Texts))
      // Of the same words the first: a page is also found by what else it is called.
      const once = new Map(all.toReversed().map((one) => [one.label, one]))
      return [...once.values()].toReversed().map((one) => ({ ...one, words: folded(`${one.label} ${one.says ?? ''} ${title} ${group}`) }))
    })
    indexes.set(language, known)
  }
  return known
}

/**
 * The settings whose words hold all of those typed, those that begin with them first; where there are none, those that do when slips are
 * forgiven (`near`). None for less than two letters.
 */
export function searchSettings(
  typed: string,
  allowed: (page: Page) => boolean,
): { readonly found: readonly FoundSetting[]; readonly near: boolean } {
  const all = folded(typed.trim())
    .split(/[\s']+/)
    .filter(Boolean)
  const telling = all.filter((word) => !little.has(word))
  const wanted = telling.length > 0 ? telling : all
  if (all.join('').length < 2) return { found: [], near: false }
  const [first = ''] = wanted
  const rank = ({ page, label }: FoundSetting) => {
    const own = folded(label)
    // A page before what it holds, and names before whole sentences.
    if (label === i18n.t(`settings.pages.${page.title}`)) return wanted.every((word) => isNearly(word, own)) ? -1 : 3
    if (label.length > longestName) return 4
    return own.startsWith(first) ? 0 : wanted.every((word) => own.includes(word)) ? 1 : wanted.every((word) => isNearly(word, own)) ? 2 : 3
  }
  const own = index().filter(({ page }) => allowed(page))
  const whole = own.filter(({ words }) => wanted.every((word) => words.includes(word)))
  const found = whole.length > 0 ? whole : own.filter(({ words }) => wanted.every((word) => isNearly(word, words)))
  return { found: found.toSorted((a, b) => rank(a) - rank(b)).slice(0, most), near: whole.length === 0 && found.length > 0 }
}

const shownForMs = 2_500
const lookedForMs = 4_000
let stop = () => undefined as void

/** Bring what a setting is called into sight once its page shows it, and the keyboard to it. */
export function reveal(label: string): void {
  stop()
  const look = (): boolean => {
    const place = [
      ...document.querySelectorAll<HTMLElement>('#contenu :is(label, h2, h3, legend, strong, p, span, button, td, th, summary)'),
    ].find((one) => one.closest('nav') === null && one.textContent.replace(/ ?\*$/, '').trim() === label)
    if (place === undefined) return false
    place.scrollIntoView({ block: 'center' })
    place.dataset['found'] = 'true'
    window.setTimeout(() => delete place.dataset['found'], shownForMs)
    const field = place instanceof HTMLLabelElement ? place.control : place instanceof HTMLButtonElement ? place : null
    field?.focus({ preventScroll: true })
    return true
  }
  if (look()) return
  const watcher = new MutationObserver(() => {
    if (look()) stop()
  })
  const late = window.setTimeout(() => stop(), lookedForMs)
  stop = () => {
    watcher.disconnect()
    window.clearTimeout(late)
  }
  watcher.observe(document.body, { childList: true, subtree: true })
}
