import { useTranslation } from 'react-i18next'
import type { TicketStatus } from '../../server/contract/entities.ts'
import { Pill } from './pill.tsx'

const tones = {
  'pre-ticket': 'plain',
  new: 'accent',
  'in-progress': 'warn',
  redirected: 'accent',
  waiting: 'hold',
  'solution-proposed': 'accent',
  reopened: 'bad',
  closed: 'ok',
} as const satisfies Record<TicketStatus, string>

export function TicketStatusPill({ status }: { status: TicketStatus }) {
  const { t } = useTranslation()
  return <Pill tone={tones[status]}>{t(`tickets.status.${status}`)}</Pill>
}
