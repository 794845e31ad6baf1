import { IconCalendarTime, IconUserOff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { Session } from '../../server/contract/http.ts'
import { mayCall } from '../../server/contract/rights.ts'
import type { Rota } from '../../server/contract/rota.ts'
import { changeState } from '../api/commands.ts'
import { rotaQuery } from '../api/rota.ts'
import { myself } from '../live/desk.ts'
import { useLive } from '../live/use-live.ts'
import { announceAround } from '../ui/announcer.tsx'
import { today } from '../ui/format.ts'
import { KeyButton } from '../ui/key-button.tsx'
import classes from './duty-banner.module.css'

type Expected = Rota['now']['expected']

/**
 * On whatever page: to whom the rota expects now and who is not there, what to do; to supervisors, who is missing, or that nobody is put down
 * and nobody is there. Nobody is made ready.
 */
export function DutyRota({ session }: { session: Session }) {
  const { desk } = useLive()
  const { data } = useQuery(rotaQuery(today(), 1))
  if (desk === null || data === undefined) return null
  // The rota is asked each minute; who is there, the live desk knows at once.
  const here = new Set(desk.operators.filter(({ state }) => state !== 'offline').map(({ id }) => id))
  // Closed by hand, nobody is waited for, whatever was planned.
  const missing = desk.opening?.open === false ? [] : data.now.expected.filter(({ id }) => !here.has(id))
  const mine = missing.find(({ id }) => id === session.id)
  const others = missing.filter(({ id }) => id !== session.id)
  const plans = mayCall(session, 'PUT /api/operators/:id')
  const { gap } = data.now
  return (
    <>
      {mine !== undefined && myself(desk) !== null && <Mine from={mine.from} />}
      {others.length > 0 && plans && <Missing people={others} />}
      {gap !== null && desk.open && here.size === 0 && plans && <Nobody until={gap.to} />}
    </>
  )
}

function Mine({ from }: { from: string }) {
  const { t } = useTranslation()
  const says = t('rota.duty.expected', { from })
  useEffect(() => announceAround('rota', says), [says])
  useEffect(() => () => announceAround('rota', ''), [])
  return (
    <div className={classes.banner} data-tone="calm" role="region" aria-label={says}>
      <IconCalendarTime size={16} stroke={1.7} aria-hidden="true" />
      <span className={`${classes.says} g-num`}>{says}</span>
      <KeyButton size="compact-sm" keys="P" onClick={() => changeState({ state: 'ready' })}>
        {t('rota.duty.ready')}
      </KeyButton>
    </div>
  )
}

function Nobody({ until }: { until: string }) {
  const { t } = useTranslation()
  const says = t('rota.duty.nobody', { until })
  useEffect(() => announceAround('missing', says), [says])
  useEffect(() => () => announceAround('missing', ''), [])
  return (
    <div className={classes.banner} role="region" aria-label={says}>
      <IconUserOff size={16} stroke={1.7} aria-hidden="true" />
      <span className={`${classes.says} g-num`}>{says}</span>
      <Link to="/console/planning" className={classes.link}>
        {t('rota.duty.see')}
      </Link>
    </div>
  )
}

function Missing({ people }: { people: Expected }) {
  const { t } = useTranslation()
  const says = t('rota.duty.missing', { count: people.length })
  const names = people.map(({ name, from }) => t('rota.duty.since', { name, from })).join(', ')
  useEffect(() => announceAround('missing', `${says} ${names}`), [says, names])
  useEffect(() => () => announceAround('missing', ''), [])
  return (
    <div className={classes.banner} role="region" aria-label={says}>
      <IconUserOff size={16} stroke={1.7} aria-hidden="true" />
      <span className={`${classes.says} g-num`}>
        {says} <strong>{names}</strong>
      </span>
      <Link to="/console/planning" className={classes.link}>
        {t('rota.duty.see')}
      </Link>
    </div>
  )
}
