import { Button, TextInput } from '@mantine/core'
import { IconPlus, IconSearch, IconUsers } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Account, PasswordLink } from '../../server/contract/accounts.ts'
import { allAccountsQuery } from '../api/accounts.ts'
import { settingsQuery } from '../api/settings.ts'
import { CopyButton } from '../ui/copy-button.tsx'
import { Empty } from '../ui/empty.tsx'
import { fullMoment } from '../ui/format.ts'
import { Panel } from '../ui/panel.tsx'
import { Pill } from '../ui/pill.tsx'
import { ReadFailure } from '../ui/read-failure.tsx'
import { AccountForm } from './account-form.tsx'
import classes from './accounts-page.module.css'

type Given = { readonly who: string; readonly link: PasswordLink }

/** Those who sign in: made, changed, let in by a link. */
export default function AccountsPage() {
  const { t } = useTranslation()
  const found = useQuery(allAccountsQuery)
  const [search, setSearch] = useState('')
  const [open, setOpen] = useState<string | null>(null)
  const [given, setGiven] = useState<Given | null>(null)
  const wanted = search.trim().toLowerCase()
  const shown = (found.data ?? []).filter((one) => `${one.name} ${one.login}`.toLowerCase().includes(wanted))
  const done = (link: Given | null) => {
    setOpen(null)
    setGiven(link)
  }
  return (
    <>
      <p className={classes.intro}>{t('accounts.all.intro')}</p>
      {found.isError && <ReadFailure text={t('accounts.all.failed')} of={found} />}
      <div className={classes.tools}>
        <TextInput
          data-page-search
          type="search"
          aria-label={t('accounts.all.search')}
          placeholder={t('accounts.all.search')}
          leftSection={<IconSearch size={15} stroke={1.7} aria-hidden="true" />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        <Button variant="default" leftSection={<IconPlus size={16} stroke={1.7} aria-hidden="true" />} onClick={() => setOpen('')}>
          {t('accounts.all.create')}
        </Button>
      </div>
      {given !== null && <LinkShown {...given} />}
      {open === '' && (
        <Panel heading={t('accounts.all.create')}>
          <AccountForm account={null} onDone={done} />
        </Panel>
      )}
      {found.data !== undefined && shown.length === 0 && (
        <Empty icon={<IconUsers size={24} stroke={1.6} />} heading={t('accounts.all.none')} text={t('accounts.all.noneText')} />
      )}
      {shown.length > 0 && (
        <ul className={classes.list}>
          {shown.map((account) => (
            <AccountRow
              key={account.id}
              account={account}
              open={open === account.id}
              onToggle={() => setOpen(open === account.id ? null : account.id)}
              onDone={done}
            />
          ))}
        </ul>
      )}
    </>
  )
}

function LinkShown({ who, link }: Given) {
  const { t } = useTranslation()
  return (
    <div className={classes.link} role="status">
      <strong>{t('accounts.all.link')}</strong>
      <p>{t('accounts.all.linkSays', { who, time: fullMoment(link.expiresAt) })}</p>
      <code>{link.url}</code>
      <CopyButton value={link.url} label={t('accounts.all.link')} />
    </div>
  )
}

type RowProps = {
  readonly account: Account
  readonly open: boolean
  readonly onToggle: () => void
  readonly onDone: (given: Given | null) => void
}

function AccountRow({ account, open, onToggle, onDone }: RowProps) {
  const { t } = useTranslation()
  return (
    <li className={classes.row} data-open={open || undefined}>
      <div className={classes.head}>
        <div className={classes.words}>
          <strong>{account.name}</strong>
          <span>
            {account.login} · {t(`role.${account.role}`)}
            {account.extension !== null && ` · ${account.extension}`}
          </span>
        </div>
        {account.source === 'directory' && <Pill>{t('accounts.all.directory')}</Pill>}
        {account.secondFactor && <Pill>{t('access.policy.has')}</Pill>}
        <ResetPill account={account} />
        {account.disabled && <Pill tone="warn">{t('accounts.all.disabled')}</Pill>}
        {!account.canSignIn && !account.disabled && <Pill tone="warn">{t('accounts.all.noPassword')}</Pill>}
        <Button
          size="compact-sm"
          variant="default"
          aria-expanded={open}
          aria-label={t('accounts.all.editOf', { name: account.name })}
          onClick={onToggle}
        >
          {t(open ? 'accounts.all.close' : 'accounts.all.edit')}
        </Button>
      </div>
      {open && <AccountForm account={account} onDone={onDone} />}
    </li>
  )
}

/** A second factor was taken away: until when another can be set up, or that it is too late. */
function ResetPill({ account: { role, secondFactorResetAt: at } }: { readonly account: Account }) {
  const { t } = useTranslation()
  const signIn = useQuery(settingsQuery).data?.signIn.value
  const [opened] = useState(() => Date.now())
  if (at === null || signIn === undefined || !signIn.secondFactorFor.some((one) => one === role)) return null
  const due = Date.parse(at) + signIn.secondFactorResetHours * 3_600_000
  const late = due <= opened
  return (
    <Pill tone={late ? 'warn' : undefined}>
      {t(late ? 'access.policy.overdue' : 'access.policy.dueBefore', { time: fullMoment(new Date(due).toISOString()) })}
    </Pill>
  )
}
