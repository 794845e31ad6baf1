import { useTranslation } from 'react-i18next'
import { writtenIn } from '../../server/contract/polite-refusal.ts'
import { closeTicket } from '../api/commands.ts'
import type { TicketPage } from '../api/queries.ts'
import { NotOursKey } from '../ui/not-ours-key.tsx'
import { useCommand } from './use-command.ts'

/** Not for this desk: the ticket is closed with whom to turn to, and its author is written to. */
export function OutOfScope({ ticket: { number, title, summary, requester, unconfirmed } }: { readonly ticket: TicketPage }) {
  const { t } = useTranslation()
  const { run, busy, failure } = useCommand()
  const written = requester.email !== null && !unconfirmed
  return (
    <NotOursKey
      sending={busy}
      language={writtenIn(`${title}\n${summary}`)}
      answered={written ? t('ending.answerSent', { name: requester.name || requester.email }) : t('ending.answerFollowed')}
      failure={failure}
      onRefused={(answer, outOfScope, close) => run(() => closeTicket(number, answer, outOfScope), t('ending.closed'), close)}
    />
  )
}
