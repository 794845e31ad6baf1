import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { PasswordOffer } from '../../server/contract/accounts.ts'
import { choosePassword, offerQuery } from '../api/accounts.ts'
import { signIn } from '../api/commands.ts'
import { errorText } from '../api/error-text.ts'
import { portalQuery } from '../api/queries.ts'
import { LanguageSwitch } from '../ui/language-switch.tsx'
import { useDeskName, usePageTitle } from '../ui/page-title.ts'
import classes from './sign-in.module.css'

/** Where a one-time link leads: choose a password, and be signed in. The secret stays in the address's fragment. */
export function PasswordPage() {
  const { t } = useTranslation()
  const [token] = useState(() => window.location.hash.slice(1))
  const offer = useQuery({ ...offerQuery(token), enabled: token !== '', retry: false })
  const isVoid = token === '' || offer.isError
  usePageTitle(t('accounts.password.heading'))
  useDeskName(useQuery(portalQuery).data?.name)
  return (
    <div className={classes.screen}>
      <header className={classes.top}>
        <LanguageSwitch />
      </header>
      <main className={classes.card}>
        {isVoid && (
          <>
            <h1>{t('accounts.password.void')}</h1>
            <p className={classes.intro}>{t('accounts.password.voidText')}</p>
          </>
        )}
        {!isVoid && offer.data !== undefined && <PasswordForm token={token} offer={offer.data} />}
      </main>
    </div>
  )
}

const shortest = 12

function PasswordForm({ token, offer }: { token: string; offer: PasswordOffer }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [name, setName] = useState('')
  const [login, setLogin] = useState('')
  const [password, setPassword] = useState('')
  const [again, setAgain] = useState('')
  const [tried, setTried] = useState(false)
  const first = offer.login === null ? { name: name.trim(), login: login.trim() } : null
  const save = useMutation({
    mutationFn: async () => {
      await choosePassword(token, { password, first })
      await signIn(offer.login ?? login.trim(), password)
    },
    onSuccess: () => void navigate({ to: '/console' }),
  })
  const wrong = password.length < shortest ? t('accounts.password.short') : password !== again ? t('accounts.password.different') : null
  const complete = first === null || (first.name !== '' && first.login !== '')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (wrong === null && complete) save.mutate()
  }
  return (
    <>
      <h1>{t(first === null ? 'accounts.password.heading' : 'accounts.password.headingFirst')}</h1>
      <p className={classes.intro}>
        {first === null ? t('accounts.password.intro', { name: offer.name, login: offer.login }) : t('accounts.password.introFirst')}
      </p>
      <form onSubmit={submit} className={classes.form} noValidate>
        {first !== null && (
          <>
            <TextInput
              size="md"
              label={t('accounts.password.name')}
              value={name}
              autoComplete="name"
              maxLength={100}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <TextInput
              size="md"
              label={t('accounts.password.login')}
              value={login}
              autoComplete="username"
              autoCapitalize="none"
              spellCheck={false}
              maxLength={60}
              onChange={(event) => setLogin(event.currentTarget.value)}
            />
          </>
        )}
        <PasswordInput
          size="md"
          label={t('accounts.password.password')}
          value={password}
          autoComplete="new-password"
          maxLength={200}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <PasswordInput
          size="md"
          label={t('accounts.password.again')}
          value={again}
          autoComplete="new-password"
          maxLength={200}
          onChange={(event) => setAgain(event.currentTarget.value)}
        />
        <p role="alert" className={classes.problem}>
          {save.isError ? errorText(save.error) : tried ? wrong : null}
        </p>
        <Button type="submit" size="md" fullWidth loading={save.isPending}>
          {t('accounts.password.save')}
        </Button>
      </form>
    </>
  )
}
