import { onlyOne } from '../../server/contract/only-one.ts'
import { notifications } from '@mantine/notifications'
import { IconExternalLink, IconLinkPlus, IconShieldCheck } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CallView } from '../../server/contract/entities.ts'
import { tellFailure } from '../api/commands.ts'
import { attachNumber, checkQuery, detachNumber } from '../api/people.ts'
import { ConfidencePill } from '../ui/confidence.tsx'
import { confidenceOf } from '../ui/identity.ts'
import { IdentityDialog } from '../ui/identity-dialog.tsx'
import { Keys } from '../ui/kbd.tsx'
import { ariaKey, useShortcuts } from '../ui/shortcuts.ts'
import classes from './identity.module.css'

type Who = { readonly id: string; readonly name: string }

/** How sure one is of who calls, and the gestures that make one surer: a code, a number remembered, their page. */
export function Identity({ call, chosen }: { call: CallView; chosen: Who | null }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const check = useQuery(checkQuery({ callId: call.id })).data ?? null
  const who = chosen ?? onlyOne(call.people)
  const confidence = confidenceOf(call, who?.id ?? null, check)
  const strange = who !== null && call.number !== null && call.people.every(({ id }) => id !== who.id)
  const attach = useMutation({
    mutationFn: (one: Who) => attachNumber(one.id, call.number ?? '', call.id),
    onSuccess: (_answer, one) =>
      notifications.show({
        id: 'attached',
        withBorder: true,
        message: (
          <span className={classes.undo}>
            {t('people.attach.done', { name: one.name })}
            <button
              type="button"
              onClick={() => {
                notifications.hide('attached')
                detachNumber(one.id, call.number ?? '').catch((error: unknown) => tellFailure(error))
              }}
            >
              {t('messages.undo')}
            </button>
          </span>
        ),
      }),
    onError: (error) => tellFailure(error),
  })
  useShortcuts([
    { key: '=', run: () => who !== null && setOpen(true) },
    { key: 'q', run: () => strange && !attach.isPending && attach.mutate(who) },
  ])
  return (
    <div className={classes.identity} role="group" aria-label={t('people.identity')}>
      <ConfidencePill of={confidence} />
      {who !== null && confidence !== 'verified' && (
        <button type="button" onClick={() => setOpen(true)} aria-keyshortcuts={ariaKey('=')}>
          <IconShieldCheck size={15} stroke={1.7} aria-hidden="true" />
          {t('people.check.open')} <Keys keys="=" />
        </button>
      )}
      {who !== null && (
        <Link to="/console/personnes/$id" params={{ id: who.id }} title={t('people.openPage', { name: who.name })}>
          {t('people.page')}
          <IconExternalLink size={14} stroke={1.7} aria-hidden="true" />
        </Link>
      )}
      {strange && (
        <button type="button" className={classes.attach} onClick={() => attach.mutate(who)} aria-keyshortcuts={ariaKey('Q')}>
          <IconLinkPlus size={15} stroke={1.7} aria-hidden="true" />
          <span>{t('people.attach.open', { name: who.name })}</span> <Keys keys="Q" />
        </button>
      )}
      {open && who !== null && (
        <IdentityDialog
          personId={who.id}
          name={who.name}
          about={{ callId: call.id }}
          pending={check?.state === 'pending' && check.personId === who.id ? check : null}
          onClose={() => setOpen(false)}
        />
      )}
    </div>
  )
}
