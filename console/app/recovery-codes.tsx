import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { CopyButton } from '../ui/copy-button.tsx'
import classes from './enrol.module.css'

/** Shown once: whoever leaves without keeping them makes new ones. */
export function RecoveryCodes({ codes, done, onDone }: { codes: readonly string[]; done: string; onDone: () => void }) {
  const { t } = useTranslation()
  const text = codes.join('\n')
  return (
    <div className={classes.application}>
      <p>{t('access.recovery.says')}</p>
      <ul className={classes.codes}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className={classes.row}>
        <Button
          component="a"
          variant="default"
          href={`data:text/plain;charset=utf-8,${encodeURIComponent(text)}`}
          download="codes-de-secours.txt"
          leftSection={<IconDownload size={16} stroke={1.8} aria-hidden="true" />}
        >
          {t('access.recovery.download')}
        </Button>
        <CopyButton value={text} label={t('access.recovery.copy')} />
      </div>
      <Button onClick={onDone}>{done}</Button>
    </div>
  )
}
