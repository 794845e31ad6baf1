import { useQuery } from '@tanstack/react-query'
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
  if (found === undefined) return null
  return (
    <Panel heading={t('people.readings')} figure={found.length}>
      {found.length === 0 && <p className={classes.none}>{t('people.noReadings')}</p>}
      <ul className={classes.list}>
        {found.slice(0, shown).map(({ who, at }) => (
          <li key={`${at} ${who}`}>
            <span>{who}</span>
            <time className="g-num" dateTime={at} title={fullMoment(at)}>
              {momentOf(at)}
            </time>
          </li>
        ))}
      </ul>
      {found.length > shown && <p className={classes.none}>{t('parked.more', { count: found.length - shown })}</p>}
    </Panel>
  )
}
