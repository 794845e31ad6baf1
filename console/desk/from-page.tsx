import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { CallView } from '../../server/contract/entities.ts'

/** That somebody calls from the desk's own page: by their account, or as nobody known, and what the page is about. */
export function FromPage({ page, known }: { page: NonNullable<CallView['page']>; known: boolean }) {
  const { t } = useTranslation()
  if (page.ticket === null) {
    if (!known) return <p>{t('fromPage.unknown')}</p>
    return page.signedIn && <p>{t('fromPage.signedIn')}</p>
  }
  return (
    <p>
      {t('fromPage.about')}{' '}
      <Link to="/console/tickets/$number" params={{ number: String(page.ticket) }}>
        n° {page.ticket}
      </Link>
    </p>
  )
}
