import { IconArrowBackUp } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { TicketPage } from '../api/queries.ts'
import { giveBackTicket } from '../api/ticket-life.ts'
import { Complete } from './complete.tsx'
import { AskedText } from './asked-text.tsx'
import classes from './moves.module.css'
import { Redirect } from './redirect.tsx'
import { useCommand } from './use-command.ts'
import { PutAside } from './put-aside.tsx'

/** Where a ticket can be sent from where it stands. */
export function Moves({ ticket }: { ticket: TicketPage }) {
  const { status, number, groupId } = ticket
  if (status === 'closed' || status === 'solution-proposed') return null
  const grouped = groupId !== null && status !== 'waiting'
  return (
    <div className={classes.moves}>
      <Complete ticket={ticket} />
      <Redirect ticket={ticket} />
      <PutAside number={number} />
      {grouped && <GiveBack number={number} />}
    </div>
  )
}

function GiveBack({ number }: { number: number }) {
  const { t } = useTranslation()
  const { run, busy, failure } = useCommand()
  return (
    <AskedText
      label={t('life.giveBack')}
      icon={<IconArrowBackUp size={16} stroke={1.7} />}
      shortcut="B"
      heading={t('life.giveBackWhy')}
      says={t('life.giveBackSays')}
      placeholder={t('life.giveBackExample')}
      send={t('life.giveBackSend')}
      needed={t('ticket.needed')}
      failure={failure}
      busy={busy}
      onSend={(text, close) => run(() => giveBackTicket(number, text), t('life.done.givenBack'), close)}
    />
  )
}
