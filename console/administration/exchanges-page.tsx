import { IconPhoneCall } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { addExchange, exchangesQuery, revokeExchange } from '../api/exchanges.ts'
import { InformersPage } from './informers-page.tsx'

/** Exchanges that keep the queue themselves and tell of their calls. */
export default function ExchangesPage() {
  const { t } = useTranslation()
  return (
    <InformersPage
      words="exchanges"
      example={t('exchanges.example')}
      label={t('settings.pages.exchanges')}
      icon={<IconPhoneCall size={24} stroke={1.6} />}
      query={exchangesQuery}
      add={addExchange}
      revoke={revokeExchange}
      figures={({ calls }) => t('exchanges.figures', calls)}
    />
  )
}
