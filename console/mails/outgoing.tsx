import { Button } from '@mantine/core'
import { IconMail } from '@tabler/icons-react'
import { notifications } from '@mantine/notifications'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorText } from '../api/error-text.ts'
import { mayCall } from '../../server/contract/rights.ts'
import { settleMail } from '../api/mails.ts'
import { mailsQuery, sessionQuery, type Mail } from '../api/queries.ts'
import { Empty } from '../ui/empty.tsx'
import { fullMoment, momentOf } from '../ui/format.ts'
import { ReadFailure } from '../ui/page.tsx'
import { Pill } from '../ui/pill.tsx'
import classes from './mails-page.module.css'

const tones = { pending: 'plain', sending: 'plain', sent: 'ok', failed: 'bad', uncertain: 'warn' } as const

/** The outbox, as a small mail reader. */
export function Outgoing() {
  const { t } = useTranslation()
  const found = useQuery(mailsQuery)
  const [picked, setPicked] = useState<string | null>(null)
  const mails = (found.data ?? []).toSorted((a, b) => b.at.localeCompare(a.at))
  const shown = mails.find((m) => m.id === picked) ?? mails[0]
  return (
    <>
      <p className={classes.intro}>{t('mails.intro')}</p>
      {found.isError && (
        <ReadFailure
          text={t('mails.failed')}
          why={errorText(found.error)}
          retry={
            <Button variant="default" onClick={() => void found.refetch()}>
              {t('tickets.retry')}
            </Button>
          }
        />
      )}
      {found.data !== undefined && mails.length === 0 && (
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
