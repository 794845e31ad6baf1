import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '@mantine/core'
import { IconPlugConnectedX } from '@tabler/icons-react'
import { mayCall } from '../../server/contract/rights.ts'
import { errorText } from '../api/error-text.ts'
import { sessionQuery } from '../api/queries.ts'
import { Empty } from '../ui/empty.tsx'
import { withTheRest } from '../ui/rest.ts'
import { Layout } from './layout.tsx'

const NotHere = lazy(() => withTheRest(() => import('./not-here.tsx')))
const SignIn = lazy(() => withTheRest(() => import('./sign-in.tsx')))

/** The operators' side: sign-in first, at whatever address was asked for. */
export function Console() {
  const { t } = useTranslation()
  const session = useQuery(sessionQuery)
  if (session.data !== undefined) {
    if (session.data !== null && mayCall(session.data, 'GET /api/tickets')) return <Layout key={session.data.id} session={session.data} />
    return <Suspense fallback={null}>{session.data === null ? <SignIn /> : <NotHere />}</Suspense>
  }
  if (!session.isError) return null
  return (
    <main style={{ minHeight: '100vh', display: 'flex' }}>
      <Empty icon={<IconPlugConnectedX size={24} stroke={1.6} />} heading={t('error.heading')} text={errorText(session.error)}>
        <Button onClick={() => void session.refetch()}>{t('tickets.retry')}</Button>
      </Empty>
    </main>
  )
}
