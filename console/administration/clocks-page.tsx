import '@mantine/core/styles/Pill.css'
import '@mantine/core/styles/PillsInput.css'
import { MultiSelect, Switch } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { accountsQuery } from '../api/groups.ts'
import { Panel } from '../ui/panel.tsx'
import { isAddress } from './addresses.ts'
import { ClockRules } from './clock-rules.tsx'
import classes from './clocks-page.module.css'
import { DelayField } from './delay-field.tsx'
import fields from './fields.module.css'
import { History } from './history.tsx'
import { LinesField } from './lines-field.tsx'
import { NumberField } from './number-field.tsx'
import { SaveBar } from './save-bar.tsx'
import { type Editing, useSettings } from './use-settings.ts'

const usual = { takeUpMinutes: 60, level1Minutes: 30, level2Minutes: 480, warnPercent: 75, escalateMinutes: 60 } as const

/** How long tickets may take, for whom else, and who learns that it was too long. */
export default function ClocksPage() {
  const { t } = useTranslation()
  const editing = useSettings('clocks')
  if (editing === null) return null
  const { value, edit } = editing
  return (
    <>
      <Panel heading={t('clocks.settings.usual')}>
        <p className={classes.says}>{t('clocks.settings.says')}</p>
        <div className={fields.fields}>
          {(['takeUp', 'level1', 'level2'] as const).map((name) => (
            <DelayField
              key={name}
              label={t(`clocks.settings.${name}`)}
              description={t(`clocks.settings.${name}Says`)}
              usual={usual[`${name}Minutes`]}
              value={value[`${name}Minutes`]}
              onChange={(minutes) => edit({ [`${name}Minutes`]: minutes })}
            />
          ))}
          <div className={classes.level3}>
            <strong>{t('clocks.settings.level3')}</strong>
            <span>{t('clocks.settings.level3Says')}</span>
          </div>
        </div>
      </Panel>
      <Panel heading={t('clocks.settings.rules')}>
        <p className={classes.says}>{t(value.rules.length === 0 ? 'clocks.settings.noRules' : 'clocks.settings.rulesSay')}</p>
        <ClockRules rules={value.rules} usual={value} onChange={(rules) => edit({ rules: [...rules] })} />
      </Panel>
      <News editing={editing} />
      <SaveBar {...editing} problem={value.escalateMailTo.every(isAddress) ? null : t('followUp.addressWrong')} />
      <History editing={editing} />
    </>
  )
}

function News({ editing: { value, edit } }: { readonly editing: Editing<'clocks'> }) {
  const { t } = useTranslation()
  const accounts = useQuery(accountsQuery).data ?? []
  const unreached = accounts.filter(({ id, reached }) => !reached && value.escalateTo.includes(id)).map(({ name }) => name)
  return (
    <Panel heading={t('clocks.settings.news')}>
      <div className={fields.fields}>
        <Switch
          className={fields.wide ?? ''}
          label={t('clocks.settings.warn')}
          description={t('clocks.settings.warnSays')}
          checked={value.warnPercent !== null}
          onChange={(event) => edit({ warnPercent: event.currentTarget.checked ? usual.warnPercent : null })}
        />
        {value.warnPercent !== null && (
          <NumberField
            label={t('clocks.settings.warnAt')}
            description={t('clocks.settings.warnAtSays')}
            unit={t('clocks.settings.percent')}
            min={10}
            max={95}
            value={value.warnPercent}
            onChange={(warnPercent) => edit({ warnPercent })}
          />
        )}
        <Switch
          className={fields.wide ?? ''}
          label={t('clocks.settings.escalate')}
          description={t('clocks.settings.escalateSays')}
          checked={value.escalateMinutes !== null}
          onChange={(event) => edit({ escalateMinutes: event.currentTarget.checked ? usual.escalateMinutes : null })}
        />
        {value.escalateMinutes !== null && (
          <>
            <NumberField
              label={t('clocks.settings.escalateAfter')}
              description={t('clocks.settings.escalateAfterSays')}
              unit={t('clocks.settings.unit')}
              min={0}
              max={60_000}
              value={value.escalateMinutes}
              onChange={(escalateMinutes) => edit({ escalateMinutes })}
            />
            <MultiSelect
              label={t('clocks.settings.escalateTo')}
              data={accounts.map(({ id, name }) => ({ value: id, label: name }))}
              value={[...value.escalateTo]}
              {...(unreached.length > 0 && { description: t('clocks.settings.unreached', { who: unreached.join(', ') }) })}
              searchable
              onChange={(escalateTo) => edit({ escalateTo })}
            />
            <LinesField
              label={t('clocks.settings.escalateMailTo')}
              description={t('clocks.settings.escalateMailToSays')}
              rows={2}
              lines={value.escalateMailTo}
              onChange={(escalateMailTo) => edit({ escalateMailTo })}
            />
          </>
        )}
      </div>
    </Panel>
  )
}
