import { Switch, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Panel } from '../ui/panel.tsx'
import fields from './fields.module.css'
import { History } from './history.tsx'
import { NumberField } from './number-field.tsx'
import { SaveBar } from './save-bar.tsx'
import { useSettings } from './use-settings.ts'

/** The desk as callers and the public meet it: its name, its number, its times. */
export default function DeskSettingsPage() {
  const { t } = useTranslation()
  const editing = useSettings('desk')
  if (editing === null) return null
  const { value, edit } = editing
  return (
    <>
      <Panel heading={t('settings.desk.identity')}>
        <div className={fields.fields}>
          <TextInput
            label={t('settings.desk.name')}
            description={t('settings.desk.nameSays')}
            value={value.name}
            maxLength={80}
            onChange={(event) => edit({ name: event.currentTarget.value })}
          />
          <TextInput
            label={t('settings.desk.phone')}
            description={t('settings.desk.phoneSays')}
            value={value.phone ?? ''}
            maxLength={40}
            inputMode="tel"
            onChange={(event) => edit({ phone: event.currentTarget.value === '' ? null : event.currentTarget.value })}
          />
          <TextInput
            className={fields.wide ?? ''}
            label={t('settings.desk.place')}
            description={t('settings.desk.placeSays')}
            value={value.place ?? ''}
            maxLength={200}
            onChange={(event) => edit({ place: event.currentTarget.value === '' ? null : event.currentTarget.value })}
          />
        </div>
      </Panel>
      <Panel heading={t('settings.desk.calls')}>
        <div className={fields.fields}>
          <NumberField
            label={t('settings.desk.limit')}
            description={t('settings.desk.limitSays')}
            unit={t('settings.units.minutes')}
            min={1}
            max={240}
            value={value.limitMinutes}
            onChange={(limitMinutes) => edit({ limitMinutes })}
          />
          <Switch
            label={t('settings.desk.limitCuts')}
            description={t('settings.desk.limitCutsSays')}
            checked={value.limitCuts}
            onChange={(event) => edit({ limitCuts: event.currentTarget.checked })}
          />
          <NumberField
            label={t('settings.desk.ring')}
            description={t('settings.desk.ringSays')}
            unit={t('settings.units.seconds')}
            min={5}
            max={120}
            value={value.ringSeconds}
            onChange={(ringSeconds) => edit({ ringSeconds })}
          />
          <NumberField
            label={t('settings.desk.music')}
            description={t('settings.desk.musicSays')}
            unit={t('settings.units.seconds')}
            min={10}
            max={600}
            value={value.musicSeconds}
            onChange={(musicSeconds) => edit({ musicSeconds })}
          />
          <NumberField
            label={t('settings.desk.message')}
            description={t('settings.desk.messageSays')}
            unit={t('settings.units.seconds')}
            min={10}
            max={600}
            value={value.messageMaxSeconds}
            onChange={(messageMaxSeconds) => edit({ messageMaxSeconds })}
          />
          <NumberField
            label={t('recording.days')}
            description={t('recording.daysSays')}
            unit={t('recording.daysUnit')}
            min={1}
            max={365}
            value={value.recordingDays}
            onChange={(recordingDays) => edit({ recordingDays })}
          />
        </div>
      </Panel>
      <SaveBar {...editing} problem={value.name.trim() === '' ? t('settings.desk.nameNeeded') : null} />
      <History editing={editing} />
    </>
  )
}
