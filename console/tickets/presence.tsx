import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { mayCall } from '../../server/contract/rights.ts'
import { sessionQuery } from '../api/queries.ts'
import { presenceQuery } from '../api/talks.ts'
import { HereDot } from '../ui/here-dot.tsx'
import classes from './presence.module.css'

/** Whether the requester has this request before them: what is written to them is read now, and no mail is needed. */
export function Presence({ number }: { readonly number: number }) {
  const { t } = useTranslation()
  const session = useQuery(sessionQuery).data ?? null
  const may = session !== null && mayCall(session, 'GET /api/tickets/:number/presence')
  const { here = false, types = false, waits = false } = useQuery({ ...presenceQuery(number), enabled: may }).data ?? {}
  if (!here && !waits) return null
  return (
    <p className={classes.presence} role="status">
      <HereDot here={here} />
      {t(types ? 'talks.types' : here ? (waits ? 'talks.waits' : 'talks.here') : 'talks.gone')}
    </p>
  )
}
