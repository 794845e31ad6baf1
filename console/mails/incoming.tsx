import { Button } from '@mantine/core'
import { IconCheck, IconDownload, IconInbox } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { IncomingMail } from '../../server/contract/incoming-mails.ts'
import { errorText } from '../api/error-text.ts'
import { incomingQuery, rawMailAddress, seeMail } from '../api/mails.ts'
import { Empty } from '../ui/empty.tsx'
import { fullMoment, momentOf } from '../ui/format.ts'
import { Pill } from '../ui/pill.tsx'
import { ReadFailure } from '../ui/read-failure.tsx'
import classes from './mails-page.module.css'

const tones = { opened: 'ok', added: 'ok', bounced: 'warn', ignored: 'plain', held: 'warn', unreadable: 'bad' } as const
const senderOf = ({ from }: IncomingMail) => from?.name || from?.address

/** Mails that came in, and what became of each; those that somebody must look at first. */
export function Incoming() {
  const { t } = useTranslation()
  const found = useQuery(incomingQuery)
  const [picked, setPicked] = useState<string | null>(null)
  const mails = found.data ?? []
  const shown = mails.find((m) => m.id === picked) ?? mails[0]
  return (
    <>
      <p className={classes.intro}>{t('mailing.in.intro')}</p>
      {found.isError && <ReadFailure text={t('mails.failed')} of={found} />}
      {found.data !== undefined && mails.length === 0 && (
        <Empty icon={<IconInbox size={24} stroke={1.6} />} heading={t('mailing.in.none')} text={t('mailing.in.noneText')} />
      )}
      {shown !== undefined && (
        <div className={classes.reader}>
          <ul className={classes.list}>
            {mails.map((m) => (
              <li key={m.id}>
                <button type="button" className={classes.entry} aria-current={m.id === shown.id} onClick={() => setPicked(m.id)}>
                  <span className={classes.line}>
                    <strong data-due={m.toSee || undefined}>{senderOf(m) ?? t('mailing.in.nobody')}</strong>
                    <span className="g-num">{momentOf(m.at)}</span>
                  </span>
                  <span className={classes.subject}>{m.subject || t('mailing.in.noSubject')}</span>
                  <span className={classes.line}>
                    <Pill tone={m.toSee ? 'warn' : tones[m.outcome]}>
                      {m.toSee ? t('mailing.in.toSee') : t(`mailing.in.outcomes.${m.outcome}`)}
                    </Pill>
                    {m.ticketNumber !== null && <span className="g-num">{t('mailing.in.number', { number: m.ticketNumber })}</span>}
                  </span>
                </button>
              </li>
            ))}
          </ul>
          <Letter key={shown.id} mail={shown} />
        </div>
      )}
    </>
  )
}

const reasons = [
  'ours',
  'report',
  'auto-submitted',
  'auto-reply',
  'no-return',
  'bulk',
  'list',
  'robot',
  'no-sender',
  'callback',
  'calendar',
  'old-invitation',
] as const
const isReason = (why: string): why is (typeof reasons)[number] => (reasons as readonly string[]).includes(why)

function Letter({ mail }: { readonly mail: IncomingMail }) {
  const { t } = useTranslation()
  const [failure, setFailure] = useState<string | null>(null)
  const see = () => {
    setFailure(null)
    seeMail(mail.id).catch((error: unknown) => setFailure(errorText(error)))
  }
  const { why } = mail
  return (
    <article className={classes.letter}>
      <header>
        <h2>{mail.subject || t('mailing.in.noSubject')}</h2>
        <p>
          <span>{t('mailing.in.from')}</span>{' '}
          {mail.from === null ? t('mailing.in.nobody') : `${mail.from.name} <${mail.from.address}>`.trim()}
        </p>
        <p className={classes.when}>
          <Pill tone={tones[mail.outcome]}>{t(`mailing.in.outcomes.${mail.outcome}`)}</Pill>
          <time dateTime={mail.at}>{fullMoment(mail.at)}</time>
          {mail.ticketNumber !== null && (
            <Link to="/console/tickets/$number" params={{ number: String(mail.ticketNumber) }}>
              {t('mailing.settle.ticket', { number: mail.ticketNumber })}
            </Link>
          )}
          {mail.files > 0 && <span>{t('mailing.in.files', { count: mail.files })}</span>}
        </p>
      </header>
      {(mail.toSee || why !== null || mail.seenBy !== null) && (
        <div className={mail.toSee ? classes.settle : classes.quiet} role="group" aria-label={t('mailing.in.became')}>
          <p>
            {t(`mailing.in.says.${mail.outcome}`)}
            {why !== null && <small>{isReason(why) ? t(`mailing.in.why.${why}`) : why}</small>}
            {mail.seenBy !== null && mail.seenAt !== null && (
              <small>{t('mailing.in.seenBy', { name: mail.seenBy, time: momentOf(mail.seenAt) })}</small>
            )}
          </p>
          {mail.toSee && (
            <span>
              <Button size="xs" leftSection={<IconCheck size={14} stroke={1.8} aria-hidden="true" />} onClick={see}>
                {t('mailing.in.see')}
              </Button>
            </span>
          )}
          {failure !== null && <p role="alert">{failure}</p>}
        </div>
      )}
      <p className={classes.text}>{mail.text ?? t('mailing.in.noText')}</p>
      <p>
        <a className={classes.raw} href={rawMailAddress(mail.id)} download>
          <IconDownload size={14} stroke={1.7} aria-hidden="true" /> {t('mailing.in.raw')}
        </a>
      </p>
    </article>
  )
}
