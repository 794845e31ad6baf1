import { ActionIcon, Tooltip } from '@mantine/core'
import { IconEye, IconEyeOff } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PhoneAccount } from '../../server/contract/http.ts'
import { CopyButton } from '../ui/copy-button.tsx'
import classes from './phone-dialog.module.css'

/** The account that my own telephone registers with. */
export function SipAccount({ account }: { account: PhoneAccount }) {
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
