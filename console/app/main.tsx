import '@fontsource-variable/inter/wght.css'
import './mantine.css'
import './base.css'
import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { lazy, StrictMode, Suspense } from 'react'
import { createRoot } from 'react-dom/client'
import { queryClient } from '../api/queries.ts'
import { startTexts } from '../ui/i18n.ts'
import { router } from './router.tsx'
import { cssVariablesResolver, theme } from './theme.ts'

const Toasts = lazy(() => import('./toasts.tsx'))
const root = document.querySelector('#root')
if (root === null) throw new Error('index.html has no #root')

await startTexts()
createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={cssVariablesResolver} defaultColorScheme="auto">
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
        <Suspense fallback={null}>
          <Toasts />
        </Suspense>
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
)
