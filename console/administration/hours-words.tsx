import { useTranslation } from 'react-i18next'
import type { HoursPreview } from '../../server/contract/settings.ts'
import { Panel } from '../ui/panel.tsx'
import classes from './hours-words.module.css'

/** What these hours say to callers and on the public page, in both languages, as they are typed. */
export function HoursWords({ preview }: { preview: HoursPreview }) {
  const { t } = useTranslation()
  return (
    <Panel heading={t('settings.hours.words')}>
      <div className={classes.words}>
        {(['fr', 'en'] as const).map((language) => (
          <div key={language}>
            <h3>{t('settings.hours.callersHear', { language: t(`settings.hours.languages.${language}`) })}</h3>
            <blockquote lang={language}>{preview[language].closed}</blockquote>
            <h3>{t('settings.hours.pageSays', { language: t(`settings.hours.languages.${language}`) })}</h3>
            <ul lang={language}>
              {[preview[language].now, ...preview[language].week, ...preview[language].notices].map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          </div>
        ))}
      </div>
    </Panel>
  )
}
