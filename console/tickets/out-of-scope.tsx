import { IconArrowForwardUp } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { writtenIn } from '../../server/contract/polite-refusal.ts'
import { closeTicket } from '../api/commands.ts'
import type { TicketPage } from '../api/queries.ts'
import { NotOurs } from '../ui/not-ours.tsx'
import { KeyButton } from '../ui/key-button.tsx'
import { useShortcuts } from '../ui/shortcuts.ts'
import { useCommand } from './use-command.ts'

/** Not for this desk: the ticket is closed with whom to turn to, and its author is written to. */
export function OutOfScope({ ticket: { number, title, summary, requester, unconfirmed } }: { readonly ticket: TicketPage }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const { run, busy, failure } = useCommand()
  const written = requester.email !== null && !unconfirmed
  useShortcuts([{ key: 'o', run: () => setOpen(true) }])
  return (
    <>
      <KeyButton variant="default" leftSection={<IconArrowForwardUp size={16} stroke={1.7} />} keys="O" onClick={() => setOpen(true)}>
        {t('ending.refuse')}
      </KeyButton>
      {open && (
        <NotOurs
          onClose={() => setOpen(false)}
          sending={busy}
          mayTransfer={false}
          language={writtenIn(`${title}\n${summary}`)}
          answered={written ? t('ending.answerSent', { name: requester.name || requester.email }) : t('ending.answerFollowed')}
          failure={failure}
          onRefused={(reason, target, _transferred, answer) =>
            run(
              () => closeTicket(number, answer, { reason, target }),
              t('ending.closed'),
              () => setOpen(false),
            )
          }
        />
      )}
    </>
  )
}
