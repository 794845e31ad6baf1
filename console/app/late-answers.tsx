import { IconAlarm } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { owedQuery } from '../api/owed.ts'
import { announceAround } from '../ui/announcer.tsx'
import classes from './duty-banner.module.css'

const mostNamed = 3

/** On whatever page, for supervisors: people who should have been called back by now. */
export function LateAnswers() {
  const { t } = useTranslation()
  const late = useQuery(owedQuery('open')).data?.entries.filter((entry) => entry.escalated) ?? []
  const names = late.map(({ people, numberShown }) => (people.length === 1 ? people[0]?.name : undefined) ?? numberShown)
  const said = names.length === 0 ? '' : t('followUp.alarm', { count: names.length })
  useEffect(() => {
    announceAround('answers', said)
  }, [said])
  if (said === '') return null
  return (
    <div className={classes.banner} data-tone="alarm" role="region" aria-label={said}>
      <IconAlarm size={16} stroke={1.7} aria-hidden="true" />
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
