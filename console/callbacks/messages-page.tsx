import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconCheck, IconPhoneCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { VoiceMessage } from '../../server/contract/http.ts'
import { errorText } from '../api/error-text.ts'
import { messagesQuery } from '../api/queries.ts'
import { Avatar } from '../ui/avatar.tsx'
import { Empty } from '../ui/empty.tsx'
import { clockOf, fullMoment, momentOf } from '../ui/format.ts'
import { usePageTitle } from '../ui/page-title.ts'
import { Page, ReadFailure } from '../ui/page.tsx'
import { SoundPlayer } from '../ui/sound-player.tsx'
import classes from './messages-page.module.css'
import { useSettling } from './settling.ts'

/** Who is to be called back: the messages left, the oldest owed first. */
export function MessagesPage() {
  const { t } = useTranslation()
  const found = useQuery(messagesQuery)
  const { leaving, settle, undo } = useSettling()
  usePageTitle(t('messages.heading'))
  const owed = (found.data ?? []).filter((m) => m.settledAt === null && !leaving.has(m.id)).toSorted((a, b) => a.at.localeCompare(b.at))
  const settled = (found.data ?? [])
    .filter((m) => m.settledAt !== null)
    .toSorted((a, b) => (b.settledAt ?? '').localeCompare(a.settledAt ?? ''))
  const onSettle = (message: VoiceMessage) => {
    settle(message.id)
    notifications.show({
      id: message.id,
      withBorder: true,
      autoClose: 6_000,
      message: (
        <span className={classes.undo}>
          {t('messages.settled')}
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => {
              undo(message.id)
              notifications.hide(message.id)
            }}
          >
            {t('messages.undo')}
          </Button>
        </span>
      ),
    })
  }
  return (
    <Page
      heading={t('messages.heading')}
      aside={owed.length > 0 && <span className={`${classes.count} g-num`}>{t('messages.count', { count: owed.length })}</span>}
    >
      {found.isError && (
        <ReadFailure
          text={t('messages.failed')}
          why={errorText(found.error)}
          retry={
            <Button variant="default" onClick={() => void found.refetch()}>
              {t('tickets.retry')}
            </Button>
          }
        />
      )}
      {found.data !== undefined && owed.length === 0 && (
        <Empty icon={<IconPhoneCheck size={24} stroke={1.6} />} heading={t('messages.none')} text={t('messages.noneText')} />
      )}
      {owed.length > 0 && (
        <ul className={classes.list}>
          {owed.map((m) => (
            <Message key={m.id} message={m} onSettle={() => onSettle(m)} />
          ))}
        </ul>
      )}
      {settled.length > 0 && (
        <details className={classes.settled}>
          <summary>
            {t('messages.settledHeading')} <span className="g-num">({settled.length})</span>
          </summary>
          <ul className={classes.list}>
            {settled.map((m) => (
              <Message key={m.id} message={m} onSettle={null} />
            ))}
          </ul>
        </details>
      )}
    </Page>
  )
}

function Message({ message, onSettle }: { message: VoiceMessage; onSettle: (() => void) | null }) {
  const { t } = useTranslation()
  const only = message.people.length === 1 ? message.people[0] : undefined
  const who = only?.name ?? message.numberShown
  const about =
    only !== undefined
      ? [message.numberShown, only.unit].filter(Boolean).join(' · ')
      : message.people.length > 1
        ? message.people.map((p) => p.name).join(', ')
        : t('call.unknown')
  return (
    <li className={classes.message}>
      <Avatar name={only?.name ?? ''} />
      <div className={classes.who}>
        <h2>{who}</h2>
        <p className="g-num">{about}</p>
        <p className="g-num">
          <time dateTime={message.at} title={fullMoment(message.at)}>
            {momentOf(message.at)}
          </time>{' '}
          · {t('messages.duration', { time: clockOf(message.seconds) })}
        </p>
        {message.settledAt !== null && (
          <p>{t('messages.settledBy', { who: message.settledBy ?? '', time: momentOf(message.settledAt) })}</p>
        )}
      </div>
      <SoundPlayer src={`/api/messages/${encodeURIComponent(message.id)}/sound`} label={t('messages.listen', { who })} />
      {onSettle !== null && (
        <Button
          variant="default"
          leftSection={<IconCheck size={16} stroke={1.8} />}
          onClick={onSettle}
          aria-label={`${t('messages.settle')} : ${who}`}
        >
          {t('messages.settle')}
        </Button>
      )}
    </li>
  )
}
