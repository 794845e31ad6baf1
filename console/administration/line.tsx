import '@mantine/core/styles/Checkbox.css'
import { Button, Checkbox, Select, Switch, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { recordingMode } from '../../server/contract/entities.ts'
import type { LineSettings } from '../../server/contract/settings.ts'
import { useLive } from '../live/use-live.ts'
import { Panel } from '../ui/panel.tsx'
import fields from './fields.module.css'
import { rowsOf } from './lines.ts'
import classes from './lines-page.module.css'
import { NumberField } from './number-field.tsx'

type Part = { readonly line: LineSettings; readonly onChange: (line: LineSettings) => void }
type LineProps = Part & {
  /** It is the only one: what tells lines apart has no meaning yet. */
  readonly alone: boolean
  /** Absent for the usual line, which always is. */
  readonly onRemove?: () => void
}

const [longestS, usualOverflowS] = [1_800, 60]
const limits = ['desk', 'cut', 'warn'] as const

/** One line: its name, its numbers, who serves it, and when. */
export function Line({ line, alone, onChange, onRemove }: LineProps) {
  const { t } = useTranslation()
  const { name } = line
  return (
    <Panel heading={name.trim() === '' ? t('lines.unnamed') : t('lines.of', { name })}>
      {onRemove === undefined && <p className={classes.note}>{t(alone ? 'lines.none' : 'lines.first')}</p>}
      <div className={fields.fields}>
        <TextInput
          label={t('lines.name')}
          description={t('lines.nameSays')}
          value={name}
          maxLength={60}
          onChange={(event) => onChange({ ...line, name: event.currentTarget.value })}
        />
        <Numbers line={line} onChange={onChange} />
        {!alone && (
          <NumberField
            label={t('lines.ahead')}
            description={t('lines.aheadSays')}
            unit={t('settings.units.seconds')}
            min={0}
            max={longestS}
            value={line.aheadSeconds}
            onChange={(aheadSeconds) => onChange({ ...line, aheadSeconds })}
          />
        )}
        {(!alone || line.operators !== null) && <Operators line={line} onChange={onChange} />}
        <Select
          label={t('recording.mode')}
          description={t('recording.modeSays')}
          data={recordingMode.options.map((mode) => ({ value: mode, label: t(`recording.modes.${mode}`) }))}
          value={line.recording}
          allowDeselect={false}
          onChange={(chosen) => onChange({ ...line, recording: recordingMode.catch('off').parse(chosen) })}
        />
        <Select
          label={t('lines.limit')}
          description={t('lines.limitSays')}
          data={limits.map((limit) => ({ value: limit, label: t(`lines.limits.${limit}`) }))}
          value={line.limitCuts === null ? 'desk' : line.limitCuts ? 'cut' : 'warn'}
          allowDeselect={false}
          onChange={(chosen) => onChange({ ...line, limitCuts: chosen === 'desk' ? null : chosen === 'cut' })}
        />
        <Welcome line={line} onChange={onChange} />
        {onRemove !== undefined && (
          <Button className={classes.remove ?? ''} size="compact-sm" variant="subtle" color="gray" onClick={onRemove}>
            {t('lines.remove', { name: name.trim() === '' ? t('lines.unnamed') : name })}
          </Button>
        )}
      </div>
    </Panel>
  )
}

function Numbers({ line, onChange }: Part) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const rows = line.numbers.join('\n')
  return (
    <Textarea
      label={t('lines.numbers')}
      description={t('lines.numbersSays')}
      placeholder="05 61 55 00 00"
      inputMode="tel"
      autosize
      minRows={1}
      value={rowsOf(typed).join('\n') === rows ? typed : rows}
      onChange={(event) => {
        setTyped(event.currentTarget.value)
        onChange({ ...line, numbers: rowsOf(event.currentTarget.value) })
      }}
    />
  )
}

function Operators({ line, onChange }: Part) {
  const { t } = useTranslation()
  const operators = useLive().desk?.operators ?? []
  const { operators: own, overflowSeconds } = line
  return (
    <>
      <Switch
        className={fields.wide ?? ''}
        label={t('lines.everybody')}
        description={t('lines.everybodySays')}
        checked={own === null}
        onChange={(event) => onChange({ ...line, operators: event.currentTarget.checked ? null : [] })}
      />
      {own !== null && (
        <>
          <Checkbox.Group label={t('lines.operators')} value={[...own]} onChange={(chosen) => onChange({ ...line, operators: chosen })}>
            <div className={classes.people}>
              {operators.map(({ id, name }) => (
                <Checkbox key={id} value={id} label={name} />
              ))}
            </div>
          </Checkbox.Group>
          <Switch
            label={t('lines.overflow')}
            description={t('lines.overflowSays')}
            checked={overflowSeconds !== null}
            onChange={(event) => onChange({ ...line, overflowSeconds: event.currentTarget.checked ? usualOverflowS : null })}
          />
          {overflowSeconds !== null && (
            <NumberField
              label={t('lines.overflowAfter')}
              description={t('lines.overflowAfterSays')}
              unit={t('settings.units.seconds')}
              min={0}
              max={longestS}
              value={overflowSeconds}
              onChange={(seconds) => onChange({ ...line, overflowSeconds: seconds })}
            />
          )}
        </>
      )}
    </>
  )
}

function Welcome({ line, onChange }: Part) {
  const { t } = useTranslation()
  const { name, welcome } = line
  const proposed = () => ({ fr: t('lines.proposed.fr', { name }), en: t('lines.proposed.en', { name }) })
  return (
    <>
      <Switch
        className={fields.wide ?? ''}
        label={t('lines.welcome')}
        description={t('lines.welcomeSays')}
        checked={welcome !== null}
        onChange={(event) => onChange({ ...line, welcome: event.currentTarget.checked ? proposed() : null })}
      />
      {welcome !== null && (
        <div className={classes.texts}>
          {(['fr', 'en'] as const).map((language) => (
            <Textarea
              key={language}
              label={t(`lines.said.${language}`)}
              value={welcome[language]}
              autosize
              minRows={2}
              maxLength={500}
              lang={language}
              onChange={(event) => onChange({ ...line, welcome: { ...welcome, [language]: event.currentTarget.value } })}
            />
          ))}
        </div>
      )}
    </>
  )
}
