import { Button, FileButton } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconFileImport } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorText } from '../api/error-text.ts'
import { importConfiguration, previewConfiguration } from '../api/configuration.ts'
import { count, fullMoment } from '../ui/format.ts'
import { Panel } from '../ui/panel.tsx'
import { domainName, FieldChanges, FieldName } from './field-changes.tsx'
import classes from './configuration-page.module.css'

/** A file brought back: what it would change is shown first, and nothing of it is taken while anything in it is wrong. */
export function ConfigurationFile() {
  const { t } = useTranslation()
  const [file, setFile] = useState<unknown>(null)
  const preview = useMutation({
    mutationFn: async (chosen: File) => {
      let read: unknown
      try {
        read = JSON.parse(await chosen.text())
      } catch {
        throw new Error(t('configuration.unreadable', { name: chosen.name }))
      }
      setFile(read)
      return previewConfiguration(read)
    },
  })
  const take = useMutation({
    mutationFn: (versions: Record<string, number>) => importConfiguration(file, versions),
    onSuccess: () => {
      preview.reset()
      notifications.show({ message: t('settings.saved'), withBorder: true, autoClose: 8_000 })
    },
  })
  const found = preview.data
  const fields = found?.changes.reduce((sum, one) => sum + one.fields.length, 0) ?? 0
  const failure = preview.error ?? take.error
  return (
    <Panel heading={t('configuration.import')}>
      <div className={classes.content}>
        <p>{t('configuration.importSays')}</p>
        <FileButton
          accept="application/json,.json"
          onChange={(chosen) => {
            take.reset()
            if (chosen !== null) preview.mutate(chosen)
          }}
        >
          {(props) => (
            <Button
              variant="default"
              leftSection={<IconFileImport size={16} stroke={1.7} aria-hidden="true" />}
              loading={preview.isPending}
              {...props}
            >
              {t('configuration.choose')}
            </Button>
          )}
        </FileButton>
        {failure !== null && (
          <p role="alert" className={classes.problem}>
            {failure.name === 'ApiError' ? errorText(failure) : failure.message}
          </p>
        )}
      </div>
      {found !== undefined && (
        <section className={classes.preview} aria-label={t('configuration.preview')}>
          <p>{t('configuration.of', { desk: found.desk, who: found.by, time: fullMoment(found.at) })}</p>
          {found.problems.length > 0 ? (
            <div role="alert">
              <strong className={classes.problem}>{t('configuration.problems', { count: found.problems.length })}</strong>
              <ul className={classes.problems}>
                {found.problems.map(({ domain, field }) => (
                  <li key={`${domain}.${field}`}>
                    {domainName(domain, t)} {field !== '' && <FieldName domain={domain} field={field} />}
                  </li>
                ))}
              </ul>
            </div>
          ) : fields === 0 ? (
            <p role="status">{t('configuration.same')}</p>
          ) : (
            <>
              <strong role="status">{t('configuration.changes', { count: fields, shown: count(fields) })}</strong>
              {found.changes.map((one) => (
                <FieldChanges key={one.domain} {...one} />
              ))}
              <div className={classes.buttons}>
                <Button variant="default" onClick={() => preview.reset()}>
                  {t('settings.discard')}
                </Button>
                <Button loading={take.isPending} onClick={() => take.mutate(found.versions)}>
                  {t('configuration.take')}
                </Button>
              </div>
            </>
          )}
        </section>
      )}
    </Panel>
  )
}
