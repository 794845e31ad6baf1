import { Button, Textarea, TextInput } from '@mantine/core'
import { IconRestore } from '@tabler/icons-react'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import {
  mailLanguages,
  mailWords,
  originalMails,
  type MailLanguage,
  type MailTemplate,
  type MailTemplateName,
  type MailWord,
} from '../../server/contract/mail-templates.ts'
import { MailTrial, type Written } from './mail-trial.tsx'
import classes from './mail-templates.module.css'

type EditorProps = {
  readonly name: MailTemplateName
  readonly template: MailTemplate
  readonly written: Written
  readonly isOriginal: boolean
  readonly onChange: (template: MailTemplate) => void
}

/** One mail: its text in both languages, and what it looks like. */
export function MailEditor({ name, template, written, isOriginal, onChange }: EditorProps) {
  const { t } = useTranslation()
  const { subject, text } = originalMails[name]
  return (
    <div className={classes.editor}>
      <div className={classes.sides}>
        {mailLanguages.map((language) => (
          <Side key={language} name={name} language={language} template={template} onChange={onChange} />
        ))}
        {!isOriginal && (
          <Button
            className={classes.restore ?? ''}
            size="compact-sm"
            variant="default"
            leftSection={<IconRestore size={14} stroke={1.7} aria-hidden="true" />}
            onClick={() => onChange({ subject: { ...subject }, text: { ...text } })}
          >
            {t('mailing.original')}
          </Button>
        )}
      </div>
      <MailTrial name={name} template={template} written={written} />
    </div>
  )
}

type SideProps = Pick<EditorProps, 'name' | 'template' | 'onChange'> & { readonly language: MailLanguage }

function Side({ name, language, template, onChange }: SideProps) {
  const { t } = useTranslation()
  const area = useRef<HTMLTextAreaElement>(null)
  const spoken = t(`mailing.sides.${language}`)
  const { allowed, needed }: { readonly allowed: readonly MailWord[]; readonly needed: readonly MailWord[] } = originalMails[name]
  const write = (text: string) => onChange({ ...template, text: { ...template.text, [language]: text } })
  const insert = (word: string) => {
    const at = area.current
    const text = template.text[language]
    const from = at?.selectionStart ?? text.length
    write(`${text.slice(0, from)}${word}${text.slice(at?.selectionEnd ?? from)}`)
    window.setTimeout(() => {
      at?.focus()
      at?.setSelectionRange(from + word.length, from + word.length)
    })
  }
  return (
    <section className={classes.side} aria-label={spoken}>
      <h3>{spoken}</h3>
      {language === 'fr' ? (
        <TextInput
          label={t('mailing.subject')}
          aria-label={t('mailing.subjectOf', { language: spoken })}
          lang="fr"
          maxLength={200}
          value={template.subject.fr}
          onChange={(event) => onChange({ ...template, subject: { ...template.subject, fr: event.currentTarget.value } })}
        />
      ) : (
        <TextInput label={t('mailing.oneSubject')} lang="fr" disabled value={template.subject.fr} />
      )}
      <Textarea
        ref={area}
        label={t('mailing.text')}
        aria-label={t('mailing.textOf', { language: spoken })}
        lang={language}
        autosize
        minRows={6}
        maxRows={18}
        maxLength={8_000}
        value={template.text[language]}
        onChange={(event) => write(event.currentTarget.value)}
      />
      <p className={classes.words}>
        <span>{t('mailing.words')}</span>
        {allowed.map((word) => {
          const written = `{${mailWords[word][language]}}`
          return (
            <button
              key={word}
              type="button"
              data-needed={needed.includes(word) || undefined}
              title={needed.includes(word) ? t('mailing.neededWord') : undefined}
              aria-label={t('mailing.insert', { word: written, language: spoken })}
              onClick={() => insert(written)}
            >
              {written}
            </button>
          )
        })}
      </p>
    </section>
  )
}
