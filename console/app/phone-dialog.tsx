import { ActionIcon, Button, Skeleton, Tooltip } from '@mantine/core'
import { IconEye, IconEyeOff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PhoneAccount } from '../../server/contract/http.ts'
import { ApiError } from '../api/client.ts'
import { errorText } from '../api/error-text.ts'
import { phoneQuery } from '../api/queries.ts'
import { CopyButton } from '../ui/copy-button.tsx'
import { ReadFailure } from '../ui/page.tsx'
import { Dialog } from '../ui/dialog.tsx'
import classes from './phone-dialog.module.css'

/** The account that my own telephone registers with. */
export default function PhoneDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const account = useQuery(phoneQuery)
  const absent = account.error instanceof ApiError && account.error.status === 404
  return (
    <Dialog heading={t('phone.heading')} size={460} onClose={onClose}>
      {account.data !== undefined && <Account account={account.data} />}
      {account.isPending && <Skeleton height={148} radius={10} />}
      {absent && <p className={classes.text}>{t('phone.none')}</p>}
      {account.isError && !absent && (
        <ReadFailure
          text={t('phone.failed')}
          why={errorText(account.error)}
          retry={
            <Button variant="default" onClick={() => void account.refetch()}>
              {t('tickets.retry')}
            </Button>
          }
        />
      )}
    </Dialog>
  )
}

function Account({ account }: { account: PhoneAccount }) {
  const { t } = useTranslation()
  const [revealed, setRevealed] = useState(false)
  const reveal = t(revealed ? 'phone.hide' : 'phone.reveal')
  return (
    <>
      <p className={classes.text}>{t('phone.how')}</p>
      <dl className={classes.fields}>
        {(['server', 'login'] as const).map((field) => (
          <div key={field}>
            <dt>{t(`phone.${field}`)}</dt>
            <dd>
              <code>{account[field]}</code>
              <CopyButton value={account[field]} label={`${t('copy.label')} : ${t(`phone.${field}`)}`} />
            </dd>
          </div>
        ))}
        <div>
          <dt>{t('phone.password')}</dt>
          <dd>
            {revealed ? <code>{account.password}</code> : <span className={classes.masked}>{t('phone.masked')}</span>}
            <Tooltip label={reveal}>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t('phone.reveal')}
                aria-pressed={revealed}
                onClick={() => setRevealed(!revealed)}
              >
                {revealed ? <IconEyeOff size={16} stroke={1.6} /> : <IconEye size={16} stroke={1.6} />}
              </ActionIcon>
            </Tooltip>
            <CopyButton value={account.password} label={`${t('copy.label')} : ${t('phone.password')}`} />
          </dd>
        </div>
        <div>
          <dt>{t('phone.extension')}</dt>
          <dd>
            <code>{account.extension}</code>
          </dd>
        </div>
      </dl>
    </>
  )
}
