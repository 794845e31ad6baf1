import { IconShieldCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CallView } from '../../server/contract/entities.ts'
import { checkQuery } from '../api/people.ts'
import { confidenceOf } from '../ui/identity.ts'
import { IdentityDialog } from '../ui/identity-dialog.tsx'
import { KeyButton } from '../ui/key-button.tsx'
import type { Draft } from './draft.ts'
import classes from './asks-identity.module.css'

/** What is asked is done for somebody verified alone: a reminder, which keeps nobody from saving. */
export function AsksIdentity({ draft: { personId, name }, call }: { readonly draft: Draft; readonly call: CallView | null }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const check = useQuery({ ...checkQuery({ callId: call?.id ?? '' }), enabled: call !== null }).data ?? null
  if (call !== null && confidenceOf(call, personId, check) === 'verified') return null
  return (
    <div className={classes.asks} role="status">
      <span>{t(call === null ? 'people.check.askedHere' : 'people.check.asked')}</span>
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
