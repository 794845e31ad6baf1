import { Button, PasswordInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { errorText } from '../api/error-text.ts'
import { enrollingMine, forgetPasskey, forgetTotp, newRecoveryCodes, secondFactorQuery } from '../api/second-factor.ts'
import { momentAfterWord, momentOf } from '../ui/format.ts'
import { Pill } from '../ui/pill.tsx'
import { Enrol } from './enrol.tsx'
import classes from './my-account.module.css'
import { RecoveryCodes } from './recovery-codes.tsx'

/** Something that asks for the password before it is done. */
type Order = { readonly words: string; readonly run: (password: string) => Promise<unknown> }

/** What protects my account beside my password. */
export function MyProtections() {
  const { t } = useTranslation()
  const found = useQuery(secondFactorQuery)
  const [adding, setAdding] = useState(false)
  const [codes, setCodes] = useState<readonly string[] | null>(null)
  const [order, setOrder] = useState<Order | null>(null)
  const state = found.data
  if (codes !== null)
    return (
      <section className={classes.part} aria-labelledby="my-codes">
        <h3 id="my-codes">{t('access.recovery.heading')}</h3>
        <RecoveryCodes codes={codes} done={t('access.recovery.kept')} onDone={() => setCodes(null)} />
      </section>
    )
  const protections = state === undefined ? 0 : state.passkeys.length + (state.totpSince === null ? 0 : 1)
  return (
    <section className={classes.part} aria-labelledby="my-protections">
      <h3 id="my-protections">
        {t('access.mine.heading')} {state?.required === true && <Pill>{t('access.mine.required')}</Pill>}
      </h3>
      {found.isError && <p role="alert">{errorText(found.error)}</p>}
      {state !== undefined && protections === 0 && !adding && <p className={classes.says}>{t('access.mine.none')}</p>}
      {state !== undefined && protections > 0 && (
        <ul>
          {state.totpSince !== null && (
            <Protection
              name={t('access.mine.totp')}
              says={t('access.mine.since', { time: momentAfterWord(state.totpSince) })}
              onRemove={() => setOrder({ words: t('access.mine.removeOf', { name: t('access.mine.totp') }), run: forgetTotp })}
            />
          )}
          {state.passkeys.map(({ id, name, createdAt, lastUsedAt }) => (
            <Protection
              key={id}
              name={name}
              says={
                lastUsedAt === null
                  ? t('access.mine.keySince', { time: momentOf(createdAt) })
                  : t('access.mine.keyUsed', { time: momentOf(lastUsedAt) })
              }
              onRemove={() => setOrder({ words: t('access.mine.removeOf', { name }), run: (password) => forgetPasskey(id, password) })}
            />
          ))}
          <li className={classes.session}>
            <div>
              <strong>{t('access.mine.codes')}</strong>
              <small>{t('access.mine.codesLeft', { count: state.recoveryLeft })}</small>
            </div>
            <Button
              size="compact-sm"
              variant="default"
              onClick={() =>
                setOrder({ words: t('access.mine.newCodes'), run: async (password) => setCodes(await newRecoveryCodes(password)) })
              }
            >
              {t('access.mine.newCodes')}
            </Button>
          </li>
        </ul>
      )}
      {order !== null && state !== undefined && (
        <Confirm key={order.words} order={order} asksPassword={state.asksPassword} onDone={() => setOrder(null)} />
      )}
      {adding && state !== undefined ? (
        <Enrol
          by={enrollingMine}
          passkeys={state.passkeysPossible}
          onDone={({ recoveryCodes }) => {
            setAdding(false)
            setCodes(recoveryCodes)
          }}
        />
      ) : (
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconPlus size={14} stroke={1.8} aria-hidden="true" />}
          onClick={() => setAdding(true)}
        >
          {t('access.mine.add')}
        </Button>
      )}
    </section>
  )
}

function Protection({ name, says, onRemove }: { name: string; says: string; onRemove: () => void }) {
  const { t } = useTranslation()
  return (
    <li className={classes.session}>
      <div>
        <strong>{name}</strong>
        <small>{says}</small>
      </div>
      <Button size="compact-sm" variant="default" aria-label={t('access.mine.removeOf', { name })} onClick={onRemove}>
        {t('access.mine.remove')}
      </Button>
    </li>
  )
}

function Confirm({ order, asksPassword, onDone }: { order: Order; asksPassword: boolean; onDone: () => void }) {
  const { t } = useTranslation()
  const [password, setPassword] = useState('')
  const run = useMutation({ mutationFn: () => order.run(password), onSuccess: onDone })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!asksPassword || password !== '') run.mutate()
  }
  return (
    <form onSubmit={submit} className={classes.form} noValidate>
      {asksPassword && (
        <PasswordInput
          label={t('access.mine.password')}
          value={password}
          autoComplete="current-password"
          maxLength={200}
          data-autofocus
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
      )}
      <p role="alert" className={classes.problem}>
        {run.error !== null && errorText(run.error)}
      </p>
      <Button.Group>
        <Button type="submit" variant="default" disabled={asksPassword && password === ''} loading={run.isPending}>
          {order.words}
        </Button>
        <Button variant="subtle" onClick={onDone}>
          {t('access.mine.keep')}
        </Button>
      </Button.Group>
    </form>
  )
}
