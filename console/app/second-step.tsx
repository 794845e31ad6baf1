import { Button, TextInput, type TextInputProps } from '@mantine/core'
import { IconArrowRight, IconFingerprint } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef, useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Session } from '../../server/contract/http.ts'
import type { SignInStep } from '../../server/contract/second-factor.ts'
import { ApiError } from '../api/client.ts'
import { become } from '../api/commands.ts'
import { abandonStep, enrollingAtSignIn, finishByCode, finishByPasskey } from '../api/second-factor.ts'
import { fullMoment } from '../ui/format.ts'
import { Enrol, factorFailure } from './enrol.tsx'
import { RecoveryCodes } from './recovery-codes.tsx'
import classes from './sign-in.module.css'

/** What a sign-in still asks once the password was right. */
export default function SecondStep({ step, onAbandon }: { step: SignInStep; onAbandon: () => void }) {
  return step.kind === 'code' ? <ByCode step={step} onAbandon={onAbandon} /> : <First step={step} onAbandon={onAbandon} />
}

type Props = { readonly step: SignInStep; readonly onAbandon: () => void }

function ByCode({ step, onAbandon }: Props) {
  const { t } = useTranslation()
  const [code, setCode] = useState('')
  const [recovery, setRecovery] = useState(!step.totp && !step.passkey)
  const byCode = useMutation({ mutationFn: finishByCode })
  const byKey = useMutation({ mutationFn: finishByPasskey })
  const failure = byCode.error ?? byKey.error
  const isOver = failure instanceof ApiError && failure.code === 'step_over'
  const submit = (event: FormEvent) => {
    event.preventDefault()
    byKey.reset()
    if (code.trim().length >= 6) byCode.mutate(code)
  }
  const typed = step.totp || recovery
  return (
    <>
      <h1>{t('access.step.heading')}</h1>
      <p className={classes.intro}>{t(recovery ? 'access.step.introRecovery' : 'access.step.intro', { name: step.name })}</p>
      {step.passkey && !recovery && (
        <Button
          size="md"
          fullWidth
          variant={step.totp ? 'default' : 'filled'}
          className={classes.key ?? ''}
          leftSection={<IconFingerprint size={18} stroke={1.8} aria-hidden="true" />}
          loading={byKey.isPending}
          onClick={() => {
            byCode.reset()
            byKey.mutate()
          }}
        >
          {t('access.step.passkey')}
        </Button>
      )}
      <form onSubmit={submit} className={classes.form} noValidate>
        {typed && (
          <CodeInput
            key={String(recovery)}
            size="md"
            label={t(recovery ? 'access.step.recoveryCode' : 'access.step.code')}
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
            autoComplete={recovery ? 'off' : 'one-time-code'}
            inputMode={recovery ? 'text' : 'numeric'}
            maxLength={20}
            autoCapitalize="characters"
            spellCheck={false}
          />
        )}
        <p role="alert" className={classes.problem}>
          {failure !== null && factorFailure(failure, t('access.passkeyAbandoned'))}
        </p>
        {typed && (
          <Button
            type="submit"
            size="md"
            fullWidth
            disabled={code.trim().length < 6 || isOver}
            loading={byCode.isPending}
            rightSection={<IconArrowRight size={17} stroke={1.8} aria-hidden="true" />}
          >
            {t('signIn.submit')}
          </Button>
        )}
      </form>
      <div className={classes.other}>
        {step.recovery && (step.totp || step.passkey) && (
          <button
            type="button"
            onClick={() => {
              setCode('')
              byCode.reset()
              setRecovery(!recovery)
            }}
          >
            {t(recovery ? 'access.step.usual' : 'access.step.lost')}
          </button>
        )}
        <button type="button" onClick={() => void abandonStep().finally(onAbandon)}>
          {t('access.step.back')}
        </button>
      </div>
    </>
  )
}

function CodeInput(props: TextInputProps) {
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => input.current?.focus(), [])
  return <TextInput ref={input} {...props} />
}

/** A second factor is required and there is none yet. */
function First({ step, onAbandon }: Props) {
  const { t } = useTranslation()
  const [done, setDone] = useState<{ readonly session: Session; readonly codes: readonly string[] } | null>(null)
  if (done !== null)
    return (
      <>
        <h1>{t('access.recovery.heading')}</h1>
        <RecoveryCodes codes={done.codes} done={t('access.step.enter')} onDone={() => become(done.session)} />
      </>
    )
  return (
    <>
      <h1>{t('access.step.enrol')}</h1>
      {step.dueAt !== null && <p className={classes.intro}>{t('access.step.enrolDue', { time: fullMoment(step.dueAt) })}</p>}
      <p className={classes.intro}>{t('access.step.enrolIntro', { name: step.name })}</p>
      <Enrol
        by={enrollingAtSignIn}
        passkeys={step.passkeysPossible}
        onDone={({ session, recoveryCodes }) => {
          if (session === undefined) return
          if (recoveryCodes === null) become(session)
          else setDone({ session, codes: recoveryCodes })
        }}
      />
      <div className={classes.other}>
        <button type="button" onClick={() => void abandonStep().finally(onAbandon)}>
          {t('access.step.back')}
        </button>
      </div>
    </>
  )
}
