import { SegmentedControl } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Page } from '../ui/page.tsx'
import { usePageTitle } from '../ui/page-title.ts'
import classes from './components-page.module.css'
import { fields } from './fields.tsx'
import { frames } from './frames.tsx'
import { marks } from './marks.tsx'
import { sampleClient } from './samples.ts'
import type { Shown } from './shown.ts'
import { sounds } from './sounds.tsx'
import { words } from './words.ts'

const schemes = ['system', 'light', 'dark'] as const

/** Every component of `ui/` in every state; a test holds that none is missing. */
export function ComponentsPage() {
  useTranslation()
  const w = words()
  usePageTitle(w.heading)
  const [scheme, setScheme] = useState<(typeof schemes)[number]>('system')
  const [client] = useState(sampleClient)
  useScheme(scheme)
  const all: readonly Shown[] = [...marks(), ...frames(), ...fields(), ...sounds()]
  return (
    <Page
      heading={w.heading}
      wide
      aside={
        <SegmentedControl
          aria-label={w.scheme}
          value={scheme}
          onChange={setScheme}
          data={schemes.map((value) => ({ value, label: w[value] }))}
        />
      }
    >
      <p className={classes.intro}>{w.intro}</p>
      <QueryClientProvider client={client}>
        <div className={classes.grid}>
          {all.map(({ name, wide, specimens }) => (
            <section key={name} className={classes.component} data-component={name} data-wide={wide || undefined} aria-label={name}>
              <h2>{name}</h2>
              {specimens.map(([state, specimen]) => (
                <div key={state} className={classes.specimen}>
                  <h3>{state}</h3>
                  {specimen}
                </div>
              ))}
            </section>
          ))}
        </div>
      </QueryClientProvider>
    </Page>
  )
}

/** On this page alone: whoever looks keeps their own colours elsewhere. */
function useScheme(scheme: (typeof schemes)[number]): void {
  useEffect(() => {
    if (scheme === 'system') return
    const root = document.documentElement
    const before = root.dataset['mantineColorScheme']
    root.dataset['mantineColorScheme'] = scheme
    return () => {
      root.dataset['mantineColorScheme'] = before
    }
  }, [scheme])
}
