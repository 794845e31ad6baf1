import { SegmentedControl, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { staffMails } from '../../server/contract/mail-originals.ts'
import {
  mailTemplateNames,
  originalMails,
  originalMark,
  type MailSettings,
  type MailTemplateName,
} from '../../server/contract/mail-templates.ts'
import { Panel } from '../ui/panel.tsx'
import { Pill } from '../ui/pill.tsx'
import { History } from './history.tsx'
import { MailEditor } from './mail-editor.tsx'
import classes from './mail-templates.module.css'
import { SaveBar } from './save-bar.tsx'
import { type Editing, useSettings } from './use-settings.ts'

const toStaff: readonly MailTemplateName[] = ['redirected', ...staffMails, 'handed-over', 'late', 'list-check']
const parts = [
  { heading: 'mailing.toRequester', names: mailTemplateNames.filter((name) => !toStaff.includes(name)) },
  { heading: 'mailing.toStaff', names: toStaff },
] as const

const isOriginal = (name: MailTemplateName, { subject, text }: MailSettings[MailTemplateName]) => {
  const original = originalMails[name]
  return (
    subject.fr === original.subject.fr && subject.en === original.subject.en && text.fr === original.text.fr && text.en === original.text.en
  )
}

/** What each mail says. */
export default function MailTemplatesPage() {
  const { t } = useTranslation()
  const editing = useSettings('mails')
  const [open, setOpen] = useState<MailTemplateName | null>(null)
  if (editing === null) return null
  const { value, edit } = editing
  return (
    <>
      <p className={classes.says}>{t('mailing.says')}</p>
      <div className={classes.general}>
        <div className={classes.languages}>
          <span id="mail-languages">{t('mailing.languages')}</span>
          <SegmentedControl
            aria-labelledby="mail-languages"
            size="xs"
            data={(['fr', 'fr-en'] as const).map((each) => ({ value: each, label: t(`mailing.languagesOf.${each}`) }))}
            value={value.languages}
            onChange={(languages) => edit({ languages })}
          />
        </div>
        <TextInput
          className={classes.mark ?? ''}
          label={t('mailing.mark')}
          description={t('mailing.markSays', { mark: value.mark.trim() || originalMark })}
          maxLength={40}
          error={/[[\]{}]/.test(value.mark) ? t('mailing.markWrong') : undefined}
          value={value.mark}
          onChange={({ currentTarget }) => edit({ mark: currentTarget.value })}
        />
      </div>
      {parts.map(({ heading, names }) => (
        <Panel key={heading} heading={t(heading)}>
          <ul className={classes.list}>
            {names.map((name) => (
              <Row key={name} name={name} editing={editing} open={open === name} onToggle={() => setOpen(open === name ? null : name)} />
            ))}
          </ul>
        </Panel>
      ))}
      <SaveBar {...editing} />
      <History editing={editing} />
    </>
  )
}

type RowProps = {
  readonly name: MailTemplateName
  readonly editing: Editing<'mails'>
  readonly open: boolean
  readonly onToggle: () => void
}

function Row({ name, editing, open, onToggle }: RowProps) {
  const { t } = useTranslation()
  const template = editing.value[name]
  return (
    <li>
      <button type="button" className={classes.row} aria-expanded={open} onClick={onToggle}>
        <span>
          <strong>{t(`mailing.names.${name}`)}</strong>
          {!isOriginal(name, template) && <Pill tone="plain">{t('mailing.changed')}</Pill>}
        </span>
        <small>{t(`mailing.when.${name}`)}</small>
      </button>
      {open && (
        <MailEditor
          name={name}
          template={template}
          written={editing.value}
          isOriginal={isOriginal(name, template)}
          onChange={(changed) => editing.edit({ [name]: changed })}
        />
      )}
    </li>
  )
}
