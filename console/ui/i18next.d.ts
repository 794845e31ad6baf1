import 'i18next'
import type { fr } from './locales/fr.ts'
import type { laterFr } from './locales/later-fr.ts'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation'
    resources: { translation: typeof fr & typeof laterFr }
  }
}
