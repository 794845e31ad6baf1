import { Switch, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Panel } from '../ui/panel.tsx'
import fields from './fields.module.css'
import { History } from './history.tsx'
import { NumberField } from './number-field.tsx'
import { SaveBar } from './save-bar.tsx'
import { useSettings } from './use-settings.ts'

const usualReminderDays = 2
const endingsOf = (text: string) => [...new Set(text.toLowerCase().match(/[a-z0-9]{1,10}/g) ?? [])].slice(0, 100)

/** How long a solution waits for its answer, and a closed ticket can come back. */
export default function TicketsPage() {
  const { t } = useTranslation()
  const editing = useSettings('tickets')
  if (editing === null) return null
  const { value, edit } = editing
  const tooLate = value.remindAfterDays !== null && value.remindAfterDays >= value.closeAfterDays
  const days = { unit: t('life.settings.days'), min: 1, max: 90 }
  return (
    <>
      <Panel heading={t('life.settings.heading')}>
        <div className={fields.fields}>
          <NumberField
            {...days}
            label={t('life.settings.close')}
            description={t('life.settings.closeSays')}
            value={value.closeAfterDays}
            onChange={(closeAfterDays) => edit({ closeAfterDays })}
          />
          <NumberField
            {...days}
            label={t('life.settings.reopen')}
            description={t('life.settings.reopenSays')}
            value={value.reopenWithinDays}
            onChange={(reopenWithinDays) => edit({ reopenWithinDays })}
          />
          <NumberField
            {...days}
            max={365}
            label={t('life.settings.unconfirmed')}
            description={t('life.settings.unconfirmedSays')}
            value={value.unconfirmedDays}
            onChange={(unconfirmedDays) => edit({ unconfirmedDays })}
          />
          <Switch
            className={fields.wide ?? ''}
            label={t('life.settings.reminds')}
            checked={value.remindAfterDays !== null}
            onChange={(event) => edit({ remindAfterDays: event.currentTarget.checked ? usualReminderDays : null })}
          />
          {value.remindAfterDays !== null && (
            <NumberField
              {...days}
              label={t('life.settings.remind')}
              description={t('life.settings.remindSays')}
              value={value.remindAfterDays}
              onChange={(remindAfterDays) => edit({ remindAfterDays })}
            />
          )}
        </div>
      </Panel>
      <Panel heading={t('files.settings.heading')}>
        <div className={fields.fields}>
          <NumberField
            label={t('files.settings.size')}
            description={t('files.settings.sizeSays')}
            unit={t('files.settings.mb')}
            min={1}
            max={200}
            value={value.attachmentMegabytes}
            onChange={(attachmentMegabytes) => edit({ attachmentMegabytes })}
          />
          <NumberField
            label={t('files.settings.each')}
            description={t('files.settings.eachSays')}
            unit={t('files.settings.files')}
            min={0}
            max={50}
            value={value.attachmentsEach}
            onChange={(attachmentsEach) => edit({ attachmentsEach })}
          />
          <TextInput
            className={fields.wide ?? ''}
            label={t('files.settings.endings')}
            description={t('files.settings.endingsSays')}
            defaultValue={value.refusedEndings.join(' ')}
            key={value.refusedEndings.join(' ')}
            onBlur={(event) => edit({ refusedEndings: endingsOf(event.currentTarget.value) })}
          />
        </div>
      </Panel>
      <SaveBar {...editing} problem={tooLate ? t('life.settings.remindTooLate') : null} />
      <History editing={editing} />
    </>
  )
}
