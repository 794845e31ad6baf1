import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ConfigurationHistory } from '../../server/contract/configuration.ts'
import { tellFailure } from '../api/commands.ts'
import { settingsChangesQuery } from '../api/configuration.ts'
import { saveSettings, settingsHistoryQuery, settingsQuery } from '../api/settings.ts'
import { queryClient } from '../api/queries.ts'
import { fullMoment, momentOf } from '../ui/format.ts'
import { Panel } from '../ui/panel.tsx'
import { domainName, FieldChanges } from './field-changes.tsx'
import classes from './configuration-page.module.css'

type Change = ConfigurationHistory[number]

/** Every change to any setting, and the way back to each version: itself a version, so that it can be taken back as well. */
export function ConfigurationChanges() {
  const { t } = useTranslation()
  const changes = useQuery(settingsChangesQuery).data ?? []
  const inForce = useQuery(settingsQuery).data
  const [going, setGoing] = useState<string | null>(null)

  async function goBack({ domain, version }: Change): Promise<void> {
    setGoing(`${domain} ${version}`)
    try {
      const versions = await queryClient.fetchQuery({ ...settingsHistoryQuery(domain), staleTime: 0 })
      const wanted = versions.find((one) => one.version === version)
      if (wanted === undefined || inForce === undefined) return
      await saveSettings(domain, { version: inForce[domain].version, value: wanted.value as object })
      await queryClient.invalidateQueries({ queryKey: ['settings', 'history'] })
      notifications.show({ message: t('settings.saved'), withBorder: true, autoClose: 8_000 })
    } catch (error) {
      tellFailure(error)
    } finally {
      setGoing(null)
    }
  }
  return (
    <Panel heading={t('configuration.history')}>
      {changes.length === 0 && <p className={classes.none}>{t('settings.historyNone')}</p>}
      <ul className={classes.changes}>
        {changes.map((one) => (
          <li key={`${one.domain} ${one.version}`}>
            <details>
              <summary>
                <strong>{domainName(one.domain, t)}</strong>
                <span>{t('configuration.fields', { count: one.changed.length })}</span>
                <span className={classes.who}>
                  {one.by},{' '}
                  <time dateTime={one.at} title={fullMoment(one.at)}>
                    {momentOf(one.at)}
                  </time>
                </span>
              </summary>
              <FieldChanges domain={one.domain} fields={one.changed} />
            </details>
            {one.inForce ? (
              <em>{t('settings.inForce')}</em>
            ) : (
              <Button
                size="compact-sm"
                variant="default"
                loading={going === `${one.domain} ${one.version}`}
                aria-label={t('configuration.goBackTo', { what: domainName(one.domain, t), who: one.by, time: momentOf(one.at) })}
                onClick={() => void goBack(one)}
              >
                {t('configuration.goBack')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  )
}
