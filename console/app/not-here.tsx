import { Button } from '@mantine/core'
import { IconBuildingBank } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { signOut, tellFailure } from '../api/commands.ts'
import { Empty } from '../ui/empty.tsx'

/** Signed in, and not somebody who works here. */
export default function NotHere() {
  const { t } = useTranslation()
  return (
    <main style={{ minHeight: '100vh', display: 'flex' }}>
      <Empty icon={<IconBuildingBank size={24} stroke={1.6} />} heading={t('signIn.notHere')} text={t('signIn.notHereText')}>
        <Button component="a" href="/">
          {t('signIn.public')}
        </Button>
        <Button variant="default" onClick={() => void signOut().catch(tellFailure)}>
          {t('signIn.out')}
        </Button>
      </Empty>
    </main>
  )
}
