import { Button, Textarea, TextInput } from '@mantine/core'
import { IconChevronDown, IconChevronUp, IconPlus, IconTrash } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { phraseWords, unknownWord } from '../../server/contract/phrase-words.ts'
import type { CannedAnswer, TicketTemplate } from '../../server/contract/phrases.ts'
import { settingsQuery } from '../api/settings.ts'
import { Panel } from '../ui/panel.tsx'
import { SortingFields } from '../ui/sorting-fields.tsx'
import { History } from './history.tsx'
import classes from './phrases-page.module.css'
import { SaveBar } from './save-bar.tsx'
import { useSettings } from './use-settings.ts'

const words = phraseWords.map((word) => `{${word}}`).join(', ')
const newId = () => `p-${crypto.randomUUID().slice(0, 8)}`

/** What is written again and again: answers inserted by a key, tickets begun from a template. */
export default function PhrasesPage() {
  const { t } = useTranslation()
  const editing = useSettings('phrases')
  const [open, setOpen] = useState<string | null>(null)
  if (editing === null) return null
  const { answers, templates } = editing.value
  const nameless = [...answers, ...templates].some(({ name }) => name.trim() === '') || answers.some(({ text }) => text.trim() === '')
  const unknown = [...answers.map(({ text }) => text), ...templates.flatMap((one) => [one.title, one.summary, one.solution])]
    .map(unknownWord)
    .find((word) => word !== null)
  const problem = nameless
    ? t('phrases.settings.needed')
    : unknown === undefined || unknown === null
      ? null
      : t('phrases.settings.unknown', { word: `{${unknown}}` })
  const changeAnswer = (id: string, change: Partial<CannedAnswer>) =>
    editing.edit({ answers: answers.map((one) => (one.id === id ? { ...one, ...change } : one)) })
  const changeTemplate = (id: string, change: Partial<TicketTemplate>) =>
    editing.edit({ templates: templates.map((one) => (one.id === id ? { ...one, ...change } : one)) })
  const addAnswer = () => {
    const id = newId()
    editing.edit({ answers: [...answers, { id, name: '', text: '' }] })
    setOpen(id)
  }
  const addTemplate = () => {
    const id = newId()
    const blank = { id, name: '', title: '', summary: '', solution: '', categoryId: null, urgency: 'normal', impact: 'low' } as const
    editing.edit({ templates: [...templates, blank] })
    setOpen(id)
  }
  return (
    <>
      <Panel heading={t('phrases.settings.answers')}>
        <p className={classes.says}>{t('phrases.settings.answersSay', { words })}</p>
        <ul className={classes.list}>
          {answers.map((answer) => (
            <Folded
              key={answer.id}
              name={answer.name}
              detail={answer.text}
              open={open === answer.id}
              onTurn={() => setOpen(open === answer.id ? null : answer.id)}
              onRemove={() => editing.edit({ answers: answers.filter(({ id }) => id !== answer.id) })}
            >
              <TextInput
                label={t('phrases.settings.name')}
                value={answer.name}
                maxLength={60}
                onChange={(event) => changeAnswer(answer.id, { name: event.currentTarget.value })}
              />
              <Textarea
                label={t('phrases.settings.text')}
                value={answer.text}
                rows={5}
                maxLength={5_000}
                onChange={(event) => changeAnswer(answer.id, { text: event.currentTarget.value })}
              />
            </Folded>
          ))}
        </ul>
        <Add label={t('phrases.settings.addAnswer')} onAdd={addAnswer} />
      </Panel>
      <Panel heading={t('phrases.settings.templates')}>
        <p className={classes.says}>{t('phrases.settings.templatesSay')}</p>
        <ul className={classes.list}>
          {templates.map((template) => (
            <Folded
              key={template.id}
              name={template.name}
              detail={template.title}
              open={open === template.id}
              onTurn={() => setOpen(open === template.id ? null : template.id)}
              onRemove={() => editing.edit({ templates: templates.filter(({ id }) => id !== template.id) })}
            >
              <TemplateFields template={template} onChange={(change) => changeTemplate(template.id, change)} />
            </Folded>
          ))}
        </ul>
        <Add label={t('phrases.settings.addTemplate')} onAdd={addTemplate} />
      </Panel>
      <SaveBar {...editing} problem={problem} />
      <History editing={editing} />
    </>
  )
}

type FieldsProps = { readonly template: TicketTemplate; readonly onChange: (change: Partial<TicketTemplate>) => void }

function TemplateFields({ template, onChange }: FieldsProps) {
  const { t } = useTranslation()
  const categories = useQuery(settingsQuery).data?.categories.value
  return (
    <>
      <TextInput
        label={t('phrases.settings.name')}
        value={template.name}
        maxLength={60}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
      />
      <TextInput
        label={t('phrases.settings.title')}
        value={template.title}
        maxLength={200}
        onChange={(event) => onChange({ title: event.currentTarget.value })}
      />
      <Textarea
        label={t('phrases.settings.summary')}
        value={template.summary}
        rows={3}
        maxLength={5_000}
        onChange={(event) => onChange({ summary: event.currentTarget.value })}
      />
      <Textarea
        label={t('phrases.settings.solution')}
        value={template.solution}
        rows={2}
        maxLength={5_000}
        onChange={(event) => onChange({ solution: event.currentTarget.value })}
      />
      {categories !== undefined && (
        <SortingFields
          sorting={{ categoryId: template.categoryId, placeId: null, urgency: template.urgency, impact: template.impact }}
          settings={categories}
          onChange={({ placeId: _place, ...change }) => onChange(change)}
        />
      )}
    </>
  )
}

type FoldedProps = {
  readonly name: string
  readonly detail: string
  readonly open: boolean
  readonly onTurn: () => void
  readonly onRemove: () => void
  readonly children: ReactNode
}

/** One line that opens to be edited. */
function Folded({ name, detail, open, onTurn, onRemove, children }: FoldedProps) {
  const { t } = useTranslation()
  const shown = name.trim() === '' ? t('phrases.settings.unnamed') : name
  return (
    <li>
      <button
        type="button"
        className={classes.line}
        aria-expanded={open}
        aria-label={t('phrases.settings.open', { name: shown })}
        onClick={onTurn}
      >
        <strong>{shown}</strong>
        <span>{detail}</span>
        {open ? <IconChevronUp size={15} stroke={1.8} aria-hidden="true" /> : <IconChevronDown size={15} stroke={1.8} aria-hidden="true" />}
      </button>
      {open && (
        <div className={classes.fields}>
          {children}
          <Button size="compact-sm" variant="subtle" color="gray" leftSection={<IconTrash size={14} stroke={1.7} />} onClick={onRemove}>
            {t('phrases.settings.remove')}
          </Button>
        </div>
      )}
    </li>
  )
}

function Add({ label, onAdd }: { readonly label: string; readonly onAdd: () => void }) {
  return (
    <div className={classes.foot}>
      <Button size="compact-sm" variant="default" leftSection={<IconPlus size={14} stroke={1.8} />} onClick={onAdd}>
        {label}
      </Button>
    </div>
  )
}
