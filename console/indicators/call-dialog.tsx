import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Period } from '../../server/contract/indicators.ts'
import { type CallChoice, callListFileUrl, callListQuery } from '../api/indicators.ts'
import { mayCall } from '../../server/contract/rights.ts'
import { sessionQuery } from '../api/queries.ts'
import { clockOf, momentOf } from '../ui/format.ts'
import { phoneShown } from '../ui/phone.ts'
import { Behind } from './behind.tsx'

/** The calls behind a figure. */
export function CallDialog({ period, choice, what, onClose }: { period: Period; choice: CallChoice; what: string; onClose: () => void }) {
  const { t } = useTranslation()
  const { data, error } = useQuery(callListQuery(period, choice))
  const session = useQuery(sessionQuery).data
  const mayRead = session != null && mayCall(session, 'GET /api/calls/:id/story')
  const heading = t('indicators.list', { what })
  return (
    <Behind
      heading={heading}
      size={820}
      error={error}
      found={data === undefined ? null : { total: data.total, shown: data.calls.length }}
      empty={t('indicators.listEmpty')}
      file={(format, language) => callListFileUrl(period, choice, { format, language })}
      onClose={onClose}
    >
      <thead>
        <tr>
          {(['at', 'number', 'operator', 'wait', 'talkTotal', 'outcome', 'ticket'] as const).map((column) => (
            <th key={column} scope="col">
              {t(`indicators.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {data?.calls.map((call) => (
          <tr key={call.id}>
            <th scope="row">
              {mayRead && call.outcome !== 'slot' ? (
                <Link to="/console/appels/$id" params={{ id: call.id }} title={t('story.heading')}>
                  {momentOf(call.at)}
                </Link>
              ) : (
                momentOf(call.at)
              )}
            </th>
            <td>
              {[call.fromPage && t('call.fromPage'), call.number !== null && phoneShown(call.number)].filter(Boolean).join(' · ') || '–'}
            </td>
            <td>{call.operator ?? '–'}</td>
            <td>{clockOf(call.waitS)}</td>
            <td>{clockOf(call.talkS)}</td>
            <td>{t(`indicators.outcomes.${call.outcome}`)}</td>
            <td>
              {call.ticket !== null && (
                <Link to="/console/tickets/$number" params={{ number: String(call.ticket) }}>
                  {call.ticket}
                </Link>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </Behind>
  )
}
