import { Button } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { Trans, useTranslation } from 'react-i18next'
import { changePreferences } from '../api/preferences.ts'
import { Keys } from '../ui/kbd.tsx'
import classes from './tour.module.css'

const order = ['first', 'second', 'third'] as const
/** Where each step is. « Suivant » is of those who take calls; others end with the keys and the guide. */
const steps = {
  telephone: ['[data-tour=state]', '[data-tour=desk]', '[data-tour=next]'],
  tickets: ['nav a[href="/console/tickets"]', '[data-tour=search]', '[data-tour=next]'],
  treating: ['nav a[href="/console/tickets"]', '[data-tour=search]', '[data-tour=account]'],
} as const

/** Three steps on the first day, in the page and over nothing: a call that comes is not hidden. */
export default function Tour({ telephone, next }: { readonly telephone: boolean; readonly next: boolean }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [at, setAt] = useState(0)
  const kind = telephone ? 'telephone' : next ? 'tickets' : 'treating'
  const places = steps[kind]
  const step = order[at] ?? 'first'
  const place = places[at] ?? places[0]
  const last = at === places.length - 1
  useEffect(() => {
    const shown = document.querySelector<HTMLElement>(place)
    shown?.setAttribute('data-shown-by-tour', '')
    return () => shown?.removeAttribute('data-shown-by-tour')
  }, [place])
  // Whoever leaves it is not asked again, also when the service cannot note it at this moment.
  const done = () => {
    void changePreferences({ tourDone: true }).catch(() => undefined)
    // What had the keyboard goes with it.
    document.querySelector<HTMLElement>('main')?.focus({ preventScroll: true })
  }
  return (
    <section className={classes.tour} aria-label={t('help.tour')}>
      <span className={`${classes.at} g-num`}>{t('help.step', { n: at + 1, of: places.length })}</span>
      <p role="status">
        <strong>{t(`help.steps.${kind}.${step}.heading`)}</strong>{' '}
        <Trans
          i18nKey={`help.steps.${kind}.${step}.text`}
          components={{
            p: <Keys spoken keys="P" />,
            a: <Keys spoken keys="A" />,
            s: <Keys spoken keys="S" />,
            help: <Keys spoken keys="?" />,
            search: <Keys spoken keys="Ctrl+K" />,
          }}
        />
      </p>
      <span className={classes.ways}>
        {at > 0 && (
          <Button size="xs" variant="default" onClick={() => setAt(at - 1)}>
            {t('help.before')}
          </Button>
        )}
        {last && (
          <Button
            size="xs"
            variant="default"
            onClick={() => {
              done()
              void navigate({ to: '/console/guide' })
            }}
          >
            {t('help.readGuide')}
          </Button>
        )}
        <Button size="xs" onClick={() => (last ? done() : setAt(at + 1))}>
          {t(last ? 'help.finish' : 'help.after')}
        </Button>
        {!last && (
          <Button size="xs" variant="subtle" onClick={done}>
            {t('help.skip')}
          </Button>
        )}
      </span>
    </section>
  )
}
