import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { presenceQuery } from '../api/talks.ts'
import classes from './presence.module.css'

/** Whether the requester has this request before them: what is written to them is read now, and no mail is needed. */
export function Presence({ number }: { readonly number: number }) {
  const { t } = useTranslation()
  const { here = false, types = false, waits = false } = useQuery(presenceQuery(number)).data ?? {}
  if (!here && !waits) return null
  return (
    <p className={classes.presence} data-here={here || undefined} role="status">
      <i aria-hidden="true" />
      {t(types ? 'talks.types' : here ? (waits ? 'talks.waits' : 'talks.here') : 'talks.gone')}
    </p>
  )
}
