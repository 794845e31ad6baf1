import { Button } from '@mantine/core'
import { IconId, IconShieldCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { asksVerified } from '../../server/contract/category-tree.ts'
import { mayCall } from '../../server/contract/rights.ts'
import { checkQuery, sawCard } from '../api/people.ts'
import { settingsQuery } from '../api/settings.ts'
import { sessionQuery, type TicketPage } from '../api/queries.ts'
import { ConfidencePill } from '../ui/confidence.tsx'
import { confidenceOfTicket } from '../ui/identity.ts'
import { IdentityDialog } from '../ui/identity-dialog.tsx'
import { KeyButton } from '../ui/key-button.tsx'
import { useShortcuts } from '../ui/shortcuts.ts'
import { useCommand } from './use-command.ts'
import classes from './requester-identity.module.css'

/** How sure one is of who asks, and the code that makes one sure. */
export function RequesterIdentity({ ticket }: { ticket: TicketPage }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const { busy, failure, run } = useCommand()
  const session = useQuery(sessionQuery).data ?? null
  const check = useQuery(checkQuery({ ticket: ticket.number })).data ?? null
  const { personId, name } = ticket.requester
  const confidence = confidenceOfTicket(ticket, check)
  const may = session !== null && mayCall(session, 'POST /api/people/:id/checks') && personId !== null && confidence !== 'verified'
  const { categories = [] } = useQuery(settingsQuery).data?.categories.value ?? {}
  const asked = ticket.status !== 'closed' && confidence !== 'verified' && asksVerified(categories, ticket.categoryId)
  useShortcuts([{ key: '=', run: () => may && setOpen(true) }])
  return (
    <div className={classes.identity}>
      <ConfidencePill of={confidence} />
      {may && (
        <KeyButton
          size="compact-xs"
          variant="default"
          leftSection={<IconShieldCheck size={14} stroke={1.7} />}
          keys="="
          onClick={() => setOpen(true)}
        >
          {t('people.check.open')}
        </KeyButton>
      )}
      {asked && (
        <div className={classes.asked}>
          <p role="status">{t('people.check.askedThere')}</p>
          {may && (
            <Button
              size="compact-xs"
              variant="default"
              leftSection={<IconId size={14} stroke={1.7} />}
              disabled={busy}
              onClick={() => run(() => sawCard(ticket.number, personId), t('people.check.cardNoted'))}
            >
              {t('people.check.card')}
            </Button>
          )}
          {failure !== null && <p role="alert">{failure}</p>}
        </div>
      )}
      {open && personId !== null && (
        <IdentityDialog
          personId={personId}
          name={name}
          about={{ ticket: ticket.number, callId: ticket.callId }}
          pending={check?.state === 'pending' && check.personId === personId ? check : null}
          onClose={() => setOpen(false)}
        />
      )}
    </div>
  )
}
