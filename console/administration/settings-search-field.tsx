import { TextInput, VisuallyHidden } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Session } from '../../server/contract/http.ts'
import { mayCall } from '../../server/contract/rights.ts'
import { Keys } from '../ui/kbd.tsx'
import { ariaKey } from '../ui/shortcuts.ts'
import classes from './administration-page.module.css'
import type { pages } from './pages.ts'
import { reveal, searchSettings } from './settings-search.ts'

/** What a page is shown by, unless it names another route. */
export const mayOpen = (session: Pick<Session, 'role' | 'demo'>, page: (typeof pages)[number]): boolean =>
  mayCall(session, 'route' in page ? page.route : 'PUT /api/settings/:domain')

/** Every setting by its words; the one chosen is brought into sight on its page. */
export function SettingsSearch({ session, onSearching }: { session: Session; onSearching: (searching: boolean) => void }) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const { found, near } = searchSettings(typed, (page) => mayOpen(session, page))
  const searching = typed.trim().length >= 2
  const type = (text: string) => {
    setTyped(text)
    onSearching(text.trim().length >= 2)
  }
  return (
    <>
      <div className={classes.search} role="search">
        <TextInput
          size="xs"
          aria-label={t('configuration.search')}
          placeholder={t('configuration.search')}
          data-page-search
          aria-keyshortcuts={ariaKey('/')}
          leftSection={<IconSearch size={14} stroke={1.7} aria-hidden="true" />}
          rightSection={typed === '' && <Keys keys="/" />}
          value={typed}
          onChange={(event) => type(event.currentTarget.value)}
          onKeyDown={(event) => event.key === 'Escape' && type('')}
        />
        <VisuallyHidden role="status">
          {searching && (found.length === 0 ? t('configuration.none') : t('configuration.found', { count: found.length }))}
        </VisuallyHidden>
      </div>
      {searching && found.length === 0 && <p className={classes.none}>{t('configuration.none')}</p>}
      {searching && near && <p className={classes.none}>{t('configuration.near', { typed: typed.trim() })}</p>}
      {searching && (
        <div className={classes.results}>
          {found.map(({ page, label }) => (
            <Link
              key={`${page.path} ${label}`}
              to="/console/reglages/$page"
              params={{ page: page.path }}
              onClick={() => window.setTimeout(() => reveal(label))}
            >
              {label}
              <small>{t(`settings.pages.${page.title}`)}</small>
            </Link>
          ))}
        </div>
      )}
    </>
  )
}
