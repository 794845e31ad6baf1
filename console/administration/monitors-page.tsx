import { IconRadar2 } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { addMonitor, monitorsQuery, revokeMonitor } from '../api/disruptions.ts'
import { InformersPage } from './informers-page.tsx'

/** Monitorings that may open disruptions. */
export default function MonitorsPage() {
  const { t } = useTranslation()
  return (
    <InformersPage
      words="disruptions.monitors"
      example="Prometheus"
      label={t('settings.pages.monitors')}
      icon={<IconRadar2 size={24} stroke={1.6} />}
      query={monitorsQuery}
      add={addMonitor}
      revoke={revokeMonitor}
      secret={{ of: ({ secret }) => secret, copy: t('disruptions.monitors.copySecret') }}
    />
  )
}
