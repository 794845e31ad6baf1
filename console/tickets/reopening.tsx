import { IconRotate } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { reopenTicket } from '../api/ticket-life.ts'
import { AskedText } from './asked-text.tsx'
import { useCommand } from './use-command.ts'

/** It was not solved after all. */
export function Reopening({ number }: { number: number }) {
  const { t } = useTranslation()
  const { run, busy, failure } = useCommand()
  return (
    <div>
      <AskedText
        label={t('life.reopen')}
        icon={<IconRotate size={16} stroke={1.7} />}
        heading={t('life.reopenWhy')}
        says={t('life.reopenSays')}
        placeholder={t('life.whyNotExample')}
        send={t('life.reopen')}
        needed={t('ticket.needed')}
        failure={failure}
        busy={busy}
        onSend={(text, close) => run(() => reopenTicket(number, text), t('life.done.reopened'), close)}
      />
    </div>
  )
}
