import './fonts.css'
import './mantine.css'
import './base.css'
import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { mayCall } from '../../server/contract/rights.ts'
import { fetchErrorTexts } from '../api/error-text.ts'
import { queryClient, sessionQuery } from '../api/queries.ts'
import { connectEarly } from '../live/store.ts'
import { startTexts } from '../ui/i18n.ts'
import { later } from '../ui/later.tsx'
import { router } from './router.tsx'
import { cssVariablesResolver, theme } from './theme.ts'

const Toasts = later<object>(async () => (await import('./toasts.tsx')).default)
const root = document.querySelector('#root')
if (root === null) throw new Error('index.html has no #root')

// Who it is and the live link are asked for before anything is drawn that shows them.
if (/^\/console(\/|$)/.test(window.location.pathname))
  queryClient.fetchQuery(sessionQuery).then(
    (session) => session !== null && mayCall(session, 'GET /api/tickets') && connectEarly(),
    () => null,
  )
const shown = (
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={cssVariablesResolver} defaultColorScheme="auto" deduplicateCssVariables={false}>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
        <Toasts />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>
)
// Nothing is awaited at the top: the texts may be a file that needs this one.
void startTexts().then(() => createRoot(root).render(shown))
// Whoever reads English is told of failures by them: after the first view, whatever the page.
window.setTimeout(() => void fetchErrorTexts().catch(() => null), 1_500)
