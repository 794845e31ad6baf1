import { IconMessages } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { talksQuery } from '../api/talks.ts'
import { announceAround } from '../ui/announcer.tsx'
import { useServerNow } from '../live/use-live.ts'
import { notice } from '../ui/desktop-notice.ts'
import { clock } from '../ui/format.ts'
import classes from './duty-banner.module.css'
import { ExchangeBanner } from './exchange-banner.tsx'
import { TrainingBanner } from './training-banner.tsx'

const mostNamed = 3

/** On whatever page: a training day that is played, who calls at another exchange, and, until somebody answers, requesters who wait for a written answer, the longest first. */
export function TalksBanner() {
  return (
    <>
      <TrainingBanner />
      <ExchangeBanner />
      <WaitingTalks />
    </>
  )
}

function WaitingTalks() {
  const { t } = useTranslation()
  const now = useServerNow()
  const waiting = useQuery(talksQuery).data?.talks ?? []
  const known = waiting.map(({ number, since }) => `${number} ${since}`).join(' ')
  const names = waiting.map(({ requester }) => requester).join(', ')
  useEffect(() => {
    announceAround('talks', known === '' ? '' : t('talks.announce', { who: names }))
    if (known === '') return
    return notice(t('talks.notice'), names)
  }, [known, names, t])
  if (waiting.length === 0) return null
  return (
    <div className={classes.banner} role="region" aria-label={t('talks.notice')}>
      <IconMessages size={16} stroke={1.7} aria-hidden="true" />
      <span className={`${classes.says} g-num`}>
        {t('talks.says', { count: waiting.length })}{' '}
        {waiting.slice(0, mostNamed).map(({ number, requester, title, since, here, owner }, i) => (
          <span key={number}>
            {i > 0 && ', '}
            <Link to="/console/tickets/$number" params={{ number: String(number) }} className={classes.link}>
              {requester || title}
            </Link>{' '}
            ({[clock(since, now), here ? null : t('talks.left'), owner?.name].filter(Boolean).join(', ')})
          </span>
        ))}
        {waiting.length > mostNamed && ` ${t('talks.others', { count: waiting.length - mostNamed })}`}
      </span>
    </div>
  )
}
