import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { fr } from './locales/fr.ts'

export type Language = 'fr' | 'en'
const storageKey = 'guichet.language'

export const i18n = i18next.createInstance()

const remembered = (): Language => (localStorage.getItem(storageKey) === 'en' ? 'en' : 'fr')

async function withTexts(language: Language): Promise<void> {
  if (language === 'en' && !i18n.hasResourceBundle('en', 'translation')) {
    const { en } = await import('./locales/en.ts')
    i18n.addResourceBundle('en', 'translation', en)
  }
}

/** French unless the reader chose English on this computer before. */
export async function startTexts(): Promise<void> {
  i18n.on('languageChanged', (language) => {
    document.documentElement.lang = language
  })
  await i18n
    .use(initReactI18next)
    .init({ lng: 'fr', fallbackLng: 'fr', resources: { fr: { translation: fr } }, interpolation: { escapeValue: false } })
  document.documentElement.lang = 'fr'
  if (remembered() === 'en') await changeLanguage('en')
}

/** Switch at once, and remember it on this computer. */
export async function changeLanguage(language: Language): Promise<void> {
  localStorage.setItem(storageKey, language)
  await withTexts(language)
  await i18n.changeLanguage(language)
}
