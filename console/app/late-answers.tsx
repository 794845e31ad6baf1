import { nameOrNumber } from '../ui/caller.ts'
import { IconAlarm, IconCalendarX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { OwedEntry } from '../../server/contract/http.ts'
import { owedQuery } from '../api/owed.ts'
import { announceAround } from '../ui/announcer.tsx'
import classes from './duty-banner.module.css'

const mostNamed = 3

/** On whatever page, for supervisors: people who should have been called back by now, and calls promised for when the desk turns out to be closed. */
export function LateAnswers() {
  const entries = useQuery(owedQuery('open')).data?.entries ?? []
  return (
    <>
      <Told what="alarm" entries={entries.filter((entry) => entry.escalated)} />
      <Told what="shut" entries={entries.filter(({ origins }) => origins.some(({ shut }) => shut !== undefined))} />
    </>
  )
}

function Told({ what, entries }: { what: 'alarm' | 'shut'; entries: readonly OwedEntry[] }) {
  const { t } = useTranslation()
  const names = entries.map(nameOrNumber)
  const said = names.length === 0 ? '' : t(`followUp.${what}`, { count: names.length })
  useEffect(() => {
    announceAround(what === 'alarm' ? 'answers' : 'shut', said)
  }, [what, said])
  if (said === '') return null
  return (
    <div className={classes.banner} data-tone={what === 'alarm' ? 'alarm' : undefined} role="region" aria-label={said}>
      {what === 'alarm' ? (
        <IconAlarm size={16} stroke={1.7} aria-hidden="true" />
      ) : (
        <IconCalendarX size={16} stroke={1.7} aria-hidden="true" />
      )}
      <span className={`${classes.says} g-num`}>
        {said} <strong>{names.slice(0, mostNamed).join(', ')}</strong>
        {names.length > mostNamed && ` ${t('followUp.others', { count: names.length - mostNamed })}`}
      </span>
      <Link to="/console/a-rappeler" className={classes.link}>
        {t('followUp.see')}
      </Link>
    </div>
  )
}
