import { Switch } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Panel } from '../ui/panel.tsx'
import fields from './fields.module.css'
import { History } from './history.tsx'
import { SaveBar } from './save-bar.tsx'
import { useSettings } from './use-settings.ts'

/** What follows from a call. */
export default function FollowUpPage() {
  const { t } = useTranslation()
  const editing = useSettings('followUp')
  if (editing === null) return null
  const { value, edit } = editing
  return (
    <>
      <Panel heading={t('followUp.callers')}>
        <div className={fields.fields}>
          <Switch
            className={fields.wide ?? ''}
            label={t('followUp.tellTicket')}
            description={t('followUp.tellTicketSays')}
            checked={value.tellTicket}
            onChange={(event) => edit({ tellTicket: event.currentTarget.checked })}
          />
        </div>
      </Panel>
      <SaveBar {...editing} problem={null} />
      <History editing={editing} />
    </>
  )
}
