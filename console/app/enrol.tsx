import { Button, TextInput } from '@mantine/core'
import { IconDeviceMobile, IconFingerprint } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { encode } from 'uqr'
import type { Enrolled, RecoveryCodesGiven } from '../../server/contract/second-factor.ts'
import { errorText } from '../api/error-text.ts'
import { type Enrolling, PasskeyAbandoned } from '../api/second-factor.ts'
import { CopyButton } from '../ui/copy-button.tsx'
import classes from './enrol.module.css'

type Given = RecoveryCodesGiven & Partial<Enrolled>
type Props = { readonly by: Enrolling; readonly passkeys: boolean; readonly onDone: (given: Given) => void }

export const factorFailure = (error: Error, abandoned: string) => (error instanceof PasskeyAbandoned ? abandoned : errorText(error))

/** Add a protection: an application that shows codes, or a passkey. */
export function Enrol({ by, passkeys, onDone }: Props) {
  const { t } = useTranslation()
  const [chosen, setChosen] = useState<'totp' | 'passkey' | null>(null)
  if (chosen === 'totp') return <Application by={by} onDone={onDone} />
  if (chosen === 'passkey') return <Key by={by} onDone={onDone} />
  return (
    <div className={classes.choices}>
      <button type="button" className={classes.choice} onClick={() => setChosen('totp')}>
        <IconDeviceMobile size={22} stroke={1.6} aria-hidden="true" />
        <span>
          <strong>{t('access.enrol.totp')}</strong>
          <small>{t('access.enrol.totpSays')}</small>
        </span>
      </button>
      {passkeys && window.PublicKeyCredential !== undefined && (
        <button type="button" className={classes.choice} onClick={() => setChosen('passkey')}>
          <IconFingerprint size={22} stroke={1.6} aria-hidden="true" />
          <span>
            <strong>{t('access.enrol.passkey')}</strong>
            <small>{t('access.enrol.passkeySays')}</small>
          </span>
        </button>
      )}
    </div>
  )
}

function Application({ by, onDone }: Omit<Props, 'passkeys'>) {
  const { t } = useTranslation()
  const [code, setCode] = useState('')
  // Each showing has a secret of its own.
  const offer = useQuery({
    queryKey: ['totp-offer', by === null],
    queryFn: by.offer,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
  })
  const confirm = useMutation({ mutationFn: by.confirm, onSuccess: onDone })
  const failure = offer.error ?? confirm.error
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (code.trim().length >= 6) confirm.mutate(code.trim())
  }
  return (
    <form className={classes.application} onSubmit={submit} noValidate>
      <p>{t('access.enrol.scan')}</p>
      {offer.data !== undefined && (
        <>
          <QrCode text={offer.data.uri} label={t('access.enrol.qr')} />
          <p className={classes.secret}>
            {t('access.enrol.orType')} <code>{offer.data.secret.replace(/(.{4})(?=.)/g, '$1 ')}</code>
            <CopyButton value={offer.data.secret} label={t('access.enrol.copy')} />
          </p>
        </>
      )}
      <TextInput
        label={t('access.enrol.code')}
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={8}
      />
      <p role="alert" className={classes.problem}>
        {failure !== null && errorText(failure)}
      </p>
      <Button type="submit" disabled={code.trim().length < 6 || offer.data === undefined} loading={confirm.isPending}>
        {t('access.enrol.confirm')}
      </Button>
    </form>
  )
}

function Key({ by, onDone }: Omit<Props, 'passkeys'>) {
  const { t } = useTranslation()
  const [name, setName] = useState('')
  const add = useMutation({ mutationFn: by.passkey, onSuccess: onDone })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (name.trim() !== '') add.mutate(name.trim())
  }
  return (
    <form className={classes.application} onSubmit={submit} noValidate>
      <p>{t('access.enrol.keyIntro')}</p>
      <TextInput
        label={t('access.enrol.keyName')}
        placeholder={t('access.enrol.keyExample')}
        value={name}
        maxLength={60}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <p role="alert" className={classes.problem}>
        {add.error !== null && factorFailure(add.error, t('access.passkeyAbandoned'))}
      </p>
      <Button type="submit" disabled={name.trim() === ''} loading={add.isPending}>
        {t('access.enrol.keyAdd')}
      </Button>
    </form>
  )
}

/** Black on white in either scheme: that is what cameras read. */
function QrCode({ text, label }: { text: string; label: string }) {
  const { data, size } = encode(text, { ecc: 'M', border: 2 })
  const path = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join('')
  return (
    <svg className={classes.qr} viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} shapeRendering="crispEdges">
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  )
}
