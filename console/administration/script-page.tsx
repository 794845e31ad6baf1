import { Button, Select, Textarea, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { stepTitle } from '../../server/contract/script-choice.ts'
import { sampleScript } from '../../server/contract/script-sample.ts'
import { stepKind, type DialogueScript, type ScriptStep } from '../../server/contract/script.ts'
import { settingsQuery } from '../api/settings.ts'
import { CategorySelect } from '../ui/category-select.tsx'
import { Panel } from '../ui/panel.tsx'
import { History } from './history.tsx'
import { OrderButtons } from './order-buttons.tsx'
import { SaveBar } from './save-bar.tsx'
import classes from './script-page.module.css'
import { useSettings } from './use-settings.ts'

const newId = () => `s-${crypto.randomUUID().slice(0, 8)}`

/** The dialogues shown beside a call, by line and nature. */
export default function ScriptPage() {
  const { t } = useTranslation()
  const editing = useSettings('script')
  if (editing === null) return null
  const { scripts } = editing.value
  const edit = (changed: readonly DialogueScript[]) => editing.edit({ scripts: [...changed] })
  const nameless = scripts.some(({ steps }) => steps.length === 0 || steps.some(({ title }) => title.trim() === ''))
  return (
    <>
      <p className={classes.says}>{t('script.settings.says')}</p>
      {scripts.map((script, i) => (
        <OneScript
          key={script.id}
          n={i + 1}
          script={script}
          onChange={(next) => edit(scripts.map((one) => (one.id === next.id ? next : one)))}
          onRemove={() => edit(scripts.filter(({ id }) => id !== script.id))}
        />
      ))}
      <div>
        <Button
          variant="default"
          leftSection={<IconPlus size={15} stroke={1.8} />}
          onClick={() => edit([{ ...sampleScript, id: newId() }, ...scripts])}
        >
          {t('script.settings.add')}
        </Button>
      </div>
      <SaveBar {...editing} problem={nameless ? t('script.settings.needed') : null} />
      <History editing={editing} />
    </>
  )
}

type ScriptProps = {
  readonly n: number
  readonly script: DialogueScript
  readonly onChange: (script: DialogueScript) => void
  readonly onRemove: () => void
}

function OneScript({ n, script, onChange, onRemove }: ScriptProps) {
  const { t } = useTranslation()
  const settings = useQuery(settingsQuery).data
  const { steps } = script
  const change = (changed: readonly ScriptStep[]) => onChange({ ...script, steps: [...changed] })
  return (
    <Panel heading={t('script.settings.script', { n })}>
      <div className={classes.when}>
        <Select
          label={t('script.settings.line')}
          placeholder={t('script.settings.anyLine')}
          data={(settings?.lines.value.lines ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          value={script.line}
          clearable
          onChange={(line) => onChange({ ...script, line })}
        />
        <CategorySelect
          label={t('form.nature')}
          placeholder={t('script.settings.anyNature')}
          categories={settings?.categories.value.categories ?? []}
          trees={['nature', 'service']}
          value={script.categoryId}
          onChange={(categoryId) => onChange({ ...script, categoryId })}
        />
        <Button variant="subtle" color="gray" leftSection={<IconTrash size={15} stroke={1.7} />} onClick={onRemove}>
          {t('script.settings.remove')}
        </Button>
      </div>
      <ol className={classes.steps}>
        {steps.map((step, i) => (
          <Step
            key={step.id}
            n={i + 1}
            step={step}
            onChange={(changed) => change(steps.map((one) => (one.id === step.id ? { ...one, ...changed } : one)))}
            order={<OrderButtons rows={steps} index={i} onChange={change} />}
          />
        ))}
      </ol>
      <div className={classes.foot}>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconPlus size={14} stroke={1.8} />}
          disabled={steps.length >= 20}
          onClick={() => change([...steps, { id: newId(), kind: 'other', title: '', titleEnglish: '', says: '', saysEnglish: '' }])}
        >
          {t('script.settings.addStep')}
        </Button>
      </div>
    </Panel>
  )
}

type StepProps = {
  readonly n: number
  readonly step: ScriptStep
  readonly onChange: (change: Partial<ScriptStep>) => void
  readonly order: ReactNode
}

function Step({ n, step, onChange, order }: StepProps) {
  const { t } = useTranslation()
  return (
    <li>
      <span className="g-num">{n}</span>
      <div className={classes.titles}>
        <TextInput
          aria-label={t('script.settings.stepTitle', { n })}
          placeholder={t('script.settings.step')}
          value={step.title}
          maxLength={80}
          onChange={(event) => onChange({ title: event.currentTarget.value })}
        />
        <TextInput
          aria-label={t('script.settings.stepTitleEnglish', { n })}
          placeholder={stepTitle(step, 'en') || t('script.settings.titleEnglishExample')}
          value={step.titleEnglish}
          maxLength={80}
          onChange={(event) => onChange({ titleEnglish: event.currentTarget.value })}
        />
      </div>
      <Select
        aria-label={t('script.settings.stepKind', { n })}
        data={stepKind.options.map((value) => ({ value, label: t(`script.settings.kinds.${value}`) }))}
        value={step.kind}
        allowDeselect={false}
        onChange={(value) => onChange({ kind: stepKind.options.find((one) => one === value) ?? 'other' })}
      />
      <Textarea
        aria-label={t('script.settings.stepSays', { n })}
        placeholder={t('script.settings.saysExample')}
        value={step.says}
        autosize
        minRows={2}
        maxLength={600}
        onChange={(event) => onChange({ says: event.currentTarget.value })}
      />
      <Textarea
        aria-label={t('script.settings.stepEnglish', { n })}
        placeholder={t('script.settings.englishExample')}
        value={step.saysEnglish}
        autosize
        minRows={2}
        maxLength={600}
        onChange={(event) => onChange({ saysEnglish: event.currentTarget.value })}
      />
      {order}
    </li>
  )
}
