import { Button } from '@mantine/core'
import { IconTicket } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { tellFailure } from '../api/commands.ts'
import { ticketFromMessage } from '../api/messages.ts'
import { announcePolitely } from '../ui/announcer.tsx'
import { Keys } from '../ui/kbd.tsx'
import classes from './message-ticket.module.css'
import type { Origin } from './words.ts'
import { ariaKey } from '../ui/shortcuts.ts'

/** Make the message of an origin a pre-ticket. */
export async function makeTicket(messageId: string, said: (number: number) => string): Promise<void> {
  try {
    announcePolitely(said((await ticketFromMessage(messageId)).number))
  } catch (error) {
    tellFailure(error)
  }
}

/** The ticket that an origin has become, or the gesture that makes its message one. */
export function OriginTicket({ origin, who, may, first }: { origin: Origin; who: string; may: boolean; first: boolean }) {
  const { t } = useTranslation()
  const { ticket, messageId } = origin
  if (ticket !== null)
    return (
      <Link to="/console/tickets/$number" params={{ number: String(ticket) }} className={`${classes.link} g-num`}>
        {t('owed.ticket', { number: ticket })}
      </Link>
    )
  if (messageId === null || !may) return null
  return (
    <Button
      className={classes.make ?? ''}
      size="compact-sm"
      variant="default"
      leftSection={<IconTicket size={14} stroke={1.7} />}
      {...(first && { rightSection: <Keys keys="V" />, 'aria-keyshortcuts': ariaKey('V') })}
      aria-label={`${t('owed.makeTicket')} : ${who}`}
      onClick={() => void makeTicket(messageId, (number) => t('owed.ticketMade', { number }))}
    >
      {t('owed.makeTicket')}
    </Button>
  )
}
