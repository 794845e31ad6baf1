import { IconPhoneIncoming, IconPhoneOutgoing } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { PersonCall, PersonPage } from '../../server/contract/people.ts'
import { clockOf, fullMoment, momentAfterWord, momentOf } from '../ui/format.ts'
import { Panel } from '../ui/panel.tsx'
import classes from './person-page.module.css'

/** Calls from and to their numbers. */
export function Calls({ calls }: { calls: readonly PersonCall[] }) {
  const { t } = useTranslation()
  return (
    <Panel heading={t('people.calls')} figure={calls.length}>
      {calls.length === 0 && <p className={`${classes.content} ${classes.quiet}`}>{t('people.noCalls')}</p>}
      <ul className={classes.rows}>
        {calls.map((call) => {
          const Icon = call.direction === 'in' ? IconPhoneIncoming : IconPhoneOutgoing
          return (
            <li key={call.id}>
              <Icon size={15} stroke={1.7} aria-hidden="true" />
              <span>
                {t(call.direction === 'in' ? 'people.callIn' : 'people.callOut')} <How call={call} />
              </span>
              <small className="g-num">
                {call.shown}
                {call.shared && ` · ${t('people.sharedNumber')}`}
              </small>
              <span className={classes.side}>
                {call.ticket !== null && (
                  <Link to="/console/tickets/$number" params={{ number: String(call.ticket) }}>
                    n°&nbsp;{call.ticket}
                  </Link>
                )}
                <time className="g-num" dateTime={call.at} title={fullMoment(call.at)}>
                  {momentOf(call.at)}
                </time>
              </span>
            </li>
          )
        })}
      </ul>
    </Panel>
  )
}

function How({ call }: { call: PersonCall }) {
  const { t } = useTranslation()
  if (!call.answered || call.operator === null) return t('people.missed', { length: clockOf(call.waitS ?? 0) })
  if (call.talkS === null) return t('people.answeredNow', { who: call.operator })
  return t('people.answeredBy', { who: call.operator, length: clockOf(call.talkS) })
}

/** What the desk owes them. */
export function Owed({ owed }: { owed: NonNullable<PersonPage['owed']> }) {
  const { t } = useTranslation()
  return (
    <Panel heading={t('people.owed')} figure={owed.length}>
      <ul className={classes.rows}>
        {owed.map((entry) => (
          <li key={entry.id}>
            <Link to="/console/a-rappeler" className="g-num">
              {entry.shown}
            </Link>
            <span>{t('people.owedDue', { when: momentAfterWord(entry.dueAt) })}</span>
            {entry.late && <span className={classes.late}>{t('people.owedLate')}</span>}
            {entry.takenBy !== null && <small className={classes.side}>{t('people.owedTaken', { who: entry.takenBy })}</small>}
          </li>
        ))}
      </ul>
    </Panel>
  )
}
