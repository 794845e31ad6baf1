import { Checkbox } from '@mantine/core'
import { IconShieldCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CallView } from '../../server/contract/entities.ts'
import { checkQuery } from '../api/people.ts'
import { confidenceOf } from '../ui/identity.ts'
import { IdentityDialog } from '../ui/identity-dialog.tsx'
import { KeyButton } from '../ui/key-button.tsx'
import { isCardSeen, type Draft } from './draft.ts'
import { edited } from './draft-edits.ts'
import classes from './asks-identity.module.css'

type Props = { readonly draft: Draft; readonly call: CallView | null; readonly onChange: (draft: Draft) => void }

/** What is asked is done for somebody verified alone: a reminder, which keeps nobody from saving. */
export function AsksIdentity({ draft, call, onChange }: Props) {
  const isHere = draft.callId === null && draft.medium !== 'mail'
  return isHere ? <AsksCard draft={draft} onChange={onChange} /> : <AsksCode draft={draft} call={call} />
}

/** Whoever asks stands there: their card is as good as a code. */
function AsksCard({ draft, onChange }: Pick<Props, 'draft' | 'onChange'>) {
  const { t } = useTranslation()
  return (
    <div className={classes.asks}>
      <span role="status">{t(draft.personId === null ? 'people.check.askedOfWhom' : 'people.check.askedHere')}</span>
      {draft.personId !== null && (
        <Checkbox
          size="xs"
          label={t('people.check.card')}
          checked={isCardSeen(draft)}
          onChange={(event) =>
            onChange(edited(draft, { cardOf: event.currentTarget.checked ? draft.personId : null }, new Date().toISOString()))
          }
        />
      )}
    </div>
  )
}

function AsksCode({ draft: { callId, personId, name }, call }: Pick<Props, 'draft' | 'call'>) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const check = useQuery({ ...checkQuery({ callId: callId ?? '' }), enabled: callId !== null }).data ?? null
  const read = check?.state === 'verified' && check.personId === personId
  if (read || (call !== null && confidenceOf(call, personId, check) === 'verified')) return null
  return (
    <div className={classes.asks} role="status">
      <span>{t('people.check.asked')}</span>
      {call !== null && personId !== null && (
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
      {open && call !== null && personId !== null && (
        <IdentityDialog
          personId={personId}
          name={name}
          about={{ callId: call.id }}
          pending={check?.state === 'pending' && check.personId === personId ? check : null}
          onClose={() => setOpen(false)}
        />
      )}
    </div>
  )
}
