import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { routingQuery } from '../api/groups.ts'
import { fullMoment, momentOf } from '../ui/format.ts'
import { Panel } from '../ui/panel.tsx'
import { Pill } from '../ui/pill.tsx'
import classes from './misrouted.module.css'

/** For whoever keeps the list: what came here by mistake, and where it went. */
export function MisroutedTickets({ id }: { id: string }) {
  const { t } = useTranslation()
  const routing = useQuery(routingQuery(id)).data
  if (routing === undefined) return null
  const { misrouted, came, went } = routing
  return (
    <Panel heading={t('groups.misrouted')} figure={misrouted.length}>
      <p className={classes.summary}>
        {t('groups.came', { count: came })}
        {went.length > 0 &&
          ` ${t('groups.went', { list: went.map(({ group, count }) => `${group ?? t('groups.level1')} (${count})`).join(', ') })}`}
      </p>
      {misrouted.length === 0 && <p className={classes.summary}>{t('groups.noneMisrouted')}</p>}
      <ul className={classes.list}>
        {misrouted.map((one) => (
          <li key={one.number}>
            <p>
              <small className="g-num">{one.number}</small>
              <Link to="/console/tickets/$number" params={{ number: String(one.number) }}>
                {one.title}
              </Link>
              {one.lost && <Pill tone="warn">{t('groups.lost')}</Pill>}
            </p>
            <p>
              <small>
                {t(one.to === null ? 'groups.givenBack' : 'groups.sentOn', { who: one.by, to: one.to ?? '' })},{' '}
                <time dateTime={one.at} title={fullMoment(one.at)}>
                  {momentOf(one.at)}
                </time>
                {one.reason !== '' && ` : « ${one.reason} »`}
              </small>
            </p>
            {one.now !== null && <small>{t('groups.nowAt', { group: one.now })}</small>}
          </li>
        ))}
      </ul>
    </Panel>
  )
}
