import { IconChevronDown } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Navigate, useParams } from '@tanstack/react-router'
import { Suspense, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { sessionQuery } from '../api/queries.ts'
import { Deferred } from '../ui/deferred.tsx'
import { NotYours } from '../ui/not-yours.tsx'
import { usePageTitle } from '../ui/page-title.ts'
import { Page } from '../ui/page.tsx'
import classes from './administration-page.module.css'
import { pages } from './pages.ts'
import { SettingsLinks, walkLinks } from './settings-links.tsx'
import { mayOpen, SettingsSearch } from './settings-search-field.tsx'

/** What the site decides for itself, a page each. */
export function AdministrationPage() {
  const { t } = useTranslation()
  const { page } = useParams({ strict: false })
  const session = useQuery(sessionQuery).data
  const allowed = pages.filter((one) => session != null && mayOpen(session, one))
  const shown = pages.find(({ path }) => path === page)
  usePageTitle(shown === undefined ? t('settings.heading') : t(`settings.pages.${shown.title}`))
  const [searching, setSearching] = useState(false)
  /** On a narrow screen, where the list would push the page out of sight: for which page, so that it folds when another is chosen. */
  const [unfoldedAt, setUnfoldedAt] = useState<string | null>(null)
  const nav = useRef<HTMLElement>(null)
  const path = shown?.path
  useEffect(() => {
    const list = nav.current
    const current = path === undefined ? null : list?.querySelector<HTMLElement>('[aria-current=page]')
    // In the middle of its list, and the page itself stays where it is.
    if (list != null && current != null) list.scrollTop = current.offsetTop - list.clientHeight / 2
  }, [path])
  if (session == null) return null
  if (shown === undefined) return <Navigate to="/console/reglages/$page" params={{ page: pages[0].path }} replace />
  const { Content } = shown
  const unfolded = unfoldedAt === shown.path
  return (
    <div className={classes.frame}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- arrows walk its links */}
      <nav
        ref={nav}
        className={classes.nav}
        aria-label={t('settings.heading')}
        data-unfolded={unfolded || searching || undefined}
        onKeyDown={walkLinks}
      >
        <SettingsSearch session={session} onSearching={setSearching} />
        <button
          type="button"
          className={classes.unfold}
          aria-expanded={unfolded}
          onClick={() => setUnfoldedAt(unfolded ? null : shown.path)}
        >
          {t('settings.all')}
          <IconChevronDown size={16} stroke={1.8} aria-hidden="true" />
        </button>
        {!searching && <SettingsLinks allowed={allowed} />}
      </nav>
      <div className={classes.content}>
        <Page
          heading={
            <span tabIndex={-1} className={classes.start} data-page-start>
              {t(`settings.pages.${shown.title}`)}
            </span>
          }
        >
          {mayOpen(session, shown) ? (
            <Deferred key={shown.path}>
              <Suspense fallback={null}>
                <Content />
              </Suspense>
            </Deferred>
          ) : (
            <NotYours name={t(`settings.pages.${shown.title}`)} reader={session} isTheirs={(who) => mayOpen(who, shown)} />
          )}
        </Page>
      </div>
    </div>
  )
}
