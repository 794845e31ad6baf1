import { Button, PasswordInput, TextInput } from '@mantine/core'
import { IconArrowRight } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useRef, useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { errorCatalogue, type ErrorCode } from '../../server/contract/errors.ts'
import { mayCall } from '../../server/contract/rights.ts'
import type { SignInStep } from '../../server/contract/second-factor.ts'
import type { SignInWay } from '../../server/contract/sign-in.ts'
import { signIn } from '../api/commands.ts'
import { ApiError } from '../api/client.ts'
import { errorText, giveErrorTexts } from '../api/error-text.ts'
import { portalQuery } from '../api/queries.ts'
import { waysQuery } from '../api/second-factor.ts'
import { LanguageSwitch } from '../ui/language-switch.tsx'
import { usePageTitle } from '../ui/page-title.ts'
import { Brand } from './brand.tsx'
import classes from './sign-in.module.css'

giveErrorTexts(errorCatalogue)
const SecondStep = lazy(() => import('./second-step.tsx'))

/** The sample accounts of the demonstration; the README gives them and their password to everybody. */
const demoPassword = 'guichet-demo'
const demoAccounts = [
  ['alice', 'operator'],
  ['bruno', 'operator'],
  ['chloe', 'operator'],
  ['sophie', 'supervisor'],
  ['admin', 'administrator'],
  ['nadia', 'level2'],
  ['karim', 'level2'],
  ['lucie', 'referent'],
] as const

/** A provider of identities let nobody in: why, in the address that it led back to. */
function refusalInAddress(): ApiError | null {
  const code = new URLSearchParams(window.location.search).get('refus')
  if (code === null) return null
  const known = Object.keys(errorCatalogue).find((one): one is ErrorCode => one === code) ?? 'provider_refused'
  return new ApiError(known, errorCatalogue[known].status, '')
}

/** Who else may vouch for somebody. They are asked by the browser itself: it leaves this page. */
function Ways({ ways }: { ways: readonly SignInWay[] }) {
  const { t } = useTranslation()
  const path = window.location.pathname
  const to = path.startsWith('/console') ? `?to=${encodeURIComponent(path)}` : ''
  return (
    <nav className={classes.ways} aria-label={t('access.ways')}>
      {ways.map(({ kind, name, href }) => (
        <Button key={kind} component="a" href={`${href}${to}`} size="md" variant="default" fullWidth>
          {name}
        </Button>
      ))}
    </nav>
  )
}

export default function SignIn() {
  const { t } = useTranslation()
  const [login, setLogin] = useState('')
  const [password, setPassword] = useState('')
  const [empty, setEmpty] = useState(false)
  const first = useRef<HTMLInputElement>(null)
  useEffect(() => first.current?.focus(), [])
  const ways = useQuery(waysQuery)
  const [begun, setStep] = useState<SignInStep | null>(null)
  const step = begun ?? ways.data?.step ?? null
  const site = useQuery(portalQuery).data
  const demo = site?.demo === true
  const navigate = useNavigate()
  const enter = useMutation({
    mutationFn: (who: { login: string; password: string }) => signIn(who.login, who.password),
    onSuccess: (outcome) => {
      if ('step' in outcome) return setStep(outcome.step)
      const asked = window.location.pathname
      if (asked === '/console' && !mayCall(outcome, 'GET /api/calls')) void navigate({ to: '/console/tickets' })
    },
  })
  usePageTitle(t('signIn.submit'))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const missing = login.trim() === '' || password === ''
    setEmpty(missing)
    if (!missing) enter.mutate({ login: login.trim(), password })
  }
  const [refused] = useState(refusalInAddress)
  const failure = enter.error ?? (enter.isIdle ? refused : null)
  const problem = empty ? t('signIn.needed') : failure === null ? null : errorText(failure)
  return (
    <div className={classes.screen}>
      <header className={classes.top}>
        <LanguageSwitch />
      </header>
      <main className={classes.card}>
        <div className={classes.brand}>
          <Brand name={site?.name} logo={site?.logo ?? null} size={40} />
        </div>
        {step !== null ? (
          <Suspense fallback={null}>
            <SecondStep step={step} onAbandon={() => setStep(null)} />
          </Suspense>
        ) : (
          <>
            <h1>{t('signIn.heading')}</h1>
            <p className={classes.intro}>{t('signIn.intro')}</p>
            <form onSubmit={submit} className={classes.form} noValidate>
              <TextInput
                ref={first}
                size="md"
                label={t('signIn.login')}
                value={login}
                onChange={(e) => setLogin(e.currentTarget.value)}
                autoComplete="username"
                autoCapitalize="none"
                spellCheck={false}
                required
                withAsterisk={false}
              />
              <PasswordInput
                size="md"
                label={t('signIn.password')}
                value={password}
                onChange={(e) => setPassword(e.currentTarget.value)}
                autoComplete="current-password"
                required
                withAsterisk={false}
              />
              <p role="alert" className={classes.problem}>
                {problem}
              </p>
              <Button type="submit" size="md" fullWidth loading={enter.isPending} rightSection={<IconArrowRight size={17} stroke={1.8} />}>
                {t('signIn.submit')}
              </Button>
            </form>
            {ways.data !== undefined && ways.data.ways.length > 0 && <Ways ways={ways.data.ways} />}
            {demo && (
              <section className={classes.demo} aria-label={t('signIn.demo')}>
                <h2>{t('signIn.demo')}</h2>
                <p>{t('signIn.demoText')}</p>
                <ul>
                  {demoAccounts.map(([name, role]) => (
                    <li key={name}>
                      <button
                        type="button"
                        className={classes.chip}
                        disabled={enter.isPending}
                        onClick={() => {
                          setEmpty(false)
                          enter.mutate({ login: name, password: demoPassword })
                        }}
                      >
                        {name}
                        <small>{t(`role.${role}`)}</small>
                      </button>
                    </li>
                  ))}
                </ul>
              </section>
            )}
          </>
        )}
      </main>
      <footer className={classes.foot}>
        <a href="/">{t('signIn.public')}</a>
      </footer>
    </div>
  )
}
