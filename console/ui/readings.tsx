import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { readingsQuery } from '../api/people.ts'
import { fullMoment, momentOf } from './format.ts'
import { Panel } from './panel.tsx'
import classes from './readings.module.css'

const shown = 6

/** Who read a ticket or a person's page, the latest first; for supervisors. */
export function ReadingsPanel({ of }: { of: { readonly ticket: number } | { readonly person: string } }) {
  const { t } = useTranslation()
  const found = useQuery(readingsQuery(of)).data
  const [all, setAll] = useState(false)
  if (found === undefined) return null
  return (
    <Panel heading={t('people.readings')} figure={found.length}>
      {found.length === 0 && <p className={classes.none}>{t('people.noReadings')}</p>}
      <ul className={classes.list}>
        {found.slice(0, all ? found.length : shown).map(({ who, at }) => (
          <li key={`${at} ${who}`}>
            <span>{who}</span>
            <time className="g-num" dateTime={at} title={fullMoment(at)}>
              {momentOf(at)}
            </time>
          </li>
        ))}
      </ul>
      {found.length > shown && !all && (
        <Button size="compact-xs" variant="subtle" m="0 8px 8px" onClick={() => setAll(true)}>
          {t('people.moreReadings', { count: found.length - shown })}
        </Button>
      )}
    </Panel>
  )
}
