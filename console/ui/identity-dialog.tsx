import { Button, TextInput } from '@mantine/core'
import { IconMailForward, IconShieldCheckFilled } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CheckOrder, IdentityCheck } from '../../server/contract/people.ts'
import { errorText } from '../api/error-text.ts'
import { keyCode, sendCode } from '../api/people.ts'
import { useServerNow } from '../live/use-live.ts'
import { announce } from './announcer.tsx'
import { Dialog } from './dialog.tsx'
import { countdown } from './format.ts'
import { Keys } from './kbd.tsx'
import classes from './identity-dialog.module.css'

const digits = (typed: string) => typed.replaceAll(/\D/g, '')
/** What is read aloud is keyed in at once, and again after a wrong code. */
const focusFirst = (form: HTMLFormElement | null) => form?.querySelector('input')?.focus()

type Props = {
  readonly personId: string
  readonly name: string
  readonly about: CheckOrder
  /** One that was sent already and can still be keyed in. */
  readonly pending: IdentityCheck | null
  readonly onClose: () => void
}

/** A code goes to the address that the directory knows, as soon as this opens; the caller reads it, the operator keys it in. */
export function IdentityDialog({ personId, name, about, pending, onClose }: Props) {
  const { t } = useTranslation()
  const [code, setCode] = useState('')
  const [check, setCheck] = useState<IdentityCheck | null>(pending)
  const [missed, setMissed] = useState(false)
  const send = useMutation({
    mutationFn: () => sendCode(personId, about),
    onSuccess: (made) => {
      setCheck(made)
      setMissed(false)
      setCode('')
    },
  })
  const key = useMutation({
    mutationFn: (typed: string) => (check === null ? Promise.reject(new Error()) : keyCode(check, typed)),
    onSuccess: (after) => {
      setCheck(after)
      setCode('')
      setMissed(after.state !== 'verified')
      announce(after.state === 'verified' ? t('people.check.verified', { name }) : t('people.check.wrong', { count: after.triesLeft }))
    },
  })
  const { mutate } = send
  useEffect(() => {
    if (pending === null) mutate()
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- once, when it opens
  }, [])
  const left = useSecondsLeft(check)
  const over = check !== null && check.state !== 'verified' && (check.state !== 'pending' || left === 0)
  return (
    <Dialog heading={t('people.check.heading', { name })} size={440} onClose={onClose}>
      <div className={classes.body}>
        {send.isPending && <p>{t('people.check.sending')}</p>}
        {send.isError && (
          <p role="alert" className={classes.problem}>
            {errorText(send.error)}
          </p>
        )}
        {check?.state === 'verified' && (
          <p className={classes.verified} role="status">
            <IconShieldCheckFilled size={20} aria-hidden="true" />
            <span>
              <strong>{t('people.check.verified', { name })}</strong>
              {t('people.check.traced')}
            </span>
          </p>
        )}
        {check !== null && check.state === 'pending' && !over && (
          <form
            ref={focusFirst}
            onSubmit={(event) => {
              event.preventDefault()
              if (digits(code).length === 6 && !key.isPending) key.mutate(digits(code))
            }}
          >
            <p>
              {t('people.check.sent')} <strong>{check.sentTo}</strong>. {t('people.check.ask')}
            </p>
            <TextInput
              classNames={{ input: `${classes.code} g-num` }}
              aria-label={t('people.check.digit')}
              placeholder="••• •••"
              inputMode="numeric"
              autoComplete="off"
              maxLength={11}
              value={code}
              readOnly={key.isPending}
              error={missed}
              onChange={(event) => {
                const typed = event.currentTarget.value
                setCode(typed)
                if (digits(typed).length === 6) key.mutate(digits(typed))
              }}
            />
            {/* No live region: it counts seconds, and what a wrong code means is announced. */}
            <p className={missed ? classes.problem : classes.quiet}>
              {missed ? t('people.check.wrong', { count: check.triesLeft }) : t('people.check.left', { time: countdown(left) })}
            </p>
            {key.isError && (
              <p role="alert" className={classes.problem}>
                {errorText(key.error)}
              </p>
            )}
          </form>
        )}
        {over && (
          <p role="alert" className={classes.problem}>
            {t(check.state === 'failed' ? 'people.check.failed' : 'people.check.expired')}
          </p>
        )}
        <div className={classes.actions}>
          {check?.state === 'verified' ? (
            <Button onClick={onClose} data-autofocus>
              {t('people.check.close')}
            </Button>
          ) : (
            <>
              <Button
                variant={over || send.isError ? 'filled' : 'default'}
                leftSection={<IconMailForward size={16} stroke={1.7} />}
                loading={send.isPending}
                onClick={() => send.mutate()}
              >
                {t('people.check.again')}
              </Button>
              <span className={classes.quiet}>
                <Keys keys="Esc" /> {t('people.check.otherwise')}
              </span>
            </>
          )}
        </div>
      </div>
    </Dialog>
  )
}

/** Seconds for which a pending code can still be keyed in; 0 for any other. */
function useSecondsLeft(check: IdentityCheck | null): number {
  const until = check?.state === 'pending' ? Date.parse(check.expiresAt) : 0
  const now = useServerNow()
  return Math.max(0, Math.ceil((until - now) / 1_000))
}
