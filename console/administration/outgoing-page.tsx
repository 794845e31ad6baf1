import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Panel } from '../ui/panel.tsx'
import { AllowedNumbers } from './allowed-numbers.tsx'
import fields from './fields.module.css'
import { History } from './history.tsx'
import { NumberField } from './number-field.tsx'
import { NumberTrial } from './number-trial.tsx'
import { readOthers } from './prefixes.ts'
import { SaveBar } from './save-bar.tsx'
import { isAddress } from './addresses.ts'
import { Targets } from './targets.tsx'
import { useSettings } from './use-settings.ts'

/** What may be dialled, how often, and where callers are sent. */
export default function OutgoingPage() {
  const { t } = useTranslation()
  const editing = useSettings('outgoing')
  const [others, setOthers] = useState<string | null>(null)
  if (editing === null) return null
  const { value, edit } = editing
  const nameless = value.targets.some(({ name, number }) => name.trim() === '' || number.trim() === '')
  const unread = editing.dirty && readOthers(others ?? '') === null
  const unwritable = value.targets.some(({ email }) => email !== null && !isAddress(email))
  const problem = unwritable
    ? t('followUp.addressWrong')
    : unread
      ? t('settings.outgoing.othersUnsound')
      : nameless
        ? t('settings.outgoing.targetsNeeded')
        : null
  return (
    <>
      <AllowedNumbers
        prefixes={value.allowedPrefixes}
        onChange={(allowedPrefixes) => edit({ allowedPrefixes })}
        typed={editing.dirty ? others : null}
        onTyped={setOthers}
      />
      <Panel heading={t('settings.outgoing.trial')}>
        <NumberTrial prefixes={value.allowedPrefixes} />
      </Panel>
      <Panel heading={t('settings.outgoing.ceilings')}>
        <div className={fields.fields}>
          <NumberField
            label={t('settings.outgoing.perOperator')}
            description={t('settings.outgoing.perOperatorSays')}
            unit={t('settings.outgoing.calls')}
            min={0}
            max={500}
            value={value.perOperatorPerHour}
            onChange={(perOperatorPerHour) => edit({ perOperatorPerHour })}
          />
          <NumberField
            label={t('settings.outgoing.perHour')}
            description={t('settings.outgoing.perHourSays')}
            unit={t('settings.outgoing.calls')}
            min={0}
            max={5000}
            value={value.perHour}
            onChange={(perHour) => edit({ perHour })}
          />
        </div>
      </Panel>
      <Targets targets={value.targets} prefixes={value.allowedPrefixes} onChange={(targets) => edit({ targets })} />
      <SaveBar
        {...editing}
        problem={problem}
        discard={() => {
          setOthers(null)
          editing.discard()
        }}
      />
      <History editing={editing} />
    </>
  )
}
