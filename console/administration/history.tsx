import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { SettingsDomain, SettingsView } from '../../server/contract/settings.ts'
import { settingsHistoryQuery } from '../api/settings.ts'
import { fullMoment, momentOf } from '../ui/format.ts'
import { Panel } from '../ui/panel.tsx'
import classes from './history.module.css'
import type { Editing } from './use-settings.ts'

/** Who changed this page's settings, and the way back to any of them. */
export function History<D extends SettingsDomain>({ editing: { domain, edit } }: { editing: Editing<D> }) {
  const { t } = useTranslation()
  const versions = useQuery(settingsHistoryQuery(domain)).data ?? []
  return (
    <Panel heading={t('settings.history')}>
      {versions.length === 0 && <p className={classes.none}>{t('settings.historyNone')}</p>}
      <ul className={classes.list}>
        {versions.map(({ version, by, at, value }, i) => (
          <li key={version}>
            <span>{by}</span>
            <time dateTime={at} title={fullMoment(at)}>
              {momentOf(at)}
            </time>
            {i === 0 ? (
              <em>{t('settings.inForce')}</em>
            ) : (
              <Button
                size="compact-sm"
                variant="default"
                aria-label={t('settings.takeAgainOf', { who: by, time: momentOf(at) })}
                onClick={() => edit(value as Partial<SettingsView[D]['value']>)}
              >
                {t('settings.takeAgain')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  )
}
