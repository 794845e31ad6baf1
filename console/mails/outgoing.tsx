import { Button, SegmentedControl } from '@mantine/core'
import { IconMail, IconMailOff } from '@tabler/icons-react'
import { notifications } from '@mantine/notifications'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorText } from '../api/error-text.ts'
import type { MailSending } from '../../server/contract/http.ts'
import { mayCall } from '../../server/contract/rights.ts'
import { tellFailure } from '../api/commands.ts'
import { outgoingQuery, retryMails, sendingQuery, settleMail, type MailsOnly } from '../api/mails.ts'
import { sessionQuery, type Mail } from '../api/queries.ts'
import { Empty } from '../ui/empty.tsx'
import { count, fullMoment, momentAfterWord, momentOf, timeOf } from '../ui/format.ts'
import { Pill } from '../ui/pill.tsx'
import { ReadFailure } from '../ui/read-failure.tsx'
import classes from './mails-page.module.css'

const tones = { pending: 'plain', sending: 'plain', sent: 'ok', failed: 'bad', uncertain: 'warn' } as const

/** The outbox, as a small mail reader. */
export function Outgoing() {
  const { t } = useTranslation()
  const [only, setOnly] = useState<MailsOnly | null>(null)
  const found = useQuery(outgoingQuery(only))
  const sending = useQuery(sendingQuery).data
  const [picked, setPicked] = useState<string | null>(null)
  const mails = (found.data ?? []).toSorted((a, b) => b.at.localeCompare(a.at))
  const shown = mails.find((m) => m.id === picked) ?? mails[0]
  return (
    <>
      <p className={classes.intro}>{t(sending?.server === 'files' ? 'mails.intro' : 'mailing.out.intro')}</p>
      {sending?.server === 'down' && <ServerAway sending={sending} />}
      {sending !== undefined && <Which sending={sending} only={only} onOnly={setOnly} />}
      {found.isError && <ReadFailure text={t('mails.failed')} of={found} />}
      {found.data !== undefined && mails.length === 0 && only !== null && (
        <Empty icon={<IconMail size={24} stroke={1.6} />} heading={t(`mailing.out.none.${only}`)} text={t('mailing.out.noneText')} />
      )}
      {found.data !== undefined && mails.length === 0 && only === null && (
        <Empty icon={<IconMail size={24} stroke={1.6} />} heading={t('mails.none')} text={t('mails.noneText')} />
      )}
      {shown !== undefined && (
        <div className={classes.reader}>
          <ul className={classes.list}>
            {mails.map((m) => (
              <li key={m.id}>
                <button type="button" className={classes.entry} aria-current={m.id === shown.id} onClick={() => setPicked(m.id)}>
                  <span className={classes.line}>
                    <strong>{m.to}</strong>
                    <span className="g-num">{momentOf(m.at)}</span>
                  </span>
                  <span className={classes.subject}>{m.subject}</span>
                  {m.state !== 'sent' && (
                    <span className={classes.line}>
                      <Pill tone={tones[m.state]}>{t(`mails.states.${m.state}`)}</Pill>
                    </span>
                  )}
                </button>
              </li>
            ))}
          </ul>
          <Letter mail={shown} />
        </div>
      )}
    </>
  )
}

/** The mail server does not answer: since when, what waits for it, and what becomes of that. */
function ServerAway({ sending: { since, problem, waiting, oldestAt, nextAt } }: { readonly sending: MailSending }) {
  const { t } = useTranslation()
  const session = useQuery(sessionQuery).data
  const [busy, setBusy] = useState(false)
  const may = session !== undefined && session !== null && mayCall(session, 'POST /api/mails/retry')
  const retry = () => {
    setBusy(true)
    retryMails()
      .catch((error: unknown) => tellFailure(error))
      .finally(() => setBusy(false))
  }
  return (
    <section className={classes.away} role="status" aria-label={t('mailing.out.awayLabel')}>
      <IconMailOff size={20} stroke={1.7} aria-hidden="true" />
      <div>
        <p>
          <strong>{t('mailing.out.away', { since: momentAfterWord(since) })}</strong>
        </p>
        <p>
          {waiting > 0 && oldestAt !== null
            ? t('mailing.out.waits', { count: waiting, since: momentAfterWord(oldestAt) })
            : t('mailing.out.noneWaits')}{' '}
          {nextAt !== null && t('mailing.out.next', { at: timeOf(nextAt) })}
        </p>
        {problem !== null && <small>{problem}</small>}
      </div>
      {may && waiting > 0 && (
        <Button size="xs" variant="default" loading={busy} onClick={retry}>
          {t('mailing.out.retry')}
        </Button>
      )}
    </section>
  )
}

type WhichProps = {
  readonly sending: MailSending
  readonly only: MailsOnly | null
  readonly onOnly: (only: MailsOnly | null) => void
}

/** All of them, those that wait, those that somebody must say something of; offered while there are any. */
function Which({ sending: { waiting, uncertain, failed }, only, onOnly }: WhichProps) {
  const { t } = useTranslation()
  const settling = uncertain + failed
  if (waiting + settling === 0 && only === null) return null
  return (
    <SegmentedControl
      className={classes.which ?? ''}
      aria-label={t('mailing.out.which')}
      size="xs"
      data={[
        { value: 'all', label: t('mailing.out.all') },
        { value: 'waiting', label: t('mailing.out.only.waiting', { n: count(waiting) }) },
        { value: 'to-settle', label: t('mailing.out.only.to-settle', { n: count(settling) }) },
      ]}
      value={only ?? 'all'}
      onChange={(value) => onOnly(value === 'waiting' || value === 'to-settle' ? value : null)}
    />
  )
}

function Letter({ mail }: { mail: Mail }) {
  const { t } = useTranslation()
  return (
    <article className={classes.letter}>
      <header>
        <h2>{mail.subject}</h2>
        <p>
          <span>{t('mails.to')}</span> {mail.to}
        </p>
        <p className={classes.when}>
          <Pill tone={tones[mail.state]}>{t(`mails.states.${mail.state}`)}</Pill>
          <time dateTime={mail.at}>{fullMoment(mail.at)}</time>
        </p>
      </header>
      <Settle key={mail.id} mail={mail} />
      <p className={classes.text}>{mail.text}</p>
    </article>
  )
}

/** What nothing but a person can say of a mail: whether it arrived, whether to send it again. */
function Settle({ mail }: { mail: Mail }) {
  const { t } = useTranslation()
  const session = useQuery(sessionQuery).data
  const [failure, setFailure] = useState<string | null>(null)
  const open = mail.state === 'uncertain' || mail.state === 'failed'
  const may = session !== undefined && session !== null && mayCall(session, 'POST /api/mails/:id/settle')
  const settle = (as: 'sent' | 'again') => {
    setFailure(null)
    settleMail(mail.id, as).then(
      () =>
        notifications.show({
          message: t(as === 'sent' ? 'mailing.settle.done' : 'mailing.settle.againDone'),
          withBorder: true,
          autoClose: 3_000,
        }),
      (error: unknown) => setFailure(errorText(error)),
    )
  }
  return (
    <>
      {mail.ticketNumber !== null && (
        <p className={classes.ticket}>
          <Link to="/console/tickets/$number" params={{ number: String(mail.ticketNumber) }}>
            {t('mailing.settle.ticket', { number: mail.ticketNumber })}
          </Link>
        </p>
      )}
      {mail.settledBy !== null && mail.settledAt !== null && (
        <p className={classes.when}>{t('mailing.settle.by', { name: mail.settledBy, time: momentOf(mail.settledAt) })}</p>
      )}
      {mail.state === 'pending' && mail.problem !== null && (
        <p className={classes.quiet}>
          {t('mailing.out.tried')}
          <small>{mail.problem}</small>
        </p>
      )}
      {open && (
        <div className={classes.settle} role="group" aria-label={t(`mails.states.${mail.state}`)}>
          <p>
            {t(mail.state === 'uncertain' ? 'mailing.settle.uncertain' : 'mailing.settle.failed')}
            {mail.problem !== null && <small>{mail.problem}</small>}
          </p>
          {may && (
            <span>
              {mail.state === 'uncertain' && (
                <Button size="xs" variant="default" onClick={() => settle('sent')}>
                  {t('mailing.settle.sent')}
                </Button>
              )}
              <Button size="xs" onClick={() => settle('again')}>
                {t('mailing.settle.again')}
              </Button>
            </span>
          )}
          {failure !== null && <p role="alert">{failure}</p>}
        </div>
      )}
    </>
  )
}
