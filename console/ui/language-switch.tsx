import { useTranslation } from 'react-i18next'
import { changeLanguage } from './i18n.ts'
import classes from './language-switch.module.css'

/** Offers the other language, in its own words. */
export function LanguageSwitch() {
  const { i18n } = useTranslation()
  const other = i18n.language === 'fr' ? 'en' : 'fr'
  return (
    <button type="button" className={classes.switch} lang={other} onClick={() => void changeLanguage(other)}>
      {other === 'en' ? 'English' : 'Français'}
    </button>
  )
}
