import '@mantine/core/styles/Checkbox.css'
import '@mantine/core/styles/Radio.css'
import { Checkbox, Radio, Switch } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useLive } from '../live/use-live.ts'
import { Panel } from '../ui/panel.tsx'
import fields from './fields.module.css'
import { History } from './history.tsx'
import { LinesField } from './lines-field.tsx'
import { NumberField } from './number-field.tsx'
import classes from './operators-page.module.css'
import { SaveBar } from './save-bar.tsx'
import { type Editing, useSettings } from './use-settings.ts'

const [usualWrapUpS, usualStickyS] = [120, 20]
const rules = ['longest-idle', 'ring-all'] as const

type Part = { readonly editing: Editing<'desk'> }

/** Who rings, when nothing rings, and from when a wait is too long. */
export default function OperatorsPage() {
  const { t } = useTranslation()
  const editing = useSettings('desk')
  if (editing === null) return null
  return (
    <>
      <Distribution editing={editing} />
      <English editing={editing} />
      <AfterCalls editing={editing} />
      <Panel heading={t('dutySettings.waiting')}>
        <div className={fields.fields}>
          <NumberField
            label={t('dutySettings.alarm')}
            description={t('dutySettings.alarmSays')}
            unit={t('settings.units.minutes')}
            min={1}
            max={60}
            value={editing.value.alarmMinutes}
            onChange={(alarmMinutes) => editing.edit({ alarmMinutes })}
          />
        </div>
      </Panel>
      <SaveBar {...editing} problem={editing.value.pauseReasons.length === 0 ? t('dutySettings.reasonNeeded') : null} />
      <History editing={editing} />
    </>
  )
}

function Distribution({ editing: { value, edit } }: Part) {
  const { t } = useTranslation()
  return (
    <Panel heading={t('dutySettings.distribution')}>
      <p className={classes.says}>{t('dutySettings.distributionSays')}</p>
      <div className={fields.fields}>
        <Radio.Group
          className={fields.wide ?? ''}
          label={t('dutySettings.rule')}
          value={value.distribution}
          onChange={(chosen) => edit({ distribution: chosen === 'ring-all' ? chosen : 'longest-idle' })}
        >
          {rules.map((rule) => (
            <Radio
              key={rule}
              className={classes.rule ?? ''}
              value={rule}
              label={t(`dutySettings.rules.${rule}`)}
              description={t(`dutySettings.ruleSays.${rule}`)}
            />
          ))}
        </Radio.Group>
        <Switch
          className={fields.wide ?? ''}
          label={t('dutySettings.sticky')}
          description={t('dutySettings.stickySays')}
          checked={value.stickySeconds !== null}
          onChange={(event) => edit({ stickySeconds: event.currentTarget.checked ? usualStickyS : null })}
        />
        {value.stickySeconds !== null && (
          <NumberField
            label={t('dutySettings.stickyFor')}
            description={t('dutySettings.stickyForSays')}
            unit={t('settings.units.seconds')}
            min={0}
            max={300}
            value={value.stickySeconds}
            onChange={(stickySeconds) => edit({ stickySeconds })}
          />
        )}
        <NumberField
          label={t('dutySettings.misses')}
          description={t('dutySettings.missesSays')}
          unit={t('dutySettings.calls')}
          min={1}
          max={10}
          value={value.missesBeforePause}
          onChange={(missesBeforePause) => edit({ missesBeforePause })}
        />
      </div>
    </Panel>
  )
}

function English({ editing: { value, edit } }: Part) {
  const { t } = useTranslation()
  const operators = useLive().desk?.operators ?? []
  return (
    <Panel heading={t('dutySettings.english')}>
      <p className={classes.says}>{t('dutySettings.englishSays')}</p>
      <div className={fields.fields}>
        <Checkbox.Group
          label={t('dutySettings.speakers')}
          value={[...value.englishOperators]}
          onChange={(englishOperators) => edit({ englishOperators })}
        >
          <div className={classes.people}>
            {operators.map(({ id, name }) => (
              <Checkbox key={id} value={id} label={name} />
            ))}
          </div>
        </Checkbox.Group>
        <NumberField
          label={t('dutySettings.englishFor')}
          description={t('dutySettings.englishForSays')}
          unit={t('settings.units.seconds')}
          min={0}
          max={600}
          value={value.englishSeconds}
          onChange={(englishSeconds) => edit({ englishSeconds })}
        />
      </div>
    </Panel>
  )
}

function AfterCalls({ editing: { value, edit } }: Part) {
  const { t } = useTranslation()
  return (
    <Panel heading={t('dutySettings.after')}>
      <div className={fields.fields}>
        <Switch
          className={fields.wide ?? ''}
          label={t('dutySettings.timed')}
          description={t('dutySettings.timedSays')}
          checked={value.wrapUpSeconds !== null}
          onChange={(event) => edit({ wrapUpSeconds: event.currentTarget.checked ? usualWrapUpS : null })}
        />
        {value.wrapUpSeconds !== null && (
          <NumberField
            label={t('dutySettings.wrapUp')}
            description={t('dutySettings.wrapUpSays')}
            unit={t('settings.units.seconds')}
            min={0}
            max={3600}
            value={value.wrapUpSeconds}
            onChange={(wrapUpSeconds) => edit({ wrapUpSeconds })}
          />
        )}
        <LinesField
          label={t('dutySettings.reasons')}
          description={t('dutySettings.reasonsSays')}
          rows={6}
          lines={value.pauseReasons}
          onChange={(pauseReasons) => edit({ pauseReasons })}
        />
      </div>
    </Panel>
  )
}
