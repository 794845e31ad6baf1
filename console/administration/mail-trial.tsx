import { Button, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { IconSend } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MailSettings, MailTemplate, MailTemplateName } from '../../server/contract/mail-templates.ts'
import { ApiError } from '../api/client.ts'
import { errorText } from '../api/error-text.ts'
import { mailPreviewQuery, sendMailTrial, trialAddressQuery } from '../api/mails.ts'
import { isAddress } from './addresses.ts'
import classes from './mail-templates.module.css'

export type Written = Pick<MailSettings, 'languages' | 'mark'>
type TrialProps = { readonly name: MailTemplateName; readonly template: MailTemplate; readonly written: Written }

/** What a mail being edited looks like with a ticket, and the way to receive it. */
export function MailTrial({ name, template, written }: TrialProps) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const [to, setTo] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const number = /^\d{1,9}$/.test(typed.trim()) && Number(typed) > 0 ? Number(typed) : null
  const [order] = useDebouncedValue({ name, template, ...written, number }, 250)
  const seen = useQuery(mailPreviewQuery(order))
  const mine = useQuery(trialAddressQuery).data?.to ?? ''
  const address = to ?? mine
  const noTicket = seen.error instanceof ApiError && seen.error.code === 'not_found'

  async function send(): Promise<void> {
    setBusy(true)
    try {
      await sendMailTrial({ name, template, ...written, number, to: address.trim() })
      notifications.show({ message: t('mailing.trialSent', { to: address.trim() }), withBorder: true, autoClose: 4_000 })
    } catch (error) {
      notifications.show({ message: errorText(error), color: 'red', withBorder: true })
    } finally {
      setBusy(false)
    }
  }

  return (
    <section className={classes.trial} aria-label={t('mailing.preview')}>
      <div className={classes.with}>
        <h3>{t('mailing.preview')}</h3>
        <TextInput
          size="xs"
          label={t('mailing.withTicket')}
          placeholder={t('mailing.sampleTicket')}
          inputMode="numeric"
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      </div>
      {seen.error !== null && (
        <p className={classes.wrong} role="status">
          {noTicket ? t('mailing.noTicket') : errorText(seen.error)}
        </p>
      )}
      {seen.data !== undefined && (
        <article className={classes.letter} data-old={seen.error !== null || undefined}>
          <h4>{seen.data.subject}</h4>
          <p>{seen.data.text}</p>
        </article>
      )}
      <div className={classes.send}>
        <TextInput
          size="xs"
          label={t('mailing.trialTo')}
          placeholder={t('mailing.trialNeeded')}
          inputMode="email"
          value={address}
          onChange={(event) => setTo(event.currentTarget.value)}
        />
        <Button
          size="xs"
          variant="default"
          loading={busy}
          disabled={!isAddress(address.trim()) || seen.error !== null}
          leftSection={<IconSend size={14} stroke={1.7} aria-hidden="true" />}
          onClick={() => void send()}
        >
          {t('mailing.trial')}
        </Button>
      </div>
    </section>
  )
}
