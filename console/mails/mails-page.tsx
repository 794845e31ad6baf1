import { SegmentedControl } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { mayCall } from '../../server/contract/rights.ts'
import { incomingQuery } from '../api/mails.ts'
import { sessionQuery } from '../api/queries.ts'
import { count } from '../ui/format.ts'
import { usePageTitle } from '../ui/page-title.ts'
import { Page } from '../ui/page.tsx'
import { Incoming } from './incoming.tsx'
import { Outgoing } from './outgoing.tsx'

/** What was sent, and what came in. */
export function MailsPage() {
  const { t } = useTranslation()
  const session = useQuery(sessionQuery).data
  const [wanted, setWanted] = useState<'out' | 'in' | null>(null)
  usePageTitle(t('mails.heading'))
  const may = { out: session != null && mayCall(session, 'GET /api/mails'), in: session != null && mayCall(session, 'GET /api/mails/in') }
  const toSee = useQuery({ ...incomingQuery, enabled: may.in }).data?.filter((mail) => mail.toSee).length ?? 0
  const side = wanted ?? (may.in && !may.out ? 'in' : 'out')
  // Those to look at come first, and stay shown when the last one has been seen.
  if (toSee > 0 && wanted === null) setWanted('in')
  const tabs = (['out', 'in'] as const).filter((each) => may[each])
  const named = (each: 'out' | 'in') =>
    each === 'in' && toSee > 0 ? `${t('mailing.sides_in')} (${count(toSee)})` : t(`mailing.sides_${each}`)
  return (
    <Page
      wide
      heading={t('mails.heading')}
      aside={
        tabs.length > 1 && (
          <SegmentedControl
            aria-label={t('mails.heading')}
            size="xs"
            data={tabs.map((each) => ({ value: each, label: named(each) }))}
            value={side}
            onChange={(each) => setWanted(each)}
          />
        )
      }
    >
      {side === 'in' ? <Incoming /> : <Outgoing />}
    </Page>
  )
}
