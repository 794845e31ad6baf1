import { Button, PasswordInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { OwnSession } from '../../server/contract/accounts.ts'
import { changePassword, endSession, ownSessionsQuery } from '../api/accounts.ts'
import { ApiError } from '../api/client.ts'
import { told } from '../api/commands.ts'
import { errorText } from '../api/error-text.ts'
import { queryClient } from '../api/queries.ts'
import { Dialog } from '../ui/dialog.tsx'
import { momentAfterWord, momentOf } from '../ui/format.ts'
import { Pill } from '../ui/pill.tsx'
import classes from './my-account.module.css'
import { MyProtections } from './my-protections.tsx'

/** Where I am signed in, and my password. */
export default function MyAccount({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const sessions = useQuery(ownSessionsQuery)
  return (
    <Dialog heading={t('accounts.mine.heading')} size={520} onClose={onClose}>
      <section className={classes.part} aria-labelledby="my-sessions">
        <h3 id="my-sessions">{t('accounts.mine.sessions')}</h3>
        {sessions.isError && (
          <p role="alert">
            {t('accounts.mine.failed')} : {errorText(sessions.error)}
          </p>
        )}
        <ul>
          {sessions.data?.map((session) => (
            <SessionRow key={session.id} session={session} />
          ))}
        </ul>
      </section>
      <MyProtections />
      <PasswordPart />
    </Dialog>
  )
}

/** `Firefox · Linux`, from what a browser says of itself; its own words when they are of another kind. */
function shortName(browser: string): string {
  const name = ['Edg', 'OPR', 'Firefox', 'Chrome', 'Safari'].find((one) => browser.includes(`${one}/`))
  const system = ['Windows', 'Android', 'iPhone', 'iPad', 'Mac OS X', 'Linux'].find((one) => browser.includes(one))
  const known = { Edg: 'Edge', OPR: 'Opera' }[name ?? ''] ?? name
  return known === undefined ? browser.slice(0, 60) : [known, system].filter(Boolean).join(' · ')
}

function SessionRow({ session }: { session: OwnSession }) {
  const { t } = useTranslation()
  const name = session.browser === null ? t('accounts.mine.unknown') : shortName(session.browser)
  return (
    <li className={classes.session}>
      <div>
        <strong title={session.browser ?? undefined}>{name}</strong>{' '}
        {session.current && <Pill tone="accent">{t('accounts.mine.here')}</Pill>}
        <small>
          {[
            session.address,
            t('accounts.mine.since', { time: momentAfterWord(session.since) }),
            t('accounts.mine.seen', { time: momentOf(session.lastSeen) }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </small>
      </div>
      {!session.current && (
        <Button
          size="compact-sm"
          variant="default"
          aria-label={t('accounts.mine.endOf', { browser: name })}
          onClick={() => told(endSession(session.id))}
        >
          {t('accounts.mine.end')}
        </Button>
      )}
    </li>
  )
}

const shortest = 12

function PasswordPart() {
  const { t } = useTranslation()
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const change = useMutation({
    mutationFn: () => changePassword(current, next),
    onSuccess: () => {
      setCurrent('')
      setNext('')
      notifications.show({ message: t('accounts.mine.changed'), withBorder: true, autoClose: 5_000 })
      void queryClient.invalidateQueries({ queryKey: ownSessionsQuery.queryKey })
    },
  })
  const ofDirectory = change.error instanceof ApiError && change.error.code === 'conflict'
  const short = next !== '' && next.length < shortest
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (current !== '' && next.length >= shortest) change.mutate()
  }
  return (
    <section className={classes.part} aria-labelledby="my-password">
      <h3 id="my-password">{t('accounts.mine.password')}</h3>
      <form onSubmit={submit} className={classes.form} noValidate>
        <PasswordInput
          label={t('accounts.mine.current')}
          value={current}
          autoComplete="current-password"
          maxLength={200}
          onChange={(event) => setCurrent(event.currentTarget.value)}
        />
        <PasswordInput
          label={t('accounts.mine.next')}
          value={next}
          autoComplete="new-password"
          maxLength={200}
          onChange={(event) => setNext(event.currentTarget.value)}
        />
        <p role="status" className={classes.problem}>
          {change.isError
            ? ofDirectory
              ? t('accounts.mine.directory')
              : errorText(change.error)
            : short
              ? t('accounts.password.short')
              : null}
        </p>
        <Button type="submit" disabled={current === '' || next.length < shortest} loading={change.isPending}>
          {t('accounts.mine.change')}
        </Button>
      </form>
    </section>
  )
}
