import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { bound } from './bound.ts'

export type Language = 'fr' | 'en'
const storageKey = 'guichet.language'

export const i18n = i18next.createInstance()

const remembered = (): Language => (localStorage.getItem(storageKey) === 'en' ? 'en' : 'fr')

/** Each language in two parts: what the desk shows itself with, and what later pages and dialogues add. Readers fetch their own alone. */
const parts = {
  fr: { first: async () => (await import('./locales/fr.ts')).fr, later: async () => (await import('./locales/later-fr.ts')).laterFr },
  en: { first: async () => (await import('./locales/en.ts')).en, later: async () => (await import('./locales/later-en.ts')).laterEn },
} as const
const held = new Set<string>()
let everything = false

async function withTexts(language: Language): Promise<void> {
  const wanted = everything ? (['first', 'later'] as const) : (['first'] as const)
  await Promise.all(
    wanted.map(async (part) => {
      const texts = await parts[language][part]()
      if (held.has(`${language} ${part}`)) return
      held.add(`${language} ${part}`)
      const shown = language === 'fr' ? (JSON.parse(bound(JSON.stringify(texts))) as typeof texts) : texts
      i18n.addResourceBundle(language, 'translation', shown, true)
    }),
  )
}

/** Every text of the reader's language, for what shows more than the desk. Asked for again after a failure, once otherwise. */
export async function allTexts(): Promise<void> {
  everything = true
  await withTexts(i18n.language === 'en' ? 'en' : 'fr')
}

/** French unless the reader chose English on this computer before. */
export async function startTexts(): Promise<void> {
  i18n.on('languageChanged', (language) => {
    document.documentElement.lang = language
  })
  await i18n.use(initReactI18next).init({
    lng: remembered(),
    fallbackLng: false,
    // Said, or each look-up guesses whether its key is a sentence.
    keySeparator: '.',
    nsSeparator: false,
    resources: {},
    interpolation: { escapeValue: false },
    react: { bindI18nStore: 'added' },
  })
  document.documentElement.lang = remembered()
  await withTexts(remembered())
}

/** Switch at once, and remember it on this computer. */
export async function changeLanguage(language: Language): Promise<void> {
  localStorage.setItem(storageKey, language)
  await withTexts(language)
  await i18n.changeLanguage(language)
}
