import { IconAlarm } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { LateTickets as Late } from '../../server/contract/clocks.ts'
import { lateTicketsQuery } from '../api/queries.ts'
import { announceAround } from '../ui/announcer.tsx'
import { rememberSeen, seenBefore } from '../ui/seen.ts'
import classes from './duty-banner.module.css'

const stored = 'guichet.late-seen'
const mostNamed = 3
const keyOf = ({ number, clock, step, dueAt }: Late['tickets'][number]) => `${number} ${clock} ${step} ${dueAt}`

/**
 * On whatever page: tickets past their delay, for supervisors; those that were taken to me by name, for me. « Vu » puts away what is shown,
 * until another one is late or the same one goes a step further.
 */
export function LateTickets({ all }: { readonly all: boolean }) {
  const { t } = useTranslation()
  const [seen, setSeen] = useState(() => seenBefore(stored))
  const read = useQuery(lateTicketsQuery).data?.tickets ?? []
  const late = read.filter((one) => (all ? one.step !== 'running' && one.step !== 'warned' : one.mine) && !seen.includes(keyOf(one)))
  const mine = late.filter((one) => one.mine)
  const named = mine.length > 0 ? mine : late
  const said = named.length === 0 ? '' : t(mine.length > 0 ? 'clocks.alarmMine' : 'clocks.alarm', { count: named.length })
  useEffect(() => {
    announceAround('tickets', said)
  }, [said])
  if (said === '') return null
  const putAway = () => {
    // Only what is still late is remembered, so that the list stays short.
    const next = read.map(keyOf).filter((key) => seen.includes(key) || named.some((one) => keyOf(one) === key))
    rememberSeen(stored, next)
    setSeen(next)
  }
  return (
    <div className={classes.banner} data-tone="alarm" role="region" aria-label={said}>
      <IconAlarm size={16} stroke={1.7} aria-hidden="true" />
      <span className={`${classes.says} g-num`}>
        {said}{' '}
        {named.slice(0, mostNamed).map(({ number, title }, i) => (
          <span key={number}>
            {i > 0 && ', '}
            <Link to="/console/tickets/$number" params={{ number: String(number) }} className={classes.link}>
              n°&nbsp;{number} {title}
            </Link>
          </span>
        ))}
        {named.length > mostNamed && ` ${t('clocks.others', { count: named.length - mostNamed })}`}
      </span>
      <Link to="/console/tickets" search={{ liste: 'open', echeance: 'late', tri: 'due' }} className={classes.link}>
        {t('clocks.see')}
      </Link>
      <button type="button" className={classes.putAway} onClick={putAway}>
        {t('clocks.seen')}
      </button>
    </div>
  )
}
