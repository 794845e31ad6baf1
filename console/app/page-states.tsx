import { Button } from '@mantine/core'
import { IconCompassOff, IconMoodSad } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Empty } from '../ui/empty.tsx'

export function NotFound() {
  const { t } = useTranslation()
  return (
    <main style={{ minHeight: '70vh', display: 'flex' }}>
      <Empty icon={<IconCompassOff size={24} stroke={1.6} />} heading={t('error.page')} text={t('error.pageText')}>
        <Button component="a" href="/">
          {t('error.home')}
        </Button>
      </Empty>
    </main>
  )
}

export function PageFailure() {
  const { t } = useTranslation()
  return (
    <main style={{ minHeight: '70vh', display: 'flex' }}>
      <Empty icon={<IconMoodSad size={24} stroke={1.6} />} heading={t('error.heading')} text={t('error.unexpected')}>
        <Button onClick={() => window.location.reload()}>{t('error.reload')}</Button>
      </Empty>
    </main>
  )
}
