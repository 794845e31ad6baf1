import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Button } from '@mantine/core'
import { IconBuildingBank, IconPlugConnectedX } from '@tabler/icons-react'
import { mayCall } from '../../server/contract/rights.ts'
import { signOut, tellFailure } from '../api/commands.ts'
import { errorText } from '../api/error-text.ts'
import { sessionQuery } from '../api/queries.ts'
import { Empty } from '../ui/empty.tsx'
import { Layout } from './layout.tsx'
import { SignIn } from './sign-in.tsx'

/** The operators' side: sign-in first, at whatever address was asked for. */
export function Console() {
  const { t } = useTranslation()
  const session = useQuery(sessionQuery)
  if (session.data === null) return <SignIn />
  if (session.data !== undefined)
    return mayCall(session.data, 'GET /api/tickets') ? <Layout key={session.data.id} session={session.data} /> : <NotHere />
  if (!session.isError) return null
  return (
    <main style={{ minHeight: '100vh', display: 'flex' }}>
      <Empty icon={<IconPlugConnectedX size={24} stroke={1.6} />} heading={t('error.heading')} text={errorText(session.error)}>
        <Button onClick={() => void session.refetch()}>{t('tickets.retry')}</Button>
      </Empty>
    </main>
  )
}

/** Signed in, and not somebody who works here. */
function NotHere() {
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
