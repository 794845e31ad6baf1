import { Button, Select, Switch, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Account, PasswordLink } from '../../server/contract/accounts.ts'
import { role as roles } from '../../server/contract/entities.ts'
import { changeAccount, createAccount, type Described, newLink } from '../api/accounts.ts'
import { ApiError } from '../api/client.ts'
import { errorText } from '../api/error-text.ts'
import { clearSecondFactor } from '../api/second-factor.ts'
import classes from './accounts-page.module.css'
import gestures from '../ui/form-actions.module.css'

type Props = {
  readonly account: Account | null
  /** With the link to hand over, when there is one. */
  readonly onDone: (given: { readonly who: string; readonly link: PasswordLink } | null) => void
}
const rung = (phone: Account['phone']): Described['phone'] => (phone === 'demo' ? null : phone)

/** An account being made or changed. */
export function AccountForm({ account, onDone }: Props) {
  const { t } = useTranslation()
  const [login, setLogin] = useState('')
  const [disabled, setDisabled] = useState(account?.disabled ?? false)
  const [said, setSaid] = useState<Described>({
    name: account?.name ?? '',
    role: account?.role ?? 'operator',
    extension: account?.extension ?? null,
    phone: rung(account?.phone ?? null),
  })
  const edit = (change: Partial<Described>) => setSaid({ ...said, ...change })
  const ofDirectory = account?.source === 'directory'
  const save = useMutation({
    mutationFn: async () => {
      if (account === null) return { who: said.name, link: await createAccount({ ...said, login: login.trim().toLowerCase() }) }
      await changeAccount(account.id, { ...said, disabled })
      return null
    },
    onSuccess: (given) => {
      notifications.show({ message: t('accounts.all.saved'), withBorder: true, autoClose: 3_000 })
      onDone(given)
    },
  })
  const link = useMutation({
    mutationFn: (id: string) => newLink(id),
    onSuccess: (made) => onDone({ who: said.name, link: made }),
  })
  const clear = useMutation({
    mutationFn: clearSecondFactor,
    onSuccess: () => {
      notifications.show({
        message: t(account?.secondFactor === true ? 'access.policy.cleared' : 'access.policy.reopened'),
        withBorder: true,
        autoClose: 5_000,
      })
      onDone(null)
    },
  })
  const failure = save.error ?? link.error ?? clear.error
  const isTaken = failure instanceof ApiError && failure.code === 'conflict'
  const whole = said.name.trim() !== '' && (account !== null || login.trim() !== '')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (whole) save.mutate()
  }
  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      <TextInput
        label={t('accounts.all.name')}
        value={said.name}
        maxLength={100}
        disabled={ofDirectory}
        onChange={(event) => edit({ name: event.currentTarget.value })}
      />
      {account === null && (
        <TextInput
          label={t('accounts.all.login')}
          value={login}
          maxLength={60}
          autoCapitalize="none"
          spellCheck={false}
          onChange={(event) => setLogin(event.currentTarget.value)}
        />
      )}
      <Select
        label={t('accounts.all.role')}
        value={said.role}
        disabled={ofDirectory}
        data={roles.options.map((value) => ({ value, label: t(`role.${value}`) }))}
        onChange={(role) => role !== null && edit({ role })}
      />
      <TextInput
        label={t('accounts.all.extension')}
        description={t('accounts.all.extensionSays')}
        inputMode="numeric"
        maxLength={10}
        value={said.extension ?? ''}
        onChange={(event) => {
          const digits = event.currentTarget.value.replace(/\D/g, '')
          edit({ extension: digits === '' ? null : digits })
        }}
      />
      <Select
        label={t('accounts.all.phone')}
        value={said.phone ?? 'none'}
        data={(['none', 'browser', 'registered', 'extension'] as const).map((value) => ({
          value,
          label: t(`accounts.all.phones.${value}`),
        }))}
        onChange={(phone) => edit({ phone: phone === 'browser' || phone === 'registered' || phone === 'extension' ? phone : null })}
      />
      {account !== null && (
        <Switch
          label={t('accounts.all.disable')}
          description={t('accounts.all.disableSays')}
          checked={disabled}
          onChange={(event) => setDisabled(event.currentTarget.checked)}
        />
      )}
      <div className={gestures.actions}>
        <p role="status">{failure === null ? null : isTaken ? t('accounts.all.taken') : errorText(failure)}</p>
        {account !== null && (account.secondFactor || account.secondFactorResetAt !== null) && (
          <Button variant="default" loading={clear.isPending} onClick={() => clear.mutate(account.id)}>
            {t(account.secondFactor ? 'access.policy.clear' : 'access.policy.reopen')}
          </Button>
        )}
        {account !== null && !ofDirectory && (
          <Button variant="default" loading={link.isPending} onClick={() => link.mutate(account.id)}>
            {t('accounts.all.link')}
          </Button>
        )}
        <Button type="submit" disabled={!whole} loading={save.isPending}>
          {t('accounts.all.save')}
        </Button>
      </div>
    </form>
  )
}
