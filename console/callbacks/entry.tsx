import { onlyOne } from '../../server/contract/only-one.ts'
import { Button } from '@mantine/core'
import {
  IconAlertTriangle,
  IconBellRinging,
  IconMail,
  IconCalendarTime,
  IconClock,
  IconHourglassEmpty,
  IconPhone,
  IconPhoneCall,
  IconPhoneOutgoing,
  IconPhoneX,
  IconPlugConnectedX,
  IconRecordMail,
  IconTicket,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { OwedEntry, OwedOutcome } from '../../server/contract/http.ts'
import { useServerNow } from '../live/use-live.ts'
import { Avatar } from '../ui/avatar.tsx'
import { fullMoment, momentAfterWord, momentOf } from '../ui/format.ts'
import { Keys } from '../ui/kbd.tsx'
import { MessagePlayer } from '../ui/message-player.tsx'
import { Pill } from '../ui/pill.tsx'
import classes from './entry.module.css'
import { OriginTicket } from './message-ticket.tsx'
import { Outcomes } from './outcomes.tsx'
import { aboutOf, dueOf, reasonOf, unwrittenMessage, type Origin } from './words.ts'
import { nameOrNumber } from '../ui/caller.ts'
import type { UnderWay } from './under-way.ts'
import { ariaKey } from '../ui/shortcuts.ts'

const icons = {
  message: IconRecordMail,
  place: IconTicket,
  abandoned: IconPhoneX,
  closed: IconClock,
  cut: IconPlugConnectedX,
  capped: IconHourglassEmpty,
  slot: IconCalendarTime,
} as const satisfies Record<Origin['kind'], unknown>

type EntryProps = {
  readonly entry: OwedEntry
  readonly mine: boolean
  readonly mayCall: boolean
  readonly mayFree: boolean
  readonly postponing: boolean
  readonly onTake: () => void
  /** Null when nobody can be called, or not from here. */
  readonly onCall: (() => void) | null
  /** The one that the keys are about. */
  readonly current: boolean
  readonly now: UnderWay | null
  readonly onRelease: () => void
  readonly noted: string
  readonly onNote: (text: string) => void
  readonly onPostpone: () => void
  /** @param laterAt ISO, with `later` alone */
  readonly onOutcome: (outcome: OwedOutcome['outcome'], laterAt?: string) => void
}

/** One person to call back. */
export function Entry({ entry, mine, mayCall, mayFree, onTake, onCall, current, now, onRelease, ...outcomes }: EntryProps) {
  const { t } = useTranslation()
  const who = nameOrNumber(entry)
  const taken = entry.takenBy
  return (
    <li className={classes.entry} tabIndex={-1} data-entry={entry.id} data-mine={mine || undefined}>
      <Avatar name={onlyOne(entry.people)?.name ?? ''} />
      <Who entry={entry} />
      <Reasons entry={entry} who={who} mayWrite={mayCall} />
      <div className={classes.side}>
        <Due entry={entry} />
        {taken !== null && !mine && <p className={classes.taken}>{t('owed.takenBy', { who: taken.name })}</p>}
        {now !== null && (
          <Pill tone="accent" icon={<IconPhoneCall size={13} stroke={1.8} aria-hidden="true" />}>
            {now.text}
          </Pill>
        )}
        {onCall !== null && now?.busy !== true && (taken === null || mine) && (
          <Button
            leftSection={<IconPhoneOutgoing size={16} stroke={1.7} />}
            rightSection={current ? <Keys keys="C" /> : undefined}
            onClick={onCall}
            aria-label={`${t('calling.callBack')} : ${who}`}
            {...(current && { 'data-page-call': true, 'aria-keyshortcuts': ariaKey('C') })}
          >
            {t('calling.callBack')}
          </Button>
        )}
        {taken === null && mayCall && (
          <Button variant="default" onClick={onTake} aria-keyshortcuts={ariaKey('T')} aria-label={`${t('owed.take')} : ${who}`}>
            {t('owed.take')}
          </Button>
        )}
        {taken !== null && mayFree && (
          <Button variant="subtle" size="compact-sm" onClick={onRelease} aria-label={`${t('owed.release')} : ${who}`}>
            {t('owed.release')}
          </Button>
        )}
      </div>
      {mine && <Outcomes who={who} {...outcomes} />}
    </li>
  )
}

export function Who({ entry }: { entry: OwedEntry }) {
  const { t } = useTranslation()
  return (
    <div className={classes.who}>
      <h2 className="g-num">{nameOrNumber(entry)}</h2>
      <p className="g-num">{aboutOf(entry, t)}</p>
    </div>
  )
}

/** Why, since when, and what was tried. */
export function Reasons({ entry, who, mayWrite = false }: { entry: OwedEntry; who: string; mayWrite?: boolean }) {
  const { t } = useTranslation()
  return (
    <div className={classes.reasons}>
      <ul>
        {entry.origins.map((origin) => {
          const Icon = icons[origin.kind]
          return (
            <li key={origin.callId}>
              <p className="g-num">
                <Icon size={15} stroke={1.7} aria-hidden="true" />
                <span>
                  {reasonOf(origin, t)}{' '}
                  <time dateTime={origin.at} title={fullMoment(origin.at)}>
                    {momentOf(origin.at)}
                  </time>
                </span>
              </p>
              {origin.shut !== undefined && <Pill tone="warn">{t(`owed.shut.${origin.shut}`)}</Pill>}
              {origin.reopensAt !== undefined && (
                <p className={`${classes.subject} g-num`}>{t('owed.reopens', { time: momentAfterWord(origin.reopensAt) })}</p>
              )}
              {origin.subject !== null && <q className={classes.subject}>{origin.subject}</q>}
              {origin.messageId !== null && (
                <MessagePlayer
                  id={origin.messageId}
                  seconds={origin.seconds ?? 0}
                  label={t('owed.listen', { who, time: momentOf(origin.at) })}
                />
              )}
              <OriginTicket origin={origin} who={who} may={mayWrite} first={origin === unwrittenMessage(entry)} />
            </li>
          )
        })}
      </ul>
      {entry.attempts.length > 0 && (
        <ol className={classes.attempts} aria-label={t('owed.attempts', { count: entry.attempts.length })}>
          {entry.attempts.map((a) => (
            <li key={a.at}>
              <IconPhone size={13} stroke={1.7} aria-hidden="true" />
              <span className="g-num">
                {t(`owed.told.${a.outcome}`, { time: a.laterAt === null ? '' : momentOf(a.laterAt) })} · {a.by}, {momentOf(a.at)}
                {a.note !== null && <q>{a.note}</q>}
              </span>
            </li>
          ))}
        </ol>
      )}
      <Written entry={entry} />
      <Escalations entry={entry} />
    </div>
  )
}

/** What the person was written meanwhile. */
function Written({ entry }: { entry: OwedEntry }) {
  const { t } = useTranslation()
  if (entry.told.length === 0) return null
  return (
    <ol className={classes.attempts} aria-label={t('followUp.written')}>
      {entry.told.map(({ at, about }) => (
        <li key={`${about} ${at}`}>
          <IconMail size={13} stroke={1.7} aria-hidden="true" />
          <span className="g-num">
            {t(`followUp.writtenAbout.${about}`)} · {momentOf(at)}
          </span>
        </li>
      ))}
    </ol>
  )
}

/** Who was told that it is late. */
function Escalations({ entry }: { entry: OwedEntry }) {
  const { t } = useTranslation()
  if (entry.escalations.length === 0) return null
  return (
    <ol className={classes.attempts} aria-label={t('followUp.told')}>
      {entry.escalations.map(({ at, step, to }) => (
        <li key={`${step} ${at}`}>
          <IconBellRinging size={13} stroke={1.7} aria-hidden="true" />
          <span className="g-num">
            {t(`followUp.steps.${step}`, { to: to.join(', ') })} · {momentOf(at)}
          </span>
        </li>
      ))}
    </ol>
  )
}

function Due({ entry }: { entry: OwedEntry }) {
  const { t } = useTranslation()
  const due = dueOf(entry.dueAt, useServerNow(), t)
  return (
    <p className={classes.due}>
      {entry.priority && <Pill tone="warn">{t('owed.priority')}</Pill>}
      {due.late ? (
        <Pill tone="bad" icon={<IconAlertTriangle size={13} stroke={1.8} aria-hidden="true" />}>
          <span className="g-num">{due.text}</span>
        </Pill>
      ) : (
        <time className="g-num" dateTime={entry.dueAt} title={fullMoment(entry.dueAt)}>
          {due.text}
        </time>
      )}
    </p>
  )
}
