import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { mayCall } from '../../server/contract/rights.ts'
import { exportAddress } from '../api/configuration.ts'
import { sessionQuery } from '../api/queries.ts'
import { Panel } from '../ui/panel.tsx'
import { ConfigurationChanges } from './configuration-changes.tsx'
import { ConfigurationFile } from './configuration-file.tsx'
import classes from './configuration-page.module.css'

/** All settings at once: taken away and brought back as one file, and every change with the way back. */
export default function ConfigurationPage() {
  const { t } = useTranslation()
  const session = useQuery(sessionQuery).data
  const whole = session != null && mayCall(session, 'POST /api/settings/import')
  return (
    <>
      {whole && (
        <>
          <Panel heading={t('configuration.export')}>
            <div className={classes.content}>
              <p>{t('configuration.exportSays')}</p>
              <Button component="a" href={exportAddress} download leftSection={<IconDownload size={16} stroke={1.8} aria-hidden="true" />}>
                {t('configuration.download')}
              </Button>
            </div>
          </Panel>
          <ConfigurationFile />
        </>
      )}
      <ConfigurationChanges />
    </>
  )
}
